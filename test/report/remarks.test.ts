import { describe, expect, it } from 'vitest'
import {
  checkReport,
  type DeclaredLicense,
  known,
  type LicenseReport,
  type Purchase,
  remarksOfReport,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { renderCheck, renderReport, textOf } from '../../src/render/index.ts'
import { reportOn } from './priced.ts'
import { license, organization } from './reported-organization.ts'

const term = { start: '2026-01-01', end: '2027-03-31', noticeDays: 90 }
const contract = { source: 'contract', name: 'C-1' } as const
const product: Purchase = { name: 'CX 2', quantity: known(280), term, from: contract }

const suite = license('suite', {
  name: 'Suite',
  purchased: known(280),
  purchasedFrom: contract,
  term,
  purchases: [product],
})

const reported = (declared: DeclaredLicense): Promise<LicenseReport> =>
  reportOn([withDeclaredLicenses(organization('acme', { licenses: [suite] }), new Map([['suite', declared]]))])

describe('what two sources say otherwise', () => {
  it('is told in one line, with the one that counts first, and makes nothing partial', async () => {
    const report = await reported({ purchased: known(300) })
    expect(report.complete).toBe(true)
    expect(report.licenses[0]?.purchased).toEqual(known(300))
    expect(remarksOfReport(report)).toEqual([
      'acme: purchased of Suite: the configuration says 300, contract C-1 says 280',
    ])
  })

  it('is told with the days of both bills where these are of different months', async () => {
    const bill = (month: string) => ({ start: `2026-${month}-01`, end: `2026-${month}-30`, status: 'closed' }) as const
    const billed = license('suite', {
      name: 'Suite',
      consumed: known(50),
      consumedFrom: { source: 'file', name: 'usage.csv', period: bill('09') },
      overridden: [{ field: 'consumed', value: known(48), from: { ...contract, period: bill('11') } }],
    })
    expect(remarksOfReport(await reportOn([organization('acme', { licenses: [billed] })]))).toEqual([
      'acme: consumed of Suite: file usage.csv (2026-09-01 to 2026-09-30) says 50, ' +
        'contract C-1 (2026-11-01 to 2026-11-30) says 48; they are for different billing periods',
    ])
  })

  it('is not told where they agree', async () => {
    expect(remarksOfReport(await reported({ purchased: known(280), term: { end: '2027-03-31' } }))).toEqual([])
  })

  it('is told of the term as well, as far as both say it', async () => {
    const report = await reported({ term: { end: '2027-06-30', noticeDays: 60 } })
    expect(report.licenses[0]?.term).toEqual({ start: '2026-01-01', end: '2027-06-30', noticeDays: 60 })
    expect(remarksOfReport(report)).toEqual([
      'acme: term of Suite: the configuration says the end 2027-06-30 and the notice 60 days, ' +
        'contract C-1 says the end 2027-03-31 and the notice 90 days',
    ])
  })
})

describe('a remark', () => {
  const LINE = 'the configuration says 300, contract C-1 says 280'

  it.each(['table', 'md', 'html'] as const)('is in %s, where gaps are', async (format) => {
    const text = textOf(await renderReport(await reported({ purchased: known(300) }), { format }))
    expect(text).toContain(LINE)
    expect(text).not.toContain('not complete')
  })

  it('is in a check, and breaches nothing', async () => {
    const result = checkReport(await reported({ purchased: known(300) }), { maxUtilization: 90 })
    expect(result).toMatchObject({ complete: true, breached: false, problems: [] })
    expect(result.remarks).toEqual([`acme: purchased of Suite: ${LINE}`])
    for (const format of ['table', 'junit', 'json'] as const) {
      expect(textOf(await renderCheck(result, { format }))).toContain(LINE)
    }
  })

  it('is what a provider says of a list, and what a list lacks that only adds to another one', async () => {
    const report = await reported({})
    const [provider, ...others] = report.providers
    if (provider === undefined) throw new Error('no provider')
    const directory = {
      ...provider.ledgers.assignments,
      verdict: 'partial',
      supplementary: true,
      gaps: [{ what: 'the list', reason: 'no permission' }],
      remarks: ['2 users hold other licenses there'],
    } as const
    const changed = { ...report, providers: [{ ...provider, ledgers: { ...provider.ledgers, directory } }, ...others] }
    expect(remarksOfReport(changed)).toEqual([
      'acme: 2 users hold other licenses there',
      'acme: the list of people in the directory could not be read: no permission',
    ])
    const table = textOf(await renderReport(changed, { format: 'table' }))
    expect(table).toMatch(/\nRemarks:\n {2}acme: 2 users hold other licenses there\n/)
    expect(checkReport(changed, {}).problems).toEqual([])
    expect(textOf(await renderReport(changed, { format: 'md' }))).not.toContain('gap in the list')
  })

  it('is that a source of activity has stopped', async () => {
    const staleSources = [
      { provider: 'acme', source: 'dateLastLogin', newest: '2024-02-03T04:05:06.000Z', holders: 90 },
    ]
    expect(remarksOfReport({ ...(await reported({})), staleSources })).toEqual([
      'acme: activity by dateLastLogin: it has stopped, and is not believed: its newest time of 90 holders is 2024-02-03 04:05 UTC',
    ])
  })
})

describe('what was bought and is mapped to no license', () => {
  const tokens = license('sku:tokens', {
    name: 'Tokens',
    purchased: known(5_000),
    consumed: known(10),
    boughtOnly: true,
  })
  const made = () => reportOn([organization('acme', { licenses: [suite, tokens] })])

  it('has its quantity, and is in no total of seats', async () => {
    const report = await made()
    expect(report.licenses[1]).toMatchObject({ purchased: known(5_000), assigned: { kind: 'notApplicable' } })
    const page = textOf(await renderReport(report, { format: 'html' }))
    expect(page).toContain('<span>280 <small>purchased</small></span>')
    expect(page).toContain('of all 1 licenses')
    expect(page).toContain('<span>1 license, 1 bought only</span>')
  })

  it('is in no finding of seats that are not in use', async () => {
    const { findings = [], abstentions = [] } = await reportOn([organization('acme', { licenses: [suite, tokens] })], {
      findings: {},
    })
    expect(findings.map(({ rule, licenseId }) => [rule, licenseId])).toEqual([
      ['unassigned-seats', 'suite'],
      ['bought-not-mapped', 'sku:tokens'],
      ['renewal-due', 'suite'],
    ])
    expect(abstentions.filter(({ licenseId }) => licenseId === tokens.id)).toEqual([])
  })

  it('has no row of a seat that nobody has, and no column of people', async () => {
    const report = await made()
    expect(textOf(await renderReport(report, { format: 'csv', layout: 'assignment' }))).not.toContain('tokens')
    expect(textOf(await renderReport(report, { format: 'csv', layout: 'user' }))).not.toContain('Tokens')
  })
})

import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { known, LicenseReport, unknown } from '../../src/index.ts'
import { bytesOf, renderReport, reportFormats } from '../../src/render/index.ts'
import { readWorkbook } from '../cli/support/read-workbook.ts'
import { priceTable, reportOn, seatPrice } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'

/** As a file has it. */
const readBack = (report: unknown): LicenseReport => {
  const decoded = LicenseReport.decode(JSON.parse(JSON.stringify(report)))
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left))
  return decoded.right
}

const ledger = { pages: 1, items: 1, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'complete' }

/** A report of version 0.1, which knew no prices, terms, groups of findings or savings. */
const ofVersion01 = (isDetailed: boolean): unknown => ({
  schemaVersion: 1,
  generatedAt: '2026-01-31T10:00:00.000Z',
  complete: true,
  providers: [
    {
      id: 'genesys',
      vendor: 'genesys',
      displayName: 'Genesys Cloud',
      status: 'complete',
      licensedUsers: known(1),
      ledgers: { licenses: ledger, assignments: ledger, directory: ledger },
    },
  ],
  licenses: [
    {
      provider: 'genesys',
      id: 'cx1',
      name: 'Old license',
      metric: 'named',
      purchased: unknown('not told'),
      consumed: unknown('not told'),
      assigned: known(1),
      available: unknown('not told'),
      utilization: unknown('not told'),
    },
  ],
  people: { total: known(1), inSeveralProviders: known(0), withoutEmail: known(0), external: known(0) },
  ...(isDetailed
    ? {
        users: [
          {
            provider: 'genesys',
            id: 'dan',
            person: 'dan@example.com',
            link: 'none',
            kind: 'internal',
            status: 'inactive',
            displayName: 'Old Dan',
            email: 'dan@example.com',
            licenseIds: ['cx1'],
            pendingLicenseIds: [],
          },
        ],
        findings: [
          {
            rule: 'inactive-holder',
            id: 'f8ccaee7861fd6197',
            message: 'Old Dan is inactive and holds Old license',
            provider: 'genesys',
            licenseId: 'cx1',
            evidence: { status: 'inactive' },
            seats: known(1),
            cost: { kind: 'notApplicable' },
          },
        ],
        abstentions: [{ rule: 'dormant-holder', provider: 'genesys', reason: 'the vendor does not tell' }],
      }
    : {}),
})

/** What this version makes, with words, rules and members that it does not know. */
const ofLaterVersion = async (): Promise<unknown> => {
  const acme = organization('acme', {
    licenses: [license('a', { name: 'Later license', purchased: known(3) }), license('b')],
    users: [
      user('ann', ['a', 'b'], { displayName: 'Later Ann', email: 'ann@example.com', status: 'inactive' }),
      user('bob', ['a'], { email: 'bob@example.com' }),
    ],
  })
  const report = await reportOn([acme], { prices: priceTable({ acme: { a: seatPrice(100) } }), findings: {} })
  const [finding, ...findings] = report.findings ?? []
  const [group, ...groups] = report.findingGroups ?? []
  return {
    ...report,
    forecast: { months: 3 },
    providers: report.providers.map((provider) => ({ ...provider, status: 'stale', region: 'eu' })),
    licenses: report.licenses.map((row) => ({
      ...row,
      metric: 'per-core',
      available: { kind: 'pooled' },
      purchased: { ...row.purchased, asOf: 'today' },
      term: { end: '2027-01-31', kind: 'rolling' },
    })),
    users: report.users?.map((one) => ({ ...one, kind: 'robot', status: 'asleep', link: 'badge', badge: 7 })),
    findings: [...findings, finding, { ...finding, id: 'f0', rule: 'shared-seat', severity: 'high' }],
    findingGroups: [...groups, group, { ...group, id: 'g0', rule: 'shared-seat', severity: 'high' }],
    abstentions: [...(report.abstentions ?? []), { rule: 'shared-seat', provider: 'acme', reason: 'unheard of' }],
    savings: { ...report.savings, shared: { seats: known(1) } },
  }
}

const seenIn = async (report: LicenseReport, format: (typeof reportFormats)[number]): Promise<string> => {
  const bytes = Buffer.from(bytesOf(await renderReport(report, { format, costOfSeat: () => undefined })))
  return bytes.subarray(0, 2).toString() === 'PK'
    ? [...readWorkbook(bytes).values()].map(({ xml }) => xml).join('')
    : bytes.toString().replace(/<script type="module">.*?<\/script>/gs, '')
}

describe('a report of version 0.1', () => {
  it.each(reportFormats)('is rendered as %s', async (format) => {
    expect(await seenIn(readBack(ofVersion01(false)), format)).toContain('Old license')
  })

  it.each(reportFormats)('with its users and findings, is rendered as %s', async (format) => {
    const seen = await seenIn(readBack(ofVersion01(true)), format)
    expect(seen).toContain('Old license')
    if (format !== 'csv') expect(seen).toMatch(/inactive/)
  })

  it.each(reportFormats)('is rendered by finding as %s', async (format) => {
    const content = await renderReport(readBack(ofVersion01(true)), { format, layout: 'finding' })
    expect(bytesOf(content).length).toBeGreaterThan(0)
  })
})

describe('a report of a later version', () => {
  let later: LicenseReport
  beforeAll(async () => {
    later = readBack(await ofLaterVersion())
  })

  it.each(reportFormats)('is rendered as %s', async (format) => {
    const seen = await seenIn(later, format)
    expect(seen).toContain('Later license')
    // Not what is unknown to this version, and nothing that was not there.
    expect(seen).not.toMatch(/undefined(?!-license)|\[object Object\]|NaN/)
  })

  it.each(reportFormats)('is rendered by finding as %s', async (format) => {
    const content = await renderReport(later, { format, layout: 'finding' })
    expect(bytesOf(content).length).toBeGreaterThan(0)
  })
})

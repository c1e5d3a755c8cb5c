import { describe, expect, it } from 'vitest'
import { checkReport, type LicenseReport, withDeclaredLicenses } from '../../src/index.ts'
import { type ReportFormat, renderCheck, renderPlan, renderReport, textOf } from '../../src/render/index.ts'
import { assign, license as offered, user as person, planFor, organization as toChange } from '../plan/organization.ts'
import { reportOn, seatPrice } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'

const licenses = [
  license('basic', { name: 'Basic' }),
  license('suite', { name: 'Suite', includes: ['basic'], services: ['calling'] }),
]

const acme = withDeclaredLicenses(
  organization('acme', {
    licenses,
    users: [
      user('ada', ['basic', 'suite'], {
        lastActiveAt: '2026-01-02T03:04:05Z',
        activity: [{ source: 'lastLogin', at: '2026-01-02T03:04:05Z' }],
      }),
    ],
  }),
  new Map([['basic', { prices: [seatPrice(10)] }]]),
)
const other = organization('other', {
  licenses: [license('plus', { services: ['calling'] })],
  users: [user('ada', ['plus'])],
})

const reported = (): Promise<LicenseReport> => reportOn([acme, other], { findings: { dormantAfterDays: 90 } })

const seen = async (format: ReportFormat, layout: 'license' | 'user' = 'license'): Promise<string> =>
  textOf(await renderReport(await reported(), { format, layout }))

describe('what people read', () => {
  it.each(['md', 'html'] as const)('has words in place of the codes of evidence: %s', async (format) => {
    const text = await seen(format)
    for (const fact of [
      'in use: 1',
      'last active: 2026-01-02 03:04 UTC',
      'sources: lastLogin 2026-01-02 03:04 UTC',
      'days allowed without activity: 90',
      'included in: Suite',
      'linked by: e-mail',
      'last active: acme 2026-01-02, other unknown',
    ]) {
      expect(text).toContain(fact)
    }
    expect(text).not.toMatch(/inUse: |lastActiveAt: |dormantAfterDays|includedIn|link: /)
  })

  it.each(['md', 'html'] as const)('has words for the verdict on a list: %s', async (format) => {
    const report = await reported()
    const [provider, ...others] = report.providers
    if (provider === undefined) throw new Error('no provider')
    const ledger = { ...provider.ledgers.licenses, verdict: 'unverifiable' as const }
    const changed = {
      ...report,
      providers: [{ ...provider, ledgers: { ...provider.ledgers, licenses: ledger } }, ...others],
    }
    expect(textOf(await renderReport(changed, { format }))).toContain(
      'read to its end; the vendor gives no total to compare with',
    )
  })

  it('says by what people are linked, and programs get the code', async () => {
    expect(await seen('table', 'user')).toMatch(/Linked by[^\n]*\n[^\n]* e-mail /)
    expect(await seen('csv', 'user')).toMatch(/,email,/)
  })

  it.each(['table', 'md', 'html'] as const)('calls what something costs by one name: %s', async (format) => {
    const text = await seen(format)
    expect(text).toContain('Cost per month')
    expect(text).not.toMatch(/a month\b/i)
  })
})

describe('the table of licenses', () => {
  const headingsOf = (markdown: string) =>
    /^\| (License .*) \|$/m
      .exec(markdown)?.[1]
      ?.split(' | ')
      .filter((heading) => heading !== 'Product') ?? []

  it.each([
    ['prices', acme],
    ['no prices', other],
  ])('has the same columns on the page as in Markdown: with %s', async (_, provider) => {
    const report = await reportOn([provider])
    const page = textOf(await renderReport(report, { format: 'html' }))
    const [, head = ''] = /class="licenses[^"]*".*?<thead(.*?)<\/thead>/s.exec(page) ?? []
    const onPage = [...head.matchAll(/<th [^>]*>([^<]*)</g)].map(([, heading]) => heading)
    expect(onPage.length).toBeGreaterThan(5)
    expect(onPage.sort()).toEqual([...headingsOf(textOf(await renderReport(report, { format: 'md' })))].sort())
  })
})

describe('a plan for people', () => {
  const vendor = toChange({ licenses: [offered('basic')], users: [person('ada', []), person('bob', ['basic'])] })

  it('has each column once, by the name that it has in reports, with what was and what will be', async () => {
    const text = textOf(await renderPlan(await planFor(vendor, [assign('basic', 'ada')]), { format: 'table' }))
    expect(text).toMatch(/License +Purchased +Users +Available\nBASIC +10 +1 → 2 +9 → 8\n/)
  })

  it('counts warnings that are alike behind the rule, so that the number does not read as a part of the message', async () => {
    const bundle = toChange({
      licenses: [offered('basic'), offered('addon', { requires: ['basic'] })],
      users: [person('ada', []), person('bob', [])],
    })
    const plan = await planFor(bundle, [assign('addon', 'ada'), assign('addon', 'bob')])
    expect(textOf(await renderPlan(plan, { format: 'table' }))).toMatch(/\([a-z-]+; 1 more like it\)\n/)
  })
})

describe('a check for people', () => {
  it('says once that something is unknown', async () => {
    const report = await reportOn([
      organization('acme', { licenses: [license('dark', { purchased: { kind: 'unknown', reason: 'nothing says' } })] }),
    ])
    const check = checkReport(report, { failOn: [], failOnUnknown: false, dormantAfterDays: 90, maxUtilization: 90 })
    expect(textOf(await renderCheck(check, { format: 'junit' }))).toContain(
      'message="unknown: purchased seats: nothing says"',
    )
  })
})

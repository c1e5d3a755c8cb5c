import { describe, expect, it } from 'vitest'
import { type CheckLimits, checkReport, createLicenseReport, known, readBaseline, toPromise } from '../../src/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'

const LIMITS: CheckLimits = { failOn: ['unassigned-seats'], failOnUnknown: false, dormantAfterDays: 90 }
const acme = organization('acme', { licenses: [license('basic')], users: [user('ada', ['basic'])] })

describe('a check of a report', () => {
  it('needs nothing but limits', async () => {
    const report = await createLicenseReport({ findings: {} })([acme])()
    expect(checkReport(report, LIMITS)).toMatchObject({ breached: true, counts: { breached: 1, passed: 0 } })
  })

  it('takes no more than one limit, and says in the result what the others are', async () => {
    const report = await createLicenseReport()([acme])()
    expect(checkReport(report, { maxUtilization: 50 }).limits).toEqual({
      maxUtilization: 50,
      failOn: [],
      failOnUnknown: false,
      dormantAfterDays: 90,
    })
  })

  it('accepts a limit that is breached where that is suppressed, and has nothing to accept of one that is kept', async () => {
    const report = await createLicenseReport()([
      organization('acme', {
        licenses: [
          license('full', { purchased: known(2), consumed: known(2) }),
          license('half', { purchased: known(2), consumed: known(1) }),
        ],
      }),
    ])()
    const suppressions = ['full', 'half'].map((of) => ({ rule: 'max-utilization', license: of, reason: 'agreed' }))
    const { items, idleSuppressions } = checkReport(report, { maxUtilization: 90 }, { suppressions })
    expect(items).toMatchObject([
      { licenseId: 'full', verdict: 'accepted', id: expect.any(String), accepted: { reason: 'agreed' } },
      { licenseId: 'half', verdict: 'passed' },
    ])
    expect(items[1]).not.toHaveProperty('accepted')
    expect(items[1]).not.toHaveProperty('id')
    expect(idleSuppressions).toMatchObject([{ license: 'half' }])
  })

  it.each([
    ['a text as a percentage', { maxUtilization: '50' }, 'maxUtilization'],
    ['no number as a percentage', { maxUtilization: Number.NaN }, 'maxUtilization'],
    ['no number of seats', { minAvailable: null }, 'minAvailable'],
    ['an unknown rule', { failOn: ['dormant'] }, 'failOn[0]'],
    ['a word as an answer', { failOnUnknown: 'yes' }, 'failOnUnknown'],
    ['no limits', undefined, 'limits'],
  ])('says where a limit is wrong: %s', async (_, limits, path) => {
    const report = await createLicenseReport()([acme])()
    expect(() => checkReport(report, limits as never)).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ _tag: 'InvalidInput', path }) }),
    )
  })

  it('does not pass a rule where the report was made without findings', async () => {
    const check = checkReport(await createLicenseReport()([acme])(), LIMITS)
    expect(check.items).toEqual([
      {
        rule: 'unassigned-seats',
        verdict: 'unknown',
        name: 'all providers',
        message: 'the report was made without findings',
      },
    ])
    expect(checkReport(await createLicenseReport()([acme])(), { ...LIMITS, failOnUnknown: true }).breached).toBe(true)
  })

  it('holds nothing new against a baseline that was kept as JSON', async () => {
    const report = await createLicenseReport({ findings: {} })([acme])()
    const baseline = await toPromise(readBaseline(JSON.parse(JSON.stringify(checkReport(report, LIMITS)))))
    expect(checkReport(report, LIMITS, { baseline })).toMatchObject({
      breached: false,
      counts: { inBaseline: 1 },
    })
  })

  it('says each reason why licenses may be missing, and not only the first one', async () => {
    const limits: CheckLimits = { ...LIMITS, failOn: [], maxUtilization: 90 }
    const messagesFor = async (options: Parameters<typeof organization>[1]) => {
      const report = await createLicenseReport()([organization('acme', { licenses: [license('basic')], ...options })])()
      return checkReport(report, limits).items.flatMap(({ verdict, message }) => (verdict === 'unknown' ? message : []))
    }
    const gaps = ['2 records of page 1', 'page 2'].map((what) => ({ what, reason: 'it is HTML' }))
    expect(
      await messagesFor({ onPage: ({ operation }, page) => (operation === 'listLicenses' ? { ...page, gaps } : page) }),
    ).toContain(
      'licenses may be missing: the list of licenses lacks 2 records of page 1: it is HTML; the list of licenses lacks page 2: it is HTML',
    )
    expect(
      await messagesFor({
        onPage: ({ operation }, page) => (operation === 'listLicenses' ? { ...page, total: 5 } : page),
      }),
    ).toContain('licenses may be missing: the list of licenses changed while it was read')
  })

  it.each([
    ['nothing', undefined],
    ['a report', { schemaVersion: 1, providers: [] }],
    ['a check of a later schema', { schemaVersion: 2, kind: 'check', items: [] }],
    ['items that are none', { schemaVersion: 1, kind: 'check', items: [{ id: 'one' }] }],
  ])('takes %s for no baseline, and says why', async (_, value) => {
    expect(await readBaseline(value)()).toMatchObject({
      left: { _tag: 'InvalidInput', message: expect.stringMatching(/^not the result of a check: /) },
    })
  })
})

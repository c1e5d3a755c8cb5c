import { describe, expect, it } from 'vitest'
import {
  type CheckLimits,
  type CheckOptions,
  checkReport,
  createLicenseReport,
  findingRules,
  known,
  type LicenseProvider,
  type LicenseReportOptions,
  type LimitEntry,
  readBaseline,
  toPromise,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { reportOn, seatPrice } from '../report/priced.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'

const ANY: CheckLimits = { failOn: findingRules }
const INACTIVE: CheckLimits = { failOn: ['inactive-holder'] }

const price = (amount: number) => ({ prices: [seatPrice(amount)] })
const priced = (provider: LicenseProvider) =>
  withDeclaredLicenses(
    provider,
    new Map([
      ['a', price(100)],
      ['b', price(200)],
      ['c', price(5_000)],
    ]),
  )

const licenses = ['a', 'b', 'c'].map((id) => license(id, { purchased: known(2), consumed: known(2) }))
const inactive = { status: 'inactive' } as const
const withUsers = (...users: Parameters<typeof user>[]) =>
  priced(organization('acme', { licenses, users: users.map((given) => user(...given)) }))

const checkOf = async (
  provider: LicenseProvider,
  limits: CheckLimits = INACTIVE,
  options: CheckOptions = {},
  more: LicenseReportOptions = {},
) => checkReport(await reportOn([provider], { findings: {}, ...more }), limits, options)

const baselineOf = async (...args: Parameters<typeof checkOf>) =>
  toPromise(readBaseline(JSON.parse(JSON.stringify(await checkOf(...args)))))

const two = withUsers(['ada', ['a', 'b'], inactive], ['bob', ['c'], inactive])

describe('the findings of a check', () => {
  it('are one for each seat, with the ids of before, and one group for each user', async () => {
    const result = await checkOf(two)
    const [bob, ada] = result.findingGroups ?? []
    expect(result.items.map(({ licenseId, findingGroup }) => [licenseId, findingGroup])).toEqual([
      ['a', ada?.id],
      ['b', ada?.id],
      ['c', bob?.id],
    ])
    expect(ada).toMatchObject({
      rule: 'inactive-holder',
      verdict: 'breached',
      userId: 'ada',
      items: result.items.slice(0, 2).map(({ id }) => id),
      seats: known(2),
      cost: { kind: 'known', amounts: [{ amount: 300, currency: 'EUR' }] },
      message: expect.stringContaining('Name of a and Name of b'),
    })
    expect({ counts: result.counts.breached, groups: result.groupCounts.breached }).toEqual({ counts: 3, groups: 2 })
  })

  it('are in the order of the report: what costs most comes first', async () => {
    const report = await reportOn([two], { findings: {} })
    const { findingGroups = [] } = checkReport(report, ANY)
    expect(findingGroups.map(({ id }) => id)).toEqual(report.findingGroups?.map(({ id }) => id))
    expect(findingGroups.find(({ rule }) => rule === 'inactive-holder')?.userId).toBe('bob')
  })

  it('are those of the rules that are checked', async () => {
    const { findingGroups } = await checkOf(two, { failOn: ['over-assigned'] })
    expect(findingGroups).toBeUndefined()
  })

  it('count by what is open of a group: seats, cost and message say that the rest is accepted', async () => {
    const suppressions = [{ rule: 'inactive-holder', license: 'b', reason: 'on leave' }]
    const result = await checkOf(two, INACTIVE, { suppressions }, { findings: { suppressions } })
    const ada = result.findingGroups?.find(({ userId }) => userId === 'ada')
    expect(ada).toMatchObject({
      verdict: 'breached',
      seats: known(1),
      cost: { amounts: [{ amount: 100 }] },
      message: expect.stringMatching(/; 1 of these 2 are accepted or in the baseline$/),
    })
    expect(result.groupCounts).toMatchObject({ breached: 2, accepted: 0 })
  })

  it('are accepted by the id of their group, all of them', async () => {
    const id = (await checkOf(two)).findingGroups?.find(({ userId }) => userId === 'ada')?.id ?? ''
    const suppressions = [{ id, reason: 'on leave' }]
    const result = await checkOf(two, INACTIVE, { suppressions }, { findings: { suppressions } })
    expect(result.counts).toMatchObject({ breached: 1, accepted: 2 })
    expect(result.groupCounts).toMatchObject({ breached: 1, accepted: 1 })
    expect(result.findingGroups?.at(-1)).toMatchObject({ verdict: 'accepted', accepted: { reason: 'on leave' } })
    expect(result.idleSuppressions).toEqual([])
  })

  it('are in the baseline one by one: a group counts again for one more seat', async () => {
    const baseline = await baselineOf(withUsers(['ada', ['a'], inactive]))
    const same = await checkOf(withUsers(['ada', ['a'], inactive]), INACTIVE, { baseline })
    expect({ breached: same.breached, counts: same.groupCounts.inBaseline, resolved: same.resolved }).toEqual({
      breached: false,
      counts: 1,
      resolved: 0,
    })
    const more = await checkOf(withUsers(['ada', ['a', 'b'], inactive]), INACTIVE, { baseline })
    expect(more.findingGroups).toMatchObject([{ verdict: 'breached', seats: known(1) }])
  })
})

describe('what is resolved since the baseline', () => {
  it('is counted as people count: a user who gave some of the seats back is not resolved', async () => {
    const baseline = await baselineOf(two)
    const some = withUsers(['ada', ['a'], inactive], ['bob', ['c'], inactive])
    expect((await checkOf(some, INACTIVE, { baseline })).resolved).toBe(0)
    expect((await checkOf(withUsers(['bob', ['c'], inactive]), INACTIVE, { baseline })).resolved).toBe(1)
    expect((await checkOf(withUsers(), INACTIVE, { baseline })).resolved).toBe(2)
    expect((await checkOf(two)).resolved).toBeUndefined()
  })

  it('is nothing that another rule, a gap or missing data may hide', async () => {
    const baseline = await baselineOf(two)
    expect((await checkOf(withUsers(), { failOn: ['over-assigned'] }, { baseline })).resolved).toBe(0)
    const failed = organization('acme', { onRequest: () => failure('acme') })
    expect((await checkOf(failed, INACTIVE, { baseline })).resolved).toBe(0)
    const unknownStatus = withUsers(['ada', ['a', 'b'], { status: 'unknown' }])
    expect((await checkOf(unknownStatus, INACTIVE, { baseline })).resolved).toBe(0)
  })
})

describe('the limit of findings of a group of users', () => {
  it('counts findings as people do, and not one for each seat', async () => {
    const ofDepartment = withUsers(['ada', ['a', 'b', 'c'], { ...inactive, department: 'Sales' }])
    const report = await reportOn([ofDepartment], { findings: {}, groupBy: 'department' })
    expect(report.groups?.rows[0]?.atStake).toMatchObject({ findings: known(3), findingGroups: known(1) })
    expect(checkReport(report, { maxFindings: 1 }).breached).toBe(false)
    expect(checkReport(report, { maxFindings: 0 }).items).toMatchObject([
      { message: 'Sales: 1 finding, at most 0 allowed', seats: known(3) },
    ])
  })
})

describe('the limits of licenses', () => {
  const full = license('full', { purchased: known(10), consumed: known(10) })
  const half = license('half', { purchased: known(10), consumed: known(5) })
  const acme = organization('acme', { licenses: [full, half] })
  const judged = async (limits: readonly LimitEntry[], given: CheckLimits, options: CheckOptions = {}) =>
    checkReport(await createLicenseReport({ limits })([acme])(), given, options)
  const verdicts = async (...args: Parameters<typeof judged>) =>
    (await judged(...args)).items.map(({ rule, licenseId, limit, verdict }) => [rule, licenseId, limit, verdict])

  it('are judged without any limit of the check, and those of the check are for all others', async () => {
    expect(await verdicts([{ license: 'full', maxUtilization: 90 }], {})).toEqual([
      ['max-utilization', 'full', 90, 'breached'],
    ])
    expect(await verdicts([{ license: 'full', maxUtilization: 100 }], { maxUtilization: 40, minAvailable: 1 })).toEqual(
      [
        ['max-utilization', 'full', 100, 'passed'],
        ['max-utilization', 'half', 40, 'breached'],
        ['min-available', 'full', 1, 'breached'],
        ['min-available', 'half', 1, 'passed'],
      ],
    )
    expect(await verdicts([{ license: 'full', ignore: true }], { maxUtilization: 90 })).toEqual([
      ['max-utilization', 'half', 90, 'passed'],
    ])
  })

  it('of licenses that may be missing are unknown, where they may have such a limit', async () => {
    const failed = organization('failed', { onRequest: () => failure('failed') })
    const itemsWith = async (limits: readonly LimitEntry[]) =>
      checkReport(await createLicenseReport({ limits })([failed])(), {}).items.map(({ rule, verdict }) => [
        rule,
        verdict,
      ])
    expect(await itemsWith([{ license: '*', keepFree: 1 }])).toEqual([['min-available', 'unknown']])
    expect(await itemsWith([{ license: 'x', provider: 'failed', maxUtilization: 1 }])).toEqual([
      ['max-utilization', 'unknown'],
    ])
    expect(await itemsWith([{ license: '*', provider: 'other', keepFree: 1 }])).toEqual([])
  })

  it('are what the numbers of a baseline are measured by', async () => {
    const before = await judged([{ license: 'full', maxUtilization: 50 }], {})
    const baseline = await toPromise(readBaseline(JSON.parse(JSON.stringify(before))))
    const stricter = await judged([{ license: 'full', maxUtilization: 10 }], { maxUtilization: 90 }, { baseline })
    expect(stricter.items).toMatchObject([{ licenseId: 'full', verdict: 'inBaseline' }, { verdict: 'passed' }])
  })

  it('that fit no license are in the result', async () => {
    expect((await judged([{ license: 'fulll', keepFree: 1 }], {})).idleLimits).toEqual([
      { license: 'fulll', why: 'not listed', similar: ['full'] },
    ])
  })
})

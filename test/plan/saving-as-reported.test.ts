import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  createPlan,
  type FindingRule,
  failureLines,
  findingRules,
  handingOn,
  intentsOfFindings,
  known,
  type License,
  type LicensedUser,
  type LicenseProvider,
  type LicenseReport,
  type LimitEntry,
  type Plan,
  type Price,
  rulesWithoutFix,
  type Saving,
  type Suppression,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { atTime } from '../report/at-time.ts'
import { NOW, packPrice, seatPrice } from '../report/priced.ts'
import { license, user } from '../report/reported-organization.ts'

const FIXABLE: readonly FindingRule[] = findingRules.filter((rule) => rulesWithoutFix[rule] === undefined)
const LONG_AGO = '2026-01-05T10:00:00.000Z'
const RECENTLY = '2026-11-19T10:00:00.000Z'
const NOTHING = { seats: known(0), cost: { kind: 'notApplicable' } }

interface Given {
  readonly licenses: readonly Omit<License, 'provider'>[]
  readonly users: readonly Omit<LicensedUser, 'provider'>[]
  readonly prices: Readonly<Record<string, Price>>
  readonly limits?: readonly LimitEntry[]
  readonly suppressions?: readonly Suppression[]
}

const providerOf = ({ licenses, users, prices }: Given): LicenseProvider =>
  withDeclaredLicenses(
    createInMemoryProvider({ id: 'one', licenses, users }),
    new Map(Object.entries(prices).map(([id, price]) => [id, { prices: [price] }])),
  )

const reportOf = (provider: LicenseProvider, { limits, suppressions }: Given): Promise<LicenseReport> =>
  createLicenseReport({ detail: true, clock: atTime(NOW), limits, findings: { suppressions } })([provider])()

/** The plan of all that can be fixed by these rules; undefined where there is nothing. */
const planOf = async (
  provider: LicenseProvider,
  report: LicenseReport,
  rules: readonly FindingRule[] = FIXABLE,
): Promise<Plan | undefined> => {
  const { intents, limits, omitted } = intentsOfFindings(report, { rules, provider: provider.id })
  if (intents.length === 0) return undefined
  const made = await createPlan(provider, intents, { clock: atTime(NOW), limits, omitted })()
  if (made._tag === 'Left') throw new Error(failureLines(made.left).join('\n'))
  return made.right
}

const bothOf = async (given: Given) => {
  const provider = providerOf(given)
  const report = await reportOf(provider, given)
  const ofRules = new Map<FindingRule, Plan>()
  for (const rule of FIXABLE) {
    const plan = await planOf(provider, report, [rule])
    if (plan !== undefined) ofRules.set(rule, plan)
  }
  return { report, plan: await planOf(provider, report), ofRules, removable: report.savings?.removable }
}

/** What a plan says in the terms of a report. */
const savedBy = (plan: Plan | undefined): Saving | undefined => {
  if (plan?.saving === undefined) return undefined
  const { untilTermEnd: _, ...saving } = plan.saving
  return saving
}

const holders = (count: number, licenseId: string, more: (place: number) => Partial<LicensedUser>) =>
  Array.from({ length: count }, (_, place) =>
    user(`${licenseId}-${String(place).padStart(3, '0')}`, [licenseId], more(place)),
  )

const leavers = (all: number, left: number, licenseId = 'a') =>
  holders(all, licenseId, (place) => ({ status: place < left ? 'inactive' : 'active', lastActiveAt: RECENTLY }))

const END = '2027-03-31'
const PRICED = { a: seatPrice(100) }
const keepFree = (seats: number): readonly LimitEntry[] => [{ license: 'a', keepFree: seats }]

describe('a plan of all findings', () => {
  test.each<[string, number, number, readonly [seats: number, keptFree: number | undefined]]>([
    ['more are free anyway', 10, 2, [3, undefined]],
    ['some of the seats are needed for it', 10, 4, [1, 2]],
    ['all of them are needed for it', 10, 7, [0, 3]],
    ['more is wanted than was purchased', 10, 20, [0, 3]],
    ['seats beyond the purchased ones go first', 7, 1, [2, 1]],
  ])('saves what the report says, if so many are to be kept free that %s', async (_, purchased, free, expected) => {
    const licenses = [license('a', { purchased: known(purchased), term: { end: END } })]
    const given = { licenses, users: leavers(8, 3), prices: PRICED, limits: keepFree(free) }
    const { report, plan, removable } = await bothOf(given)
    expect([removable?.seats, report.savings?.keptFree]).toEqual([known(expected[0]), expected[1]])
    expect(plan?.changes).toHaveLength(3)
    expect(savedBy(plan)).toEqual(removable)
    expect(plan?.warnings.filter(({ rule }) => rule === 'kept-free')).toMatchObject(
      expected[1] === undefined
        ? []
        : [
            {
              licenseId: 'a',
              message: `Name of a: ${expected[1]} of 3 seats ${expected[1] === 1 ? 'saves' : 'save'} nothing, as ${free} are to be kept free`,
            },
          ],
    )
  })

  test('saves at least what is certain where it is not known how many seats are free', async () => {
    const licenses = [license('a', { purchased: { kind: 'unknown', reason: 'not told' } })]
    const given = { licenses, users: leavers(8, 3), prices: PRICED, limits: keepFree(1) }
    const { plan, removable } = await bothOf(given)
    expect(removable).toMatchObject({ seats: { kind: 'unknown', atLeast: 2 }, cost: { kind: 'unknown' } })
    expect(savedBy(plan)).toEqual(removable)
    const all = await bothOf({ ...given, limits: keepFree(3) })
    expect(all.removable?.seats).toEqual({ kind: 'unknown', reason: expect.any(String) })
    expect(savedBy(all.plan)).toEqual(all.removable)
  })

  test('ends with the terms of the report where a license was bought for several', async () => {
    const purchase = (seats: number, name: string, end: string) => ({
      name: 'Seats',
      quantity: known(seats),
      from: { source: 'contract', name },
      term: { end },
    })
    const licenses = [
      license('a', {
        purchased: known(10),
        purchasedFrom: { source: 'contract' },
        purchases: [purchase(7, 'second', '2027-06-30'), purchase(3, 'first', '2026-12-31')],
        term: { end: '2026-12-31' },
      }),
    ]
    const { plan, removable } = await bothOf({ licenses, users: leavers(8, 4), prices: PRICED })
    // Two seats that nobody uses end first.
    expect(removable?.atRenewal).toMatchObject({ seats: known(4), firstEnd: '2026-12-31', lastEnd: '2027-06-30' })
    expect(savedBy(plan)).toEqual(removable)
    const reserved = await bothOf({
      licenses,
      users: leavers(8, 4),
      prices: PRICED,
      suppressions: [{ rule: 'unassigned-seats', reason: 'for the new ones' }],
    })
    expect(savedBy(reserved.plan)).toEqual(reserved.removable)
  })

  test('leaves a seat that is accepted under any rule, and so does the report', async () => {
    const licenses = [license('a', { term: { end: END } }), license('b', { includes: ['a'], purchased: known(3) })]
    const users = [
      user('ann', ['a', 'b'], { lastActiveAt: LONG_AGO, createdAt: LONG_AGO }),
      user('bob', ['a', 'b'], { lastActiveAt: RECENTLY }),
    ]
    const given = { licenses, users, prices: { a: seatPrice(100), b: seatPrice(7) } }
    const accept = (more: Partial<Suppression>) => bothOf({ ...given, suppressions: [{ reason: 'leave', ...more }] })
    expect((await bothOf(given)).plan?.changes).toHaveLength(3)
    const { report, plan, removable } = await accept({ rule: 'dormant-holder', user: 'ann', license: 'a' })
    expect(plan?.changes.map(({ userId, licenseId }) => [userId, licenseId])).toEqual([
      ['bob', 'a'],
      ['ann', 'b'],
    ])
    expect(plan?.omitted).toEqual([{ seats: 1, reason: 'accepted by a suppression' }])
    expect(report.findings?.find(({ rule, userId }) => rule === 'included-license' && userId === 'ann')).toMatchObject({
      kept: [{ provider: 'one', userId: 'ann', licenseId: 'a' }],
    })
    expect(savedBy(plan)).toEqual(removable)
    // A rule alone is about the rule, and not about these seats.
    expect((await accept({ rule: 'never-active' })).plan?.changes).toHaveLength(3)
    expect((await accept({ rule: 'never-active', user: 'ann@example.com' })).plan?.changes).toHaveLength(1)
    expect((await accept({ rule: 'never-active', user: 'ann', license: 'b' })).plan?.changes).toHaveLength(2)
  })

  test('saves what the report says, whatever was bought, is held, limited and accepted', async () => {
    const small = (max: number) => fc.integer({ min: 0, max })
    const pool = fc.record({
      purchased: fc.oneof(small(12), fc.constant(undefined)),
      counter: small(14),
      held: small(9),
      left: small(9),
      idle: small(4),
      packSize: fc.integer({ min: 1, max: 4 }),
      isBilled: fc.boolean(),
      ends: fc.constantFrom<readonly string[]>([END], ['2026-12-31', END], ['2026-01-01'], []),
      keepFree: fc.oneof(fc.constant(undefined), small(8)),
      keepsSpare: fc.boolean(),
      accepted: fc.constantFrom('none', 'inactive-holder', 'dormant-holder', 'never-active'),
      ignore: fc.boolean(),
    })
    type Pool = typeof pool extends fc.Arbitrary<infer A> ? A : never
    const idOf = (place: number) => `l${place}`
    const bill = { source: 'contract', period: { start: '2026-11-01', end: '2026-11-30', status: 'open' } } as const
    const licenseOf = ({ purchased, counter, isBilled, ends }: Pool, place: number) => {
      const first = Math.floor((purchased ?? 0) / 2)
      const parts = ends.length === 2 ? [first, (purchased ?? 0) - first] : [purchased ?? 0]
      const [end] = ends
      return license(idOf(place), {
        purchased: purchased === undefined ? { kind: 'unknown', reason: 'not told' } : known(purchased),
        purchasedFrom: { source: 'contract' },
        consumed: known(counter),
        ...(isBilled ? { consumedFrom: bill } : {}),
        ...(end === undefined ? {} : { term: { end } }),
        purchases: ends.map((one, index) => ({
          name: 'Seats',
          quantity: known(parts[index] ?? 0),
          from: { source: 'contract', name: `c${index}` },
          term: { end: one },
        })),
      })
    }
    await fc.assert(
      fc.asyncProperty(fc.array(pool, { minLength: 1, maxLength: 3 }), async (pools) => {
        const given: Given = {
          licenses: pools.map(licenseOf),
          users: pools.flatMap(({ held, left, idle }, place) =>
            holders(held, idOf(place), (seat) => ({
              status: seat < left ? 'inactive' : 'active',
              lastActiveAt: seat < left + idle ? LONG_AGO : RECENTLY,
            })),
          ),
          prices: Object.fromEntries(pools.map(({ packSize }, place) => [idOf(place), packPrice(1000, packSize)])),
          limits: pools.flatMap(({ keepFree: free, ignore }, place): readonly LimitEntry[] => [
            ...(free === undefined ? [] : [{ license: idOf(place), keepFree: free }]),
            ...(ignore ? [{ license: `Name of ${idOf(place)}`, ignore: true as const }] : []),
          ]),
          suppressions: pools.flatMap(({ keepsSpare, accepted }, place) => [
            ...(keepsSpare ? [{ rule: 'unassigned-seats', license: idOf(place), reason: 'spare' }] : []),
            ...(accepted === 'none' ? [] : [{ rule: accepted, user: `${idOf(place)}-001`, reason: 'leave' }]),
          ]),
        }
        const { report, plan, ofRules, removable } = await bothOf(given)
        if (plan === undefined) expect(removable).toMatchObject(NOTHING)
        else expect(savedBy(plan)).toEqual(removable)
        // The same of the plan of each rule.
        const plans = report.savings?.plans ?? []
        expect(new Set(plans.map(({ rule }) => rule))).toEqual(new Set(ofRules.keys()))
        for (const { rule, provider, saving } of plans) {
          expect([rule, provider, saving]).toEqual([rule, 'one', savedBy(ofRules.get(rule))])
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('lists that are handed on', () => {
  const counted = (pageSize = 3) => {
    const lists: string[] = []
    const world = createInMemoryProvider({
      id: 'one',
      pageSize,
      licenses: [license('a')],
      users: leavers(8, 3),
      onRequest: ({ operation }) => {
        lists.push(operation)
        return undefined
      },
    })
    return { world, lists }
  }

  test('are read once for a report and the plan of it', async () => {
    const { world, lists } = counted()
    const provider = handingOn(world)
    const report = await reportOf(provider, { licenses: [], users: [], prices: {} })
    const before = lists.length
    expect(before).toBeGreaterThan(2)
    const plan = await planOf(provider, report)
    expect(plan?.changes).toHaveLength(3)
    expect(lists.slice(before)).toEqual([])
    // Another plan is not made of what is older still.
    await planOf(provider, report)
    expect(lists).toHaveLength(2 * before)
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CreatePlanOptions,
  createLicenseReport,
  createPlan,
  type FindingSelection,
  failureLines,
  intentsOfFindings,
  known,
  type License,
  type LicensedUser,
  type LicenseProvider,
  type LicenseReport,
  type Plan,
  readPlan,
  type Suppression,
  unknown,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { renderPlan, textOf } from '../../src/render/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { atTime } from '../report/at-time.ts'
import { applied, license, user } from './organization.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const LONG_AGO = '2026-01-05T10:00:00.000Z'
const EARLIER = '2025-06-05T10:00:00.000Z'
const RECENTLY = '2026-11-19T10:00:00.000Z'

type GivenUser = ReturnType<typeof user>

const price = (amount: number) => ({ prices: [{ amount, currency: 'EUR', per: 'seat-month' as const }] })

/** Licenses `cheap` and `dear`, EUR 10 and EUR 50 a month, unless other prices are given. */
const world = (
  users: readonly GivenUser[],
  licenses: readonly Omit<License, 'provider'>[] = [license('cheap'), license('dear')],
  prices: Readonly<Record<string, number>> = { cheap: 1_000, dear: 5_000 },
  id = 'acme',
): LicenseProvider =>
  withDeclaredLicenses(
    createInMemoryProvider({ id, licenses, users }),
    new Map(Object.entries(prices).map(([key, amount]) => [key, price(amount)])),
  )

const idle = (id: string, licenseIds: readonly string[], more: Partial<LicensedUser> = {}) =>
  user(id, licenseIds, { lastActiveAt: LONG_AGO, ...more })

const reportOf = (
  providers: readonly LicenseProvider[],
  suppressions: readonly Suppression[] = [],
): Promise<LicenseReport> =>
  createLicenseReport({ detail: true, clock: atTime(NOW), findings: { suppressions } })(providers)()

const DORMANT: FindingSelection = { rules: ['dormant-holder'] }
const NEVER: FindingSelection = { rules: ['never-active'] }

const planOf = async (
  report: LicenseReport,
  provider: LicenseProvider,
  selection: FindingSelection = DORMANT,
  options: CreatePlanOptions = {},
): Promise<Plan> => {
  const { intents } = intentsOfFindings(report, selection)
  const made = await createPlan(provider, intents, { clock: atTime(NOW), ...options })()
  if (made._tag === 'Left') throw new Error(failureLines(made.left).join('\n'))
  return made.right
}

const seatsOf = ({ changes }: Plan): readonly string[] =>
  changes.map(({ userId, licenseId }) => `${userId} ${licenseId}`)

/** A report and a plan of the same organization. */
const planned = async (
  provider: LicenseProvider,
  selection?: FindingSelection,
  options?: CreatePlanOptions,
): Promise<Plan> => planOf(await reportOf([provider]), provider, selection, options)

describe('a plan from findings', () => {
  const users = [
    idle('ada', ['cheap']),
    idle('bob', ['dear', 'cheap'], { lastActiveAt: EARLIER, department: 'Sales' }),
    user('cleo', ['dear'], { lastActiveAt: RECENTLY }),
    idle('dan', ['dear'], { department: 'Support' }),
    user('eve', ['cheap'], { status: 'inactive' }),
  ]

  test('removes the seats of the rules that are asked for, the most valuable first, and says why', async () => {
    const plan = await planned(world(users))
    expect(seatsOf(plan)).toEqual(['bob dear', 'dan dear', 'bob cheap', 'ada cheap'])
    expect(plan.changes[1]).toMatchObject({
      finding: { rule: 'dormant-holder', message: expect.stringContaining('dan@example.com has not been active') },
    })
    expect(plan.users.find(({ id }) => id === 'dan')).toMatchObject({ lastActiveAt: LONG_AGO })
    expect(await readPlan(JSON.parse(JSON.stringify(plan)))()).toMatchObject({ _tag: 'Right' })
  })

  test('takes those who have been idle longest first, and those of whom no activity is known last', async () => {
    const selection: FindingSelection = { rules: ['inactive-holder', 'dormant-holder'], mostIdleFirst: true }
    expect(seatsOf(await planned(world(users), selection))).toEqual([
      'bob dear',
      'bob cheap',
      'dan dear',
      'ada cheap',
      'eve cheap',
    ])
  })

  test('takes so many seats and not so many users', async () => {
    const plan = await planned(world(users), DORMANT, { limit: 2 })
    expect(seatsOf(plan)).toEqual(['bob dear', 'dan dear'])
    expect(plan.limit).toEqual({ changes: 2, leftOut: 2 })
  })

  test.each<[FindingSelection, readonly string[]]>([
    [{ ...DORMANT, licenseIds: ['cheap'] }, ['bob cheap', 'ada cheap']],
    [{ ...DORMANT, departments: ['SALES'] }, ['bob dear', 'bob cheap']],
    [{ rules: ['inactive-holder'] }, ['eve cheap']],
  ])('%j', async (selection, seats) => {
    expect(seatsOf(await planned(world(users), selection))).toEqual(seats)
  })

  test('takes findings by their ids, and those of groups', async () => {
    const report = await reportOf([world(users)])
    const group = report.findingGroups?.find(({ userId }) => userId === 'bob')
    const finding = report.findings?.find(({ userId }) => userId === 'eve')
    const { intents, unknownIds } = intentsOfFindings(report, { ids: [group?.id ?? '', finding?.id ?? '', 'f0'] })
    expect(intents.map((intent) => [intent.license, intent.action === 'remove' && intent.user])).toEqual([
      ['dear', 'bob'],
      ['cheap', 'bob'],
      ['cheap', 'eve'],
    ])
    expect(unknownIds).toEqual(['f0'])
  })

  test('is for the provider of the first seat, and counts those of others', async () => {
    const others = world([idle('x', ['gold']), idle('y', ['gold'])], [license('gold')], { gold: 2_000 }, 'other')
    const report = await reportOf([others, world(users)])
    expect(intentsOfFindings(report, DORMANT)).toMatchObject({
      provider: 'acme',
      elsewhere: [{ provider: 'other', seats: 2 }],
    })
    expect(intentsOfFindings(report, { ...DORMANT, provider: 'other' })).toMatchObject({
      provider: 'other',
      intents: [{ user: 'x' }, { user: 'y' }],
    })
  })

  test('leaves protected seats out, and counts them', async () => {
    const seats = [
      { user: 'BOB@example.com', license: 'dear', reason: 'on leave' },
      { user: 'ada', reason: 'on leave' },
    ]
    const plan = await planned(world(users), DORMANT, { protected: seats })
    expect(seatsOf(plan)).toEqual(['dan dear', 'bob cheap'])
    expect(plan.omitted).toEqual([{ seats: 2, reason: 'protected: on leave' }])
    expect((await planned(world(users), DORMANT, { protected: seats, limit: 1 })).changes).toHaveLength(1)
  })

  test('leaves out what a suppression accepts, also where another finding is about the seat', async () => {
    const provider = world(
      [idle('ada', ['dear', 'bundle']), idle('bob', ['dear'])],
      [license('dear'), license('bundle', { includes: ['dear'] })],
      { dear: 5_000, bundle: 100 },
    )
    const report = await reportOf([provider], [{ rule: 'dormant-holder', user: 'ada', reason: 'parental leave' }])
    const both: FindingSelection = { rules: ['dormant-holder', 'included-license'] }
    expect(intentsOfFindings(report, both).accepted).toBe(2)
    expect(seatsOf(await planOf(report, provider, both))).toEqual(['bob dear'])
    // An acceptance under a rule that was not asked for counts as well.
    const included: FindingSelection = { rules: ['included-license'], provider: 'acme' }
    expect(intentsOfFindings(report, included)).toMatchObject({
      intents: [],
      accepted: 1,
      withoutFix: 0,
      omitted: [{ seats: 1, reason: 'accepted by a suppression' }],
    })
  })

  test('leaves a seat that another license includes, if that one goes', async () => {
    const licenses = [license('dear'), license('bundle', { includes: ['dear'] })]
    const provider = world([user('ada', ['dear', 'bundle'])], licenses, { dear: 5_000, bundle: 100 })
    const report = await reportOf([provider])
    const included: FindingSelection = { rules: ['included-license'] }
    expect(seatsOf(await planOf(report, provider, included))).toEqual(['ada dear'])
    const [finding] = report.findings?.filter(({ rule }) => rule === 'included-license') ?? []
    if (finding === undefined) throw new Error('nothing was found')
    const seat = { provider: 'acme', userId: 'ada', licenseId: 'bundle' }
    const other = { ...finding, id: 'f1', rule: 'several-providers' as const, ...seat, removals: [seat] }
    const both = { ...report, findings: [...(report.findings ?? []), other] }
    const found = intentsOfFindings(both, { rules: ['included-license', 'several-providers'] })
    expect(found).toMatchObject({ intents: [{ license: 'bundle' }], withoutFix: 1 })
  })

  test.each<[string, Partial<LicensedUser> | undefined]>([
    ['was active', { lastActiveAt: RECENTLY }],
    ['was switched off', { status: 'inactive' }],
    ['holds something else', { licenseIds: ['dear', 'cheap'] }],
    ['has given it up', { licenseIds: [] }],
    ['is gone', undefined],
  ])('leaves out a user who %s since the report', async (_, now) => {
    const report = await reportOf([world([idle('ada', ['dear']), idle('bob', ['dear'])])])
    const later = world([...(now === undefined ? [] : [idle('ada', ['dear'], now)]), idle('bob', ['dear'])])
    const plan = await planOf(report, later)
    expect(seatsOf(plan)).toEqual(['bob dear'])
    expect(plan.omitted).toEqual([{ seats: 1, reason: expect.stringContaining('no longer as the finding has them') }])
  })

  const since = (assignedAt: string): Partial<LicensedUser> => ({
    seats: [{ licenseId: 'dear', assignedBy: 'direct', assignedAt }],
  })
  test.each<[string, FindingSelection, Partial<LicensedUser>, Partial<LicensedUser>]>([
    ['has been active, the vendor does not say when', NEVER, { neverActive: true }, { neverActive: false }],
    ['may have been active', NEVER, { neverActive: true }, {}],
    ['was given the seat anew', DORMANT, { lastActiveAt: LONG_AGO, ...since(EARLIER) }, since(RECENTLY)],
  ])('leaves out a user who %s since the report', async (_, selection, before, after) => {
    const ada = user('ada', ['dear'], { createdAt: EARLIER, ...before })
    const { neverActive: _was, ...others } = ada
    const report = await reportOf([world([ada])])
    expect(seatsOf(await planOf(report, world([ada]), selection))).toEqual(['ada dear'])
    const plan = await planOf(report, world([{ ...others, ...after }]), selection)
    expect(seatsOf(plan)).toEqual([])
    expect(plan.omitted).toEqual([{ seats: 1, reason: expect.stringContaining('no longer as the finding has them') }])
  })

  test.each<[number, License['purchased'], readonly string[], object | undefined]>([
    [0, known(4), [], { seats: 3, reason: expect.stringContaining('0 seats of the license are free') }],
    [2, known(4), ['ada dear'], { seats: 2, reason: expect.stringContaining('2 seats of the license are free') }],
    [9, known(4), ['ada dear', 'bob dear', 'cleo dear'], undefined],
    [1, known(2), ['ada dear', 'bob dear'], { seats: 1, reason: expect.stringContaining('1 seat of the license') }],
    [2, unknown('untold'), [], { seats: 3, reason: expect.stringContaining('unknown how many') }],
  ])('stops when %i seats are free', async (keepFree, purchased, seats, left) => {
    const people = ['ada', 'bob', 'cleo'].map((id) => idle(id, ['dear']))
    const plan = await planned(world(people, [license('dear', { purchased })]), DORMANT, { keepFree })
    expect(seatsOf(plan)).toEqual(seats)
    expect(plan.omitted).toEqual(left === undefined ? undefined : [left])
  })

  test('is not applied to a user who was active since it was made', async () => {
    const plan = await planned(world([idle('ada', ['dear']), idle('bob', ['dear'])]))
    const later = world([idle('ada', ['dear'], { lastActiveAt: RECENTLY }), idle('bob', ['dear'])])
    const clock = atTime(NOW)
    const result = await applied(plan, later, { clock, allowDrift: true })
    expect(result.changes.map(({ userId, result: became }) => [userId, became])).toEqual([
      ['ada', 'drifted'],
      ['bob', 'applied'],
    ])
    expect(result.changes[0]).toMatchObject({ drift: 'the user has been active since' })
  })

  test('is not applied to a user of whom the vendor says by now that they have been active, and not when', async () => {
    const ada = (neverActive: boolean) => world([user('ada', ['dear'], { createdAt: EARLIER, neverActive })])
    const plan = await planned(ada(true), NEVER)
    const result = await applied(plan, ada(false), { clock: atTime(NOW), allowDrift: true })
    expect(result.changes).toMatchObject([{ result: 'drifted', drift: 'the user has been active since' }])
  })

  test('needs a report with its users', async () => {
    const report = await createLicenseReport({ findings: {} })([world(users)])()
    expect(() => intentsOfFindings(report, DORMANT)).toThrow('detail: true')
  })
})

describe('what a plan saves', () => {
  const people = ['ada', 'bob', 'cleo'].map((id) => idle(id, ['dear']))
  const saving = async (more: Partial<License>, users: readonly GivenUser[] = people) =>
    (await planned(world(users, [license('dear', more)]))).saving

  test('is told by when: at once beyond what was purchased, then at the renewal', async () => {
    const eur = (amount: number) => ({ kind: 'known', amounts: [{ amount, currency: 'EUR' }] })
    expect(await saving({ purchased: known(2), term: { end: '2027-11-20' } })).toEqual({
      seats: known(3),
      cost: eur(15_000),
      now: { seats: known(1), cost: eur(5_000) },
      atRenewal: { seats: known(2), cost: eur(10_000), firstEnd: '2027-11-20', lastEnd: '2027-11-20' },
      untold: { seats: known(0), cost: { kind: 'notApplicable' } },
      untilTermEnd: eur(60_000),
    })
  })

  test('comes at an unknown time where no term is known, and nothing at once where seats are billed', async () => {
    expect(await saving({})).toMatchObject({ untold: { seats: known(3) }, now: { seats: known(0) } })
    const from = { source: 'bill', at: NOW }
    const billed = license('dear', { purchased: known(1), consumed: known(3), consumedFrom: from })
    const plan = await planned(world(people, [billed]))
    expect(plan.saving).toMatchObject({ seats: known(0), now: { seats: known(0) } })
    const text = textOf(await renderPlan(plan, { format: 'table' }))
    expect(text).toContain('Saves: nothing, as no fewer need to be purchased without them\n')
  })

  test('is no more than the seats that the plan says are free, where a bill counts users who lose theirs', async () => {
    const from = { source: 'bill', at: NOW }
    const billed = license('dear', { purchased: known(5), consumed: known(2), consumedFrom: from })
    const plan = await planned(world(people, [billed]))
    expect(plan.saving).toMatchObject({ seats: known(1) })
    expect(plan.licenses).toMatchObject([{ available: { before: known(2), after: known(3) } }])
    const text = textOf(await renderPlan(plan, { format: 'table' }))
    expect(text).toContain('Cost per month of these seats: EUR 150.00\n')
    expect(text).toContain('Saves: 1 seat, EUR 50.00 per month\n')
    expect(text).toContain('  the other 2 seats: nothing, as no fewer need to be purchased without them\n')
  })

  test('is what the report says of the same seats, also where the vendor counts more seats than holders', async () => {
    const pack = { amount: 4_000, currency: 'EUR', per: 'pack-month' as const, packSize: 5 }
    const provider = withDeclaredLicenses(
      createInMemoryProvider({
        id: 'acme',
        licenses: [license('dear', { purchased: known(0), consumed: known(6) })],
        users: [idle('ada', ['dear'])],
      }),
      new Map([['dear', { prices: [pack] }]]),
    )
    const report = await reportOf([provider])
    const { untilTermEnd: _, ...saved } = (await planOf(report, provider)).saving ?? {}
    expect(saved).toEqual(report.savings?.removable)
    expect(saved).toMatchObject({ now: { cost: { amounts: [{ amount: 4_000 }] } } })
  })

  test('until the end of the term is unknown where no end is', async () => {
    expect(await saving({ purchased: known(2) })).toMatchObject({
      untilTermEnd: { kind: 'unknown', reason: 'the end of its term is not known' },
    })
  })

  test('is not told where a license is given, nor where neither prices nor terms are known', async () => {
    const provider = world([idle('ada', ['dear'])])
    const swap = { source: 'x', action: 'swap' as const, license: 'dear', to: 'cheap', user: 'ada' }
    const swapped = await createPlan(provider, [swap])()
    expect(swapped._tag === 'Right' && swapped.right).toMatchObject({ cost: { amounts: [{ amount: -4_000 }] } })
    expect(swapped).not.toHaveProperty('right.saving')
    const free = createInMemoryProvider({ id: 'acme', licenses: [license('dear')], users: people })
    expect((await planned(free)).saving).toBeUndefined()
  })
})

/** Whatever an organization is like. */
const anUser = (place: number) =>
  fc
    .record({
      licenseIds: fc.subarray(['dear', 'cheap', 'bundle', 'free']),
      status: fc.constantFrom('active', 'inactive', 'deleted', 'unknown'),
      lastActiveAt: fc.constantFrom(
        undefined,
        LONG_AGO,
        EARLIER,
        RECENTLY,
        '1601-01-01T00:00:00Z',
        '2031-01-01T00:00:00Z',
      ),
      covers: fc.constantFrom(undefined, 'some'),
    })
    .map(({ licenseIds, status, lastActiveAt, covers }) => {
      const { email, ...rest } = user(`u${place}`, licenseIds, { status } as Partial<LicensedUser>)
      const told =
        lastActiveAt === undefined ? {} : { lastActiveAt, activity: [{ at: lastActiveAt, source: 'log', covers }] }
      return { ...rest, email, ...told } as GivenUser
    })

test('nothing that is accepted, protected or uncertain is ever planned', async () => {
  const licenses = [
    license('dear'),
    license('cheap'),
    license('bundle', { includes: ['cheap'] }),
    license('free', { purchased: { kind: 'notApplicable' } }),
  ]
  const ids = Array.from({ length: 8 }, (_, place) => `u${place}`)
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...ids.map((_, place) => anUser(place))),
      fc.subarray(ids),
      fc.subarray(ids),
      fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      fc.boolean(),
      async (users, accepted, spared, limit, keepFree, mostIdleFirst) => {
        const provider = world(users, licenses, { dear: 5_000, cheap: 1_000, bundle: 7_000 })
        const suppressions = accepted.map((id) => ({ user: id, reason: 'it may stay' }))
        const report = await reportOf([provider], suppressions)
        const selection: FindingSelection = {
          rules: ['dormant-holder', 'inactive-holder', 'included-license'],
          mostIdleFirst,
        }
        if (intentsOfFindings(report, selection).intents.length === 0) return
        const plan = await planOf(report, provider, selection, {
          protected: spared.map((id) => ({ user: id, reason: 'on call' })),
          limit,
          keepFree,
        })
        expect(plan.changes.length).toBeLessThanOrEqual(limit ?? Number.POSITIVE_INFINITY)
        for (const { userId, licenseId, action } of plan.changes) {
          const holder = users.find(({ id }) => id === userId)
          expect(action).toBe('remove')
          expect(accepted).not.toContain(userId)
          expect(spared).not.toContain(userId)
          expect(holder?.licenseIds).toContain(licenseId)
          expect(licenseId).not.toBe('free')
          const isOff = holder?.status === 'inactive' || holder?.status === 'deleted'
          const isIncluded = licenseId === 'cheap' && holder?.licenseIds.includes('bundle')
          const told = holder?.activity?.[0]
          const isIdle = (told?.at === LONG_AGO || told?.at === EARLIER) && told.covers === undefined
          expect(isOff || isIncluded || isIdle).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

import { describe, expect, test } from 'vitest'
import { known, type LicenseProvider, withDeclaredLicenses } from '../../src/index.ts'
import {
  applyPlan,
  type CreatePlanOptions,
  createPlan,
  failuresIn,
  type Intent,
  type ProtectedSeat,
} from '../../src/plan/index.ts'
import {
  assign,
  exactly,
  held,
  keptJournal,
  license,
  organization,
  planFor,
  remove,
  swap,
  user,
} from './organization.ts'

const made = async (provider: LicenseProvider, intents: readonly Intent[], options: CreatePlanOptions) => {
  const plan = await createPlan(provider, intents, options)()
  return plan._tag === 'Right' ? plan.right : { failures: failuresIn(plan.left), changes: [], warnings: [] }
}
const seats = ({ changes }: Awaited<ReturnType<typeof made>>) =>
  changes.map(({ action, licenseId, userId }) => `${action} ${licenseId} ${userId}`)

describe('users who are not known', () => {
  const intents: readonly Intent[] = [
    { ...assign('pro', 'nobody@example.com'), source: 'c.csv: line 2' },
    { ...assign('pro', 'ada'), source: 'c.csv: line 3' },
    { ...exactly('extra', ['cleo', 'none']), userSources: ['c.csv: line 4', 'c.csv: line 5'] } as Intent,
  ]

  test('are listed with where they were given, and the rest is planned, where that is asked for', async () => {
    const plan = await made(organization(), intents, { skipUnknown: true })
    expect(seats(plan)).toEqual(['assign pro ada', 'assign extra cleo'])
    expect(plan).toMatchObject({
      skipped: [
        { user: 'nobody@example.com', source: 'c.csv: line 2' },
        { user: 'none', source: 'c.csv: line 5' },
      ],
      warnings: [{ rule: 'skipped-beside-removals' }],
    })
  })

  test('are a problem where it is not', async () => {
    expect(await made(organization(), intents, {})).toMatchObject({
      failures: [{ _tag: 'UnknownUser' }, { _tag: 'UnknownUser' }],
    })
  })

  test('are told from those of whom several could be meant, and from licenses that there are not', async () => {
    const users = [user('ada', [], { email: 'x@x.com' }), user('bob', [], { email: 'x@x.com' })]
    const options = { skipUnknown: true }
    expect(
      await made(organization({ users }), [assign('pro', 'x@x.com'), assign('gold', 'none')], options),
    ).toMatchObject({
      failures: [{ _tag: 'AmbiguousUser' }, { _tag: 'UnknownLicense' }],
    })
  })
})

describe('a limit', () => {
  const users = ['a', 'b', 'c'].map((id) => user(id, ['basic']))
  const intents = [swap('basic', 'pro', 'a'), assign('extra', 'b'), swap('basic', 'pro', 'c'), assign('extra', 'c')]

  test.each([
    [1, ['assign extra b'], 5],
    [2, ['remove basic a', 'assign pro a'], 4],
    [3, ['remove basic a', 'assign pro a', 'assign extra b'], 3],
    [5, ['remove basic a', 'assign pro a', 'remove basic c', 'assign pro c', 'assign extra c'], 1],
    [6, ['remove basic a', 'assign pro a', 'remove basic c', 'assign pro c', 'assign extra b', 'assign extra c'], 0],
  ])('of %i splits no swap and no user, and says how many it leaves out', async (limit, expected, leftOut) => {
    const plan = await made(organization({ users }), intents, { limit })
    expect(seats(plan)).toEqual(expected)
    expect(plan).toEqual(
      leftOut === 0
        ? expect.not.objectContaining({ limit: expect.anything() })
        : expect.objectContaining({ limit: { changes: limit, leftOut } }),
    )
  })

  test('counts seats and brakes by what is left', async () => {
    const many = Array.from({ length: 12 }, (_, index) => user(`u${index}`, ['basic']))
    const all = many.map(({ id }) => remove('basic', id))
    const plan = await made(organization({ users: many }), all, { limit: 5 })
    expect(plan).toMatchObject({ licenses: [{ holders: { before: known(12), after: known(7) } }] })
    expect(plan).not.toHaveProperty('brake')
  })

  test.each([0, -1, 1.5, Number.NaN])('of %d is none', async (limit) => {
    expect(await made(organization(), intents, { limit })).toMatchObject({
      failures: [{ _tag: 'InvalidInput', path: 'limit' }],
    })
  })
})

describe('a protected seat', () => {
  const vip: ProtectedSeat = { user: 'BOB@example.com', license: 'Basic', reason: 'on call' }

  test.each([
    ['is not taken', [remove('basic', 'bob')]],
    ['is not swapped', [swap('basic', 'extra', 'bob')]],
    ['is not taken by who is left out of a list', [exactly('basic', ['ada'])]],
  ])('%s, and the plan says why', async (_, intents) => {
    expect(await made(organization(), intents, { protected: [vip] })).toMatchObject({
      failures: [
        {
          _tag: 'ProtectedSeatChange',
          userId: 'bob',
          licenseId: 'basic',
          reason: 'on call',
          message: 'BASIC cannot be taken from bob@example.com: the seat is protected: on call',
        },
      ],
    })
  })

  test.each([
    ['of another license', [remove('pro', 'bob')], vip],
    ['of another user', [remove('basic', 'ada')], vip],
    ['of another provider', [remove('basic', 'bob')], { ...vip, provider: 'webex' }],
    ['that is not changed', [assign('basic', 'bob'), assign('pro', 'ada')], vip],
  ])('%s does not stand in the way', async (_, intents, seat) => {
    const plan = await made(organization(), intents, { protected: [seat] })
    expect(plan).not.toHaveProperty('failures')
    expect(plan.warnings).toEqual([])
  })

  test('may be every license of a user, by their id or any of their addresses', async () => {
    const users = [user('bob', [], { otherEmails: ['Old@example.com'] })]
    for (const name of ['bob', 'bob@example.com', 'old@EXAMPLE.com']) {
      const guarded = { protected: [{ user: name, reason: 'leave it' }] }
      expect(await made(organization({ users }), [assign('pro', 'bob')], guarded)).toMatchObject({
        failures: [{ message: 'PRO cannot be given to bob@example.com: the seat is protected: leave it' }],
      })
    }
  })

  test('is found by the id as it is written: an id in another case is another user', async () => {
    const users = [user('uA', ['basic']), user('UA', ['basic'], { email: 'other@example.com' })]
    const guarded = { protected: [{ user: 'uA', reason: 'leave it' }] }
    const plan = await made(organization({ users }), [remove('basic', 'UA')], guarded)
    expect(plan).toMatchObject({ changes: [{ userId: 'UA', licenseId: 'basic' }], warnings: [] })
    expect(await made(organization({ users }), [remove('basic', 'uA')], guarded)).toMatchObject({
      failures: [{ _tag: 'ProtectedSeatChange', userId: 'uA' }],
    })
    const mistyped = { protected: [{ user: 'ua', reason: 'leave it' }] }
    expect(await made(organization({ users }), [remove('basic', 'UA')], mistyped)).toMatchObject({
      warnings: [{ rule: 'protected-user-not-listed' }],
    })
  })

  test('that is none is told with its place, by plan and by apply', async () => {
    const guarded = { protected: [vip, { license: 'basic' }] as never }
    const failures = [
      expect.objectContaining({ _tag: 'InvalidInput', path: 'protected[1].user' }),
      expect.objectContaining({ _tag: 'InvalidInput', path: 'protected[1].reason' }),
    ]
    expect(await made(organization(), [assign('pro', 'ada')], guarded)).toMatchObject({ failures })
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    const result = await applyPlan(plan, organization(), { journal: keptJournal(), ...guarded })()
    expect(result._tag === 'Left' && failuresIn(result.left)).toMatchObject(failures)
  })

  test('of a license that there is not is told to protect nothing', async () => {
    const plan = await made(organization(), [remove('basic', 'bob')], { protected: [{ ...vip, license: 'Basik' }] })
    expect(plan.warnings).toEqual([expect.objectContaining({ rule: 'protection-without-effect' })])
  })

  test('of a license or a user that there is not is told with where it is written, and by apply too', async () => {
    const provider = organization()
    const source = 'vip.csv: line 2'
    const guards = [
      { ...vip, license: 'Basik', source },
      { ...vip, user: 'bbo@example.com', source },
      { ...vip, user: 'ADA@example.com', license: 'PRO', source },
      { ...vip, user: 'cleo', provider: 'another', license: 'Basik' },
    ]
    const plan = await made(provider, [remove('basic', 'bob')], { protected: guards })
    expect(plan.warnings).toEqual([
      {
        rule: 'protection-without-effect',
        message: `vip.csv: line 2: a protected seat names the license "Basik", which ${provider.id} does not have`,
      },
      {
        rule: 'protected-user-not-listed',
        message: `vip.csv: line 2: a protected seat names the user "bbo@example.com", whom ${provider.id} does not list`,
      },
    ])
    const toApply = await planFor(provider, [remove('basic', 'bob')])
    const result = await applyPlan(toApply, provider, { journal: keptJournal(), protected: guards })()
    expect(result).toMatchObject({ right: { complete: true, warnings: [{ rule: 'protection-without-effect' }] } })
  })

  test('of a license that is held and not listed is no mistake', async () => {
    const provider = organization({ users: [user('ada', ['hidden', 'basic'])] })
    const plan = await planFor(provider, [remove('basic', 'ada')])
    const guards = [{ ...vip, user: 'ada', license: 'hidden' }]
    expect((await made(provider, [remove('basic', 'ada')], { protected: guards })).warnings).toEqual([])
    const result = await applyPlan(plan, provider, { journal: keptJournal(), protected: guards })()
    expect(result).not.toHaveProperty('right.warnings')
  })

  test('that are many and protect nothing are not told one by one', async () => {
    const guards = Array.from({ length: 50 }, (_, index) => ({ ...vip, user: `nobody-${index}` }))
    const { warnings } = await made(organization(), [remove('basic', 'bob')], { protected: guards })
    expect(warnings).toHaveLength(21)
    expect(warnings.at(-1)?.message).toContain('30 more protected seats')
  })

  test('that was protected since is looked for again before anything is sent', async () => {
    const provider = organization()
    const plan = await planFor(provider, [remove('basic', 'bob'), assign('pro', 'ada')])
    const journal = keptJournal()
    const result = await applyPlan(plan, provider, { journal, protected: [vip] })()
    expect(result).toMatchObject({ left: { _tag: 'ProtectedSeatChange', reason: 'on call' } })
    expect([journal.entries.length, await held(provider, 'bob'), await held(provider, 'ada')]).toEqual([
      0,
      ['basic', 'pro'],
      ['basic'],
    ])
  })
})

describe('what a plan costs a month', () => {
  const price = (amount: number, more = {}) => ({ prices: [{ amount, currency: 'EUR', per: 'seat-month', ...more }] })
  const priced = (licenses: Readonly<Record<string, object>>, more = {}) =>
    withDeclaredLicenses(organization(more), new Map(Object.entries(licenses)))

  test('is what it gives less what it takes, by currency; what is not known stays unknown', async () => {
    const provider = priced({ basic: price(1_000), pro: price(2_500, { currency: 'USD' }) })
    const plan = await planFor(provider, [swap('basic', 'pro', 'ada'), remove('basic', 'bob'), assign('extra', 'cleo')])
    expect(plan.cost).toEqual({
      amounts: [
        { amount: -2_000, currency: 'EUR' },
        { amount: 2_500, currency: 'USD' },
      ],
      licenses: [
        { id: 'basic', name: 'BASIC', cost: { kind: 'known', amounts: [{ amount: -2_000, currency: 'EUR' }] } },
        { id: 'pro', name: 'PRO', cost: { kind: 'known', amounts: [{ amount: 2_500, currency: 'USD' }] } },
        { id: 'extra', name: 'EXTRA', cost: { kind: 'unknown', reason: 'no price is configured' } },
      ],
    })
  })

  test('counts whole packs', async () => {
    const provider = priced({ basic: price(900, { per: 'pack-month', packSize: 2 }) })
    expect((await planFor(provider, [assign('basic', 'cleo')])).cost?.amounts).toEqual([
      { amount: 900, currency: 'EUR' },
    ])
    expect((await planFor(provider, [remove('basic', 'ada')])).cost?.amounts).toEqual([{ amount: 0, currency: 'EUR' }])
  })

  test('is not known of shared seats, of packs whose holders are not counted, and of unlimited ones', async () => {
    const cost = async (more: object, licenses = { basic: price(900, { per: 'pack-month', packSize: 2 }) }) =>
      (await planFor(priced(licenses, more), [assign('basic', 'cleo')])).cost?.licenses[0]?.cost.kind
    expect(await cost({ omits: ['guests are not listed'] })).toBe('unknown')
    expect(await cost({ licenses: [license('basic', { metric: 'concurrent' })] })).toBe('unknown')
    expect(await cost({ licenses: [license('basic', { purchased: { kind: 'unlimited' } })] })).toBe('unknown')
  })

  test('is not told where there is no price at all', async () => {
    expect(await planFor(organization(), [assign('basic', 'cleo')])).not.toHaveProperty('cost')
  })
})

import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import {
  createPlan,
  known,
  type LicenseError,
  type LicenseProvider,
  unknown,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { failuresIn, readPlan } from '../../src/plan/index.ts'
import { assign, exactly, license, organization, planFor, refusalFor, remove, swap, user } from './organization.ts'

const told = (plan: Awaited<ReturnType<typeof planFor>>) =>
  plan.changes.map(({ phase, action, user, licenseId }) => `${phase}: ${action} ${licenseId} ${user}`)

describe('what has to change', () => {
  test('is only what is not so already, removals first and additions last', async () => {
    const plan = await planFor(organization(), [
      assign('pro', 'ada@example.com'),
      assign('basic', 'ada@example.com'),
      swap('basic', 'extra', 'bob@example.com'),
      remove('pro', 'bob@example.com'),
    ])
    expect(told(plan)).toEqual([
      'removal: remove pro bob@example.com',
      'swap: remove basic bob@example.com',
      'swap: assign extra bob@example.com',
      'addition: assign pro ada@example.com',
    ])
    expect(plan.alreadySo.map(({ user, licenseId }) => [user, licenseId])).toEqual([['ada@example.com', 'basic']])
  })

  test('names licenses by id, or by name in any case, and users by address in any case, or by id', async () => {
    const plan = await planFor(organization(), [assign('PRO', 'ADA@Example.com'), assign('Extra', 'cleo')])
    expect(told(plan)).toEqual(['addition: assign pro ada@example.com', 'addition: assign extra cleo@example.com'])
  })

  test('is one change where the same is asked for twice', async () => {
    const plan = await planFor(organization(), [assign('pro', 'ada'), assign('pro', 'ada@example.com')])
    expect(plan.changes).toHaveLength(1)
  })

  test('exactly these users: the others lose it', async () => {
    const plan = await planFor(organization(), [exactly('basic', ['ada@example.com', 'cleo@example.com'])])
    expect(told(plan)).toEqual(['removal: remove basic bob@example.com', 'addition: assign basic cleo@example.com'])
  })

  test('exactly these users, add only: nobody loses it', async () => {
    const plan = await planFor(organization(), [exactly('basic', ['cleo'], 'add')])
    expect(told(plan)).toEqual(['addition: assign basic cleo@example.com'])
  })

  test('exactly these users, remove only: nobody gets it', async () => {
    const plan = await planFor(organization(), [exactly('basic', ['ada', 'cleo'], 'remove')])
    expect(told(plan)).toEqual(['removal: remove basic bob@example.com'])
  })

  test('a swap of somebody who holds both is a removal, of somebody who has swapped is nothing', async () => {
    expect(told(await planFor(organization(), [swap('basic', 'pro', 'bob')]))).toEqual([
      'removal: remove basic bob@example.com',
    ])
    expect((await planFor(organization(), [swap('pro', 'basic', 'ada')])).changes).toEqual([])
  })

  test('a removal that is also a half of a swap stays with the other half', async () => {
    expect(told(await planFor(organization(), [remove('basic', 'ada'), swap('basic', 'pro', 'ada')]))).toEqual([
      'swap: remove basic ada@example.com',
      'swap: assign pro ada@example.com',
    ])
  })

  test('users are named by any of their addresses, with or without what nobody sees at its ends', async () => {
    const ada = user('ada', ['basic'], { otherEmails: ['Old@example.com'] })
    const plan = await planFor(organization({ users: [ada] }), [assign('pro', '\u200bOLD@example.com\u00a0')])
    expect(told(plan)).toEqual(['addition: assign pro ada@example.com'])
  })

  test.each([
    ['K', '\u212aim@example.com'],
    ['i', 'kİm@example.com'],
    ['s', 'kimſ@example.com'],
  ])('an address with a letter that Unicode folds to %s is nobody else’s', async (_, address) => {
    const users = [user('kim', ['basic']), user('kims', ['basic'])]
    expect(await refusalFor(organization({ users }), [assign('pro', address)])).toMatchObject({
      lines: [expect.stringContaining('knows no user with the address')],
    })
  })

  test('somebody who is not listed, as they hold nothing yet, is asked for', async () => {
    const provider = organization()
    const listed: typeof provider = {
      ...provider,
      listUsers: (request) =>
        organization({ users: [user('ada', ['basic']), user('bob', ['basic', 'pro'])] }).listUsers(request),
    }
    expect(told(await planFor(listed, [assign('pro', 'cleo@example.com')]))).toEqual([
      'addition: assign pro cleo@example.com',
    ])
  })
})

describe('what is wrong with what was asked for is told in one line each, and nothing is planned', () => {
  const cases = [
    [
      [assign('pro', 'nobody@example.com')],
      'UnknownUser',
      'in-memory knows no user with the address "nobody@example.com"',
    ],
    [[assign('gold', 'ada')], 'UnknownLicense', 'in-memory has no license with the id, product code or name "gold"'],
    [
      [assign('pro', 'bob'), remove('pro', 'bob')],
      'Contradiction',
      'PRO is both given to and taken from bob@example.com',
    ],
    [
      [swap('extra', 'basic', 'cleo')],
      'NothingToSwap',
      'cleo@example.com does not hold EXTRA, so there is nothing to swap',
    ],
    [[swap('pro', 'pro', 'bob')], 'Contradiction', 'PRO cannot be swapped for itself'],
    [[exactly('basic', [])], 'InvalidInput', 'expected at least one user'],
  ] as const
  test.each(cases)('%#', async (intents, tag, line) => {
    const refusal = await refusalFor(organization(), intents)
    expect(refusal).toMatchObject({ failures: [{ _tag: tag }], lines: [expect.stringContaining(line)] })
  })

  test('all of it is told together', async () => {
    const refusal = await refusalFor(organization(), [assign('gold', 'ada'), assign('pro', 'nobody')])
    expect(refusal.lines).toHaveLength(2)
  })

  test('an address of two users is nobody’s: the candidates are listed', async () => {
    const users = [user('ada', ['basic']), user('ada-2', [], { email: 'ADA@example.com' })]
    const refusal = await refusalFor(organization({ users }), [assign('pro', 'ada@example.com')])
    expect(refusal.lines[0]).toMatch(/2 users.*ada, active.*ada-2, active/)
    expect(refusal.failures).toMatchObject([{ _tag: 'AmbiguousUser', candidates: [{ id: 'ada' }, { id: 'ada-2' }] }])
  })

  describe.each([
    ['asked for many at once', <A extends Pick<LicenseProvider, 'findUsers'>>(provider: A) => provider],
    [
      'asked for one by one',
      <A extends Pick<LicenseProvider, 'findUsers'>>({ findUsers: _, ...provider }: A) => provider,
    ],
  ])('an address of several users, %s,', (_, asked) => {
    const email = 'ada@x.com'
    /** A provider that lists those who hold something, as vendors do. */
    const holding = (users: Parameters<typeof organization>[0] & object) => {
      const provider = organization(users)
      const listed = (users.users ?? []).filter(({ licenseIds }) => licenseIds.length > 0)
      return asked({ ...provider, listUsers: organization({ users: listed }).listUsers })
    }
    const who = async (...users: readonly ReturnType<typeof user>[]) => {
      const provider = holding({ users })
      const made = await createPlan(provider, [assign('pro', email)])()
      const got = await provider.getUser({ email })()
      return {
        plan:
          made._tag === 'Right'
            ? made.right.changes.map(({ userId }) => userId)
            : failuresIn(made.left).map(({ _tag }) => _tag),
        getUser: got._tag === 'Right' ? got.right.id : got.left._tag,
      }
    }
    const gone = user('gone', ['basic'], { email, status: 'deleted' })
    const alsoGone = user('also-gone', ['basic'], { email, status: 'inactive' })
    const holder = user('holder', ['basic'], { email })
    const joined = user('joined', [], { email })

    test('is that of the only one who has not left, listed or not', async () => {
      expect(await who(gone, alsoGone, holder)).toEqual({ plan: ['holder'], getUser: 'holder' })
      expect(await who(gone, joined)).toEqual({ plan: ['joined'], getUser: 'joined' })
      expect(await who(gone, alsoGone, joined)).toEqual({ plan: ['joined'], getUser: 'joined' })
    })

    test('is nobody’s where two have not left, or all have', async () => {
      expect(await who(joined, user('twin', [], { email }))).toEqual({ plan: ['AmbiguousUser'], getUser: 'Conflict' })
      expect(await who(holder, user('twin', ['pro'], { email }))).toEqual({
        plan: ['AmbiguousUser'],
        getUser: 'Conflict',
      })
      expect(await who(gone, alsoGone)).toEqual({ plan: ['AmbiguousUser'], getUser: 'Conflict' })
    })

    test('is nobody’s where one is listed and another one, who holds nothing, is not', async () => {
      expect(await who(holder, joined)).toEqual({ plan: ['AmbiguousUser'], getUser: 'Conflict' })
      expect(await who(gone, holder, joined)).toEqual({ plan: ['AmbiguousUser'], getUser: 'Conflict' })
      const leaver = user('leaver', [], { email, status: 'inactive' })
      expect(await who(holder, leaver)).toEqual({ plan: ['holder'], getUser: 'holder' })
    })

    test('is not decided by the list alone where it cannot be looked up', async () => {
      const name = { provider: 'in-memory', operation: 'getUser' }
      const failing = () => TE.left<LicenseError>({ _tag: 'Unavailable', ...name, message: 'no', attempts: 1 })
      const provider = { ...holding({ users: [holder] }), getUser: failing, ...asked({ findUsers: failing }) }
      expect(await refusalFor(provider, [assign('pro', email)])).toMatchObject({ failures: [{ _tag: 'Unreadable' }] })
    })

    test('is that of the one who has it, though they have left', async () => {
      expect(await who(gone)).toEqual({ plan: ['gone'], getUser: 'gone' })
      expect((await planFor(holding({ users: [gone] }), [assign('pro', email)])).warnings).toEqual([
        expect.objectContaining({ rule: 'inactive-user', message: 'ada@x.com is deleted and is to get PRO' }),
      ])
    })
  })

  test('an address that is the first one of somebody and a further one of somebody else is nobody’s', async () => {
    const users = [user('ada', ['basic']), user('bob', ['basic'], { otherEmails: ['ADA@example.com'] })]
    expect(await refusalFor(organization({ users }), [assign('pro', 'ada@example.com')])).toMatchObject({
      lines: [expect.stringContaining('is the address of 2 users')],
    })
  })

  test('a license whose name only Unicode folds to what was asked for is another one', async () => {
    const licenses = [license('basic', { name: 'Kit' }), license('other', { name: '\u212ait' })]
    const plan = await planFor(organization({ licenses, users: [user('ada', [])] }), [assign('KIT', 'ada')])
    expect(told(plan)).toEqual(['addition: assign basic ada@example.com'])
  })

  test('a license that is held and not listed can be taken away, and not given', async () => {
    const users = [user('ada', ['retired']), user('bob', ['basic'])]
    const plan = await planFor(organization({ users }), [remove('retired', 'ada')])
    expect(told(plan)).toEqual(['removal: remove retired ada@example.com'])
    expect(await refusalFor(organization({ users }), [assign('retired', 'bob')])).toMatchObject({
      lines: [expect.stringContaining('retired is not among the licenses that in-memory lists')],
    })
  })

  test('a license that is declared, and neither listed nor held, is none', async () => {
    const provider = withDeclaredLicenses(organization(), new Map([['bsaic', { purchased: known(5) }]]))
    expect(await refusalFor(provider, [assign('bsaic', 'cleo')])).toMatchObject({
      lines: [expect.stringContaining('has no license with the id, product code or name "bsaic"')],
    })
  })

  test('a name of several licenses is none: what means each of them alone is listed', async () => {
    const licenses = [
      license('one', { name: 'Suite' }),
      license('two', { name: 'suite', siteUrl: 'a.example' }),
      license('three', { name: 'Suite', siteUrl: 'b.example', subscriptionId: 'sub-3' }),
      license('four', { name: 'Suite', siteUrl: 'b.example', subscriptionId: 'sub-4' }),
    ]
    const provider = organization({ licenses })
    const refusal = await refusalFor(provider, [assign('Suite', 'ada')])
    const choices = ['one', 'suite (a.example)', 'Suite (sub-3)', 'Suite (sub-4)']
    const listed = choices.map((choice) => JSON.stringify(choice)).join(' or ')
    expect(refusal.lines).toEqual([expect.stringContaining(`"Suite" may mean 4 licenses; give one of them: ${listed}`)])
    for (const choice of choices) expect((await planFor(provider, [assign(choice, 'ada')])).changes).toHaveLength(1)
  })

  test('a provider that cannot change anything', async () => {
    const { changeAssignments: _, ...readOnly } = organization()
    expect((await refusalFor(readOnly, [assign('pro', 'ada')])).lines).toEqual([
      'in-memory: this provider cannot change assignments',
    ])
  })

  test('what the provider knows that its vendor refuses', async () => {
    const strict = {
      ...organization(),
      reviewChanges: (changes: readonly { readonly userId: string }[]) =>
        changes.map((change) => ({ change, severity: 'problem', rule: 'no', message: 'not on Fridays' }) as never),
    }
    expect((await refusalFor(strict, [assign('pro', 'ada')])).lines).toEqual(['ada@example.com: not on Fridays'])
  })
})

test('a list that is not whole makes no plan: nobody loses a seat because a list was short', async () => {
  const provider = organization({
    onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, undecodable: 1, total: 4 } : page),
  })
  expect(await refusalFor(provider, [exactly('basic', ['ada'])])).toMatchObject({ failures: [{ _tag: 'Unreadable' }] })
})

test('a list that changed while it was read makes no plan, and the message says so as a report does, and what to do', async () => {
  const provider = organization({
    onPage: ({ operation }, page) => (operation === 'listUsers' ? { ...page, total: 4 } : page),
  })
  const { lines } = await refusalFor(provider, [exactly('basic', ['ada'])])
  expect(lines.join('\n')).toContain(
    'the list of users changed while it was read, so rows may be missing (3 of 4 came); read it again',
  )
})

describe('what it would do', () => {
  test('seats and holders before and after, per license', async () => {
    const plan = await planFor(organization(), [assign('basic', 'cleo'), remove('pro', 'bob')])
    expect(plan.licenses).toEqual([
      expect.objectContaining({ id: 'pro', holders: { before: known(1), after: known(0) } }),
      expect.objectContaining({ id: 'basic', available: { before: known(8), after: known(7) } }),
    ])
  })

  test('holders that the list never names make the number of holders unknown', async () => {
    const plan = await planFor(organization({ omits: ['guests are not listed'] }), [assign('basic', 'cleo')])
    expect(plan.licenses[0]?.holders.before).toEqual(unknown('guests are not listed', 2))
  })

  test('so do holders of one license whom no list names, and of that license alone', async () => {
    const licenses = [license('basic', { omits: ['common areas are not listed'] }), license('pro')]
    const plan = await planFor(organization({ licenses }), [assign('basic', 'cleo'), remove('pro', 'bob')])
    expect(plan.licenses.map(({ id, holders }) => [id, holders.before])).toEqual([
      ['pro', known(1)],
      ['basic', unknown('common areas are not listed', 2)],
    ])
  })

  test('holders whom no list names keep what they hold, and a plan for exactly some users says so', async () => {
    const licenses = [
      license('basic', { omits: ['common areas are not listed'] }),
      license('pro', { omits: ['groups are not listed'] }),
    ]
    const { warnings } = await planFor(organization({ licenses }), [exactly('basic', ['ada'])])
    expect(warnings).toContainEqual({
      rule: 'not-listed',
      message: 'common areas are not listed: they keep what they hold',
    })
    expect(warnings.filter(({ rule }) => rule === 'not-listed')).toHaveLength(1)
  })

  test('more seats than were bought is a warning', async () => {
    const provider = organization({ licenses: [license('basic', { purchased: known(2) })] })
    expect((await planFor(provider, [assign('basic', 'cleo')])).warnings).toEqual([
      expect.objectContaining({ rule: 'over-capacity', licenseId: 'basic' }),
    ])
  })

  test('what licenses presuppose and include is a warning', async () => {
    const licenses = [license('basic'), license('pro', { requires: ['basic'] }), license('all', { includes: ['pro'] })]
    const provider = organization({ licenses, users: [user('ada', ['all']), user('bob', ['basic', 'pro'])] })
    const plan = await planFor(provider, [assign('pro', 'ada'), remove('basic', 'bob')])
    expect(plan.warnings.map(({ rule, userId }) => [rule, userId])).toEqual([
      ['prerequisite-removed', 'bob'],
      ['prerequisite-missing', 'ada'],
      ['already-included', 'ada'],
    ])
  })

  test('a swap of what presupposes nothing more warns of nothing', async () => {
    expect((await planFor(organization(), [swap('basic', 'pro', 'ada')])).warnings).toEqual([])
  })
})

test('a plan that was changed is refused, whatever was changed in it', async () => {
  const plan = await planFor(organization(), [assign('pro', 'ada')])
  const other = JSON.parse(JSON.stringify(plan).replaceAll('"ada"', '"eve"'))
  expect(await readPlan(JSON.parse(JSON.stringify(plan)))()).toEqual({ _tag: 'Right', right: plan })
  expect(await readPlan(other)()).toMatchObject({ _tag: 'Left', left: { _tag: 'Tampered' } })
  expect(await readPlan({ ...plan, note: 'more' })()).toMatchObject({ _tag: 'Left' })
  expect(await readPlan({ plan: 1 })()).toMatchObject({
    _tag: 'Left',
    left: { _tag: 'InvalidInput', message: expect.stringContaining('not a plan') },
  })
})

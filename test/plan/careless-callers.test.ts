import { describe, expect, test } from 'vitest'
import { isLicenseException, LicenseException, type LicenseProvider, toPromise } from '../../src/index.ts'
import { changeItems, type Paged } from '../../src/paging/paged.ts'
import {
  applyPlan,
  applyUndo,
  createPlan,
  createUndo,
  failuresIn,
  isPlanFailure,
  JournalEntry,
  type PlanFailure,
  readJournal,
  readPlan,
} from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { added, stateOf } from './journal-text.ts'
import { applied, assign, held, keptJournal, organization, planFor, remove } from './organization.ts'

type Told<A> = { readonly _tag: 'Left'; readonly left: PlanFailure } | { readonly _tag: 'Right'; readonly right: A }

/** What failed and where. */
const toldOf = (result: Told<unknown>): readonly (readonly string[])[] =>
  result._tag === 'Right'
    ? [['right']]
    : failuresIn(result.left).map((failure) => [failure._tag, ...('path' in failure ? [failure.path] : [])])

const clock = hastyClock()

const begun = async () => {
  const provider = organization()
  const plan = await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob')])
  const journal = keptJournal()
  return { provider, plan, journal }
}

describe('odd input is told with its place, never thrown, and nothing is sent', () => {
  test.each([
    ['nothing as what the journal says', { state: null }, 'state'],
    ['places as a list', { unlisted: [1] }, 'unlisted'],
    ['a time that is no number', { deadlineMs: 'soon' }, 'deadlineMs'],
    ['no number as a time', { deadlineMs: Number.NaN }, 'deadlineMs'],
    ['no number as a wait', { settleWithinMs: Number.NaN }, 'settleWithinMs'],
    ['an odd signal', { signal: {} }, 'signal'],
    ['an odd clock', { clock: { now: 1 } }, 'clock'],
    ['a callback that is none', { onChange: 'tell' }, 'onChange'],
    ['no seats as a limit', { maxRemovals: Number.NaN }, 'maxRemovals'],
    ['a word as a permission', { allowDrift: 'no' }, 'allowDrift'],
    ['a hash that is none', { sha256: 1 }, 'sha256'],
    ['a journal that nothing can be added to', { journal: {} }, 'journal'],
    ['a journal with an odd lease', { journal: { append: async () => {}, acquire: 1 } }, 'journal'],
    ['no protected seats', { protected: null }, 'protected'],
  ])('of applyPlan: %s', async (_, options, path) => {
    const { provider, plan, journal } = await begun()
    const result = await applyPlan(plan, provider, { journal, clock, ...options } as never)()
    expect(toldOf(result)).toEqual([['InvalidInput', path]])
    expect([journal.entries, await held(provider, 'ada')]).toEqual([[], ['basic']])
  })

  test.each([
    ['no options', undefined, 'journal'],
    ['null', null, 'options'],
    ['a number', 5, 'options'],
  ])('of applyPlan and applyUndo: %s in place of options', async (_, options, path) => {
    const { provider, plan } = await begun()
    expect(toldOf(await applyPlan(plan, provider, options as never)())).toEqual([['InvalidInput', path]])
    const state = await stateOf([{ entry: 'begin', plan }])
    const undo = await toPromise(createUndo(state, provider))
    const ofUndo = toldOf(await applyUndo(undo, provider, options as never)())
    expect(ofUndo).toEqual([['InvalidInput', path], ...(path === 'journal' ? [['InvalidInput', 'state']] : [])])
  })

  test.each([
    ['no number as a time', { deadlineMs: Number.NaN }, 'deadlineMs'],
    ['a word as a time', { deadlineMs: 'soon' }, 'deadlineMs'],
    ['nothing as a time', { deadlineMs: null }, 'deadlineMs'],
    ['an odd clock', { clock: {} }, 'clock'],
    ['a callback that is none', { onProgress: 1 }, 'onProgress'],
    ['null', null, 'options'],
  ])('of createPlan: %s', async (_, options, path) => {
    const made = await createPlan(organization(), [assign('pro', 'ada')], options as never)()
    expect(toldOf(made)).toEqual([['InvalidInput', path]])
  })

  test('a deadline that has passed already is one', async () => {
    const made = await createPlan(organization(), [assign('pro', 'ada')], { deadlineMs: -1, clock })()
    expect(made).toMatchObject({ left: { _tag: 'Unreadable', error: { _tag: 'DeadlineExceeded' } } })
  })

  test.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['a text', 'webex'],
  ])('a provider that is none: %s', async (_, none) => {
    const { plan, journal } = await begun()
    const state = await stateOf([{ entry: 'begin', plan }])
    const invalid = [['InvalidInput', 'provider']]
    expect(toldOf(await createPlan(none as never, [assign('pro', 'ada')])())).toEqual(invalid)
    expect(toldOf(await applyPlan(plan, none as never, { journal })())).toEqual(invalid)
    expect(toldOf(await createUndo(state, none as never)())).toEqual(invalid)
  })

  test.each([
    ['nothing', undefined, 'state'],
    ['a list', [], 'state'],
    ['no changes', { changes: {} }, 'state.changes'],
    [
      'an odd entry of what the vendor did besides',
      { besides: [{ userId: 'ada', lost: [] }] },
      'state.besides[0].gained',
    ],
    ['no plan', { plan: {} }, 'state.plan'],
    ['what the vendor did besides', { besides: null }, 'state.besides'],
  ])('what a journal comes to, of createUndo and applyUndo: %s', async (_, odd, path) => {
    const { provider, plan, journal } = await begun()
    const state = await stateOf([{ entry: 'begin', plan }])
    const undo = await toPromise(createUndo(state, provider))
    const given = (Array.isArray(odd) || odd === undefined ? odd : { ...state, ...odd }) as never
    expect(toldOf(await createUndo(given, provider)())).toEqual([['InvalidInput', path]])
    expect(toldOf(await applyUndo(undo, provider, { journal, state: given })())).toEqual([['InvalidInput', path]])
  })

  test('the journal of another plan: of applyPlan', async () => {
    const { provider, plan, journal } = await begun()
    const other = await planFor(provider, [assign('extra', 'cleo')])
    const state = await stateOf([{ entry: 'begin', plan: other }])
    expect(toldOf(await applyPlan(plan, provider, { journal, state })())).toEqual([['InvalidInput', 'state.plan']])
    expect(journal.entries).toEqual([])
  })

  test('what is to be taken back: of applyUndo', async () => {
    const { provider, plan, journal } = await begun()
    const state = await stateOf([{ entry: 'begin', plan }])
    expect(toldOf(await applyUndo(undefined as never, provider, { journal, state })())).toEqual([
      ['InvalidInput', 'undo'],
    ])
    expect(toldOf(await applyUndo({ plan } as never, provider, { journal, state })())).toContainEqual([
      'InvalidInput',
      'undo.places',
    ])
  })

  test('a plan that was changed since it was made is not taken back', async () => {
    const { provider, plan, journal } = await begun()
    const state = await stateOf([{ entry: 'begin', plan }])
    const other = { ...plan, users: plan.users.map((user) => ({ ...user, licenseIds: [] })) }
    expect(toldOf(await createUndo({ ...state, plan: other }, provider)())).toEqual([['Tampered']])
    const undo = await toPromise(createUndo(state, provider))
    const edited = { ...undo, plan: { ...undo.plan, changes: [...plan.changes] } }
    expect(toldOf(await applyUndo(edited, provider, { journal, state })())).toEqual([['Tampered']])
    expect(journal.entries).toEqual([])
  })

  test.each([undefined, null, 5, {}])('%j is no journal', async (text) => {
    expect(toldOf(await readJournal(text as never)())).toEqual([['InvalidInput', 'text']])
  })

  test('readJournal says what is wrong, and where', async () => {
    const { plan } = await begun()
    const text = await added('', { entry: 'begin', plan }, { entry: 'sending', changes: [0] })
    expect(await readJournal('hello\n')()).toEqual({
      _tag: 'Left',
      left: expect.objectContaining({ _tag: 'InvalidInput', path: 'line 1', expected: 'an entry of a journal' }),
    })
    expect(await readJournal(text.replace('"changes":[0]', '"changes":[1]'))()).toMatchObject({
      left: { _tag: 'Tampered', what: 'journal', message: expect.stringContaining('line 2') },
    })
    expect(toldOf(await readPlan(plan, { sha256: 1 } as never)())).toEqual([['InvalidInput', 'sha256']])
  })
})

describe('a provider that throws is a failure, and never an exception', () => {
  const thrown = () => {
    throw new TypeError('no includes; token=hunter2')
  }
  const rejects = () => async () => Promise.reject(new TypeError('no includes; token=hunter2'))
  /** What was thrown is told, and what may be a credential in it is not. */
  const mustTellWhy = (result: unknown) => {
    expect(JSON.stringify(result)).toContain('TypeError: no includes; token=***')
  }
  const ways: readonly (readonly [string, Partial<LicenseProvider>, string])[] = [
    ['listLicenses', { listLicenses: thrown }, 'listLicenses'],
    ['listUsers', { listUsers: thrown }, 'listUsers'],
    ['getUser', { getUser: thrown, findUsers: thrown }, 'findUsers'],
    ['a look-up that rejects', { getUser: rejects, findUsers: rejects }, 'findUsers'],
    ['reviewChanges', { reviewChanges: thrown }, 'reviewChanges'],
    ['lists of nothing', { listLicenses: () => undefined as never }, 'listLicenses'],
  ]

  test.each(ways)('of createPlan: %s', async (name, broken, operation) => {
    const made = await createPlan({ ...organization(), ...broken }, [assign('pro', 'cleo@example.com')])()
    expect(made).toMatchObject({ left: { _tag: 'Unreadable', error: { _tag: 'Unavailable', operation } } })
    if (name !== 'lists of nothing') mustTellWhy(made)
  })

  test.each(ways.filter(([, , operation]) => operation === 'listLicenses'))('of applyPlan: %s', async (_, broken) => {
    const { provider, plan, journal } = await begun()
    const result = await applyPlan(plan, { ...provider, ...broken }, { journal, clock })()
    expect(result).toMatchObject({ left: { _tag: 'Unreadable', error: { _tag: 'Unavailable' } } })
    expect(journal.entries).toEqual([])
  })

  test.each(ways.filter(([, , operation]) => operation === 'findUsers'))(
    'of applyPlan: %s, and as after any look-up that fails, nothing is sent',
    async (_, broken) => {
      const { provider, plan, journal } = await begun()
      const result = await applyPlan(plan, { ...provider, ...broken }, { journal, clock })()
      expect(result).toMatchObject({ right: { complete: false, counts: { drifted: 2, applied: 0 } } })
      mustTellWhy(result)
      expect(journal.entries.map(({ entry }) => entry)).toEqual(['begin', 'end'])
    },
  )

  test('records without members that the contract has are read as far as they go, or are a gap', async () => {
    const provider = organization()
    const without = (list: typeof provider.listUsers, ...members: readonly string[]) =>
      ((request: object) =>
        changeItems(
          list(request) as Paged<object>,
          { provider: 'in-memory', operation: 'list' },
          {},
          () => (items) =>
            items.map((item) => Object.fromEntries(Object.entries(item).filter(([key]) => !members.includes(key)))),
        )) as never
    const meagre: LicenseProvider = {
      ...provider,
      listLicenses: without(provider.listLicenses as never, 'includes', 'requires', 'name'),
      listUsers: without(provider.listUsers, 'pendingLicenseIds', 'kind'),
    }
    expect(await createPlan(meagre, [assign('pro', 'ada')])()).toMatchObject({
      right: { changes: [{ user: 'ada@example.com' }] },
    })
    const useless = { ...provider, listUsers: without(provider.listUsers, 'licenseIds') }
    expect(await createPlan(useless, [assign('pro', 'ada')])()).toMatchObject({
      left: { _tag: 'Unreadable', message: expect.stringContaining('not what the contract of a provider says') },
    })
  })

  test('of createUndo', async () => {
    const { provider, plan } = await begun()
    const state = await stateOf([
      { entry: 'begin', plan },
      { entry: 'sending', changes: [0, 1] },
    ])
    const made = await createUndo(state, { ...provider, reviewChanges: thrown })()
    expect(made).toMatchObject({ left: { _tag: 'Unreadable', error: { operation: 'reviewChanges' } } })
    mustTellWhy(made)
  })

  test.each([
    ['at once', thrown as never],
    ['instead of a list of outcomes', (() => undefined) as never],
    [
      'before it sends anything',
      async function* () {
        yield* []
        thrown()
      } as never,
    ],
  ])('of changing, %s: nothing was sent, and why is told', async (how, changeAssignments) => {
    const { provider, plan, journal } = await begun()
    const result = await applied(plan, { ...provider, changeAssignments }, { journal })
    expect(result).toMatchObject({ complete: false, counts: { refused: 1, notSent: 1 } })
    expect(result.changes[0]).toMatchObject({ result: 'refused', reason: { _tag: 'Unavailable' } })
    if (how !== 'instead of a list of outcomes') mustTellWhy(result)
    // The next run begins where this one has ended.
    const state = await stateOf(journal.entries)
    expect(await applied(plan, provider, { state })).toMatchObject({ complete: true })
  })

  test('of changing, after it has announced what it sends: that is not known, and the rest is not sent', async () => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo')])
    const changeAssignments: LicenseProvider['changeAssignments'] = async function* (changes, request) {
      await request?.beforeSending?.(changes.slice(0, 1), [])
      yield* []
      thrown()
    }
    const journal = keptJournal()
    const result = await applied(plan, { ...provider, changeAssignments }, { journal })
    expect(result).toMatchObject({ complete: false, verified: false, counts: { unknown: 1, refused: 1 } })
    expect(journal.entries.at(-1)).toMatchObject({ entry: 'end' })
  })

  test('what a provider makes up as an outcome does not make the journal unreadable', async () => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo')])
    const changeAssignments = async function* (changes: readonly { readonly userId: string }[]) {
      yield { change: changes[0], result: 'perhaps' }
      yield { change: changes[1], result: 'refused', reason: 'no' }
    }
    const journal = keptJournal()
    const result = await applied(plan, { ...provider, changeAssignments: changeAssignments as never }, { journal })
    expect(result.counts).toMatchObject({ unknown: 1, refused: 1 })
    expect((await stateOf(journal.entries)).changes.get(0)).toMatchObject({ result: 'unknown' })
  })
})

describe('one way of calling', () => {
  test('nothing is done before the task is called, and each call is a run of its own', async () => {
    const { provider, plan, journal } = await begun()
    const apply = applyPlan(plan, provider, { journal, clock })
    expect(journal.entries).toEqual([])
    expect(await apply()).toMatchObject({ right: { counts: { applied: 2 } } })
    expect(await apply()).toMatchObject({ right: { counts: { alreadySo: 2 } } })
  })

  test('a deadline counts from the call', async () => {
    const provider = organization()
    let now = 0
    const slow = { now: () => now, sleep: async () => {} }
    const task = createPlan(provider, [assign('pro', 'ada')], { deadlineMs: 1e6, clock: slow, validForMs: 1e9 })
    now = 1e8
    expect(await task()).toMatchObject({ _tag: 'Right' })
  })

  test('toPromise throws one exception with the failure, whichever call it is of', async () => {
    const { provider } = await begun()
    const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    const ofPlan = await thrownBy(toPromise(createPlan(provider, [assign('pro', 'nobody'), assign('pro', 'noone')])))
    const ofProvider = await thrownBy(toPromise(provider.getUser({ id: 'nobody' })))
    expect([ofPlan, ofProvider].map((thrown) => thrown instanceof LicenseException && thrown.error._tag)).toEqual([
      'UnknownUser',
      'NotFound',
    ])
    if (!isLicenseException(ofPlan, isPlanFailure)) throw ofPlan
    expect(failuresIn(ofPlan.error)).toMatchObject([{ user: 'nobody' }, { user: 'noone' }])
    expect(ofPlan.message.split('\n')).toHaveLength(2)
    expect(JSON.parse(JSON.stringify(ofPlan.error))).toEqual(ofPlan.error)
  })

  test('an exception tells the first ten of many failures', async () => {
    const nobody = Array.from({ length: 30 }, (_, index) => assign('pro', `nobody-${index}`))
    const failed = toPromise(createPlan(organization(), nobody)).catch((thrown: unknown) => thrown)
    expect(`${await failed}`).toMatch(/nobody-9"\nand 20 more$/)
  })
})

describe('entries of a journal have a codec', () => {
  const reason = { _tag: 'Conflict', provider: 'p', operation: 'o', message: 'm' } as const
  test('that recognizes each of them, as it is appended and as it is on file', async () => {
    const { plan } = await begun()
    const lost = [{ licenseId: 'basic', license: 'BASIC' }]
    const entries: readonly JournalEntry[] = [
      { entry: 'begin', plan },
      { entry: 'resume', plan: plan.hash },
      { entry: 'sending', changes: [0], taken: [{ change: 0, calling: { extension: '12' } }] },
      { entry: 'sending', changes: [0], taken: undefined },
      { entry: 'takingBack', changes: [0] },
      { entry: 'implicit', userId: 'ada', lost, gained: [{ licenseId: 'x', license: 'X', free: true }] },
      { entry: 'outcome', change: 0, result: 'refused', reason },
      { entry: 'takenBack', change: 0, result: 'applied', readBack: true },
      { entry: 'end', counts: { applied: 1 } },
    ]
    expect(entries.map((entry) => JournalEntry.decode(entry))).toEqual(
      entries.map((right) => ({ _tag: 'Right', right })),
    )
    const lines = (await added('', ...entries)).trim().split('\n')
    expect(lines.map((line) => JournalEntry.is(JSON.parse(line)))).toEqual(entries.map(() => true))
    expect(JournalEntry.name).toBe('JournalEntry')
    // A later version may have more failures.
    expect(
      JournalEntry.is({ entry: 'outcome', change: 0, result: 'refused', reason: { ...reason, _tag: 'New' } }),
    ).toBe(true)
  })

  test.each([
    [null],
    [{ entry: 'outcome', change: 0, result: 'done' }],
    [{ entry: 'outcome', change: '0', result: 'applied' }],
    [{ entry: 'outcome', change: 0, result: 'refused', reason: 'no' }],
    [{ entry: 'sending', changes: 0 }],
    [{ entry: 'begin', plan: {} }],
    [{ entry: 'other' }],
  ])('that does not recognize %j', (value) => {
    const decoded = JournalEntry.decode(value)
    expect([JournalEntry.is(value), decoded._tag]).toEqual([false, 'Left'])
  })
})

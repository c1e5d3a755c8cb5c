import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Sent } from '../../../src/provider-kit/changes/change-adapter.ts'
import type {
  AssignmentChange,
  ChangeSurroundings,
  LicensedUser,
  LicenseError,
} from '../../../src/provider-kit/index.ts'
import { timersThatStandStill } from '../../timers-that-stand-still.ts'
import { accepted, answered, assign, failure, holding, open, remove } from './vendor-on-a-clock.ts'

const lost: Sent = { kind: 'failed', error: failure('Unavailable'), mayHaveTakenEffect: true, about: 'changes' }
const refusal: Sent = {
  kind: 'failed',
  error: failure('RequestRejected'),
  mayHaveTakenEffect: false,
  about: 'changes',
}
const declined = (reason: LicenseError): Sent => ({
  kind: 'answered',
  replyTo: () => ({ kind: 'declined', reason }),
})
const unclear = (reason: LicenseError): Sent => ({
  kind: 'answered',
  replyTo: () => ({ kind: 'unclear', reason }),
})

const userWith = (id: string, more: Partial<LicensedUser> = {}): LicensedUser => ({
  provider: 'vendor',
  id,
  kind: 'internal',
  status: 'active',
  licenseIds: [],
  pendingLicenseIds: [],
  ...more,
})

describe('what the vendor is known to refuse', () => {
  const reviewing = (message: string, severity: 'problem' | 'warning', of = 'seat') => ({
    reviewChanges: (changes: readonly AssignmentChange[]) =>
      changes
        .filter(({ licenseId }) => licenseId === of)
        .map((change) => ({ change, severity, message, rule: 'known' })),
  })

  test('is not sent, nor anything else for this user', async () => {
    const vendor = open({ more: reviewing('it would say no', 'problem') })
    const outcomes = await vendor.change([assign('a'), assign('a', 'other'), assign('b', 'other')])
    expect(outcomes).toMatchObject([
      { change: assign('a'), result: 'refused', reason: { _tag: 'RequestRejected', message: 'it would say no' } },
      {
        change: assign('a', 'other'),
        result: 'refused',
        reason: { message: 'not sent: there is a problem with another change of the same user' },
      },
      { change: assign('b', 'other'), result: 'applied' },
    ])
  })

  test('is sent where it is only a warning', async () => {
    const vendor = open({ more: reviewing('look at it', 'warning') })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'applied' })
  })

  test('is told by what users hold now, what the caller knows of them, and the licenses', async () => {
    const seen: ChangeSurroundings[] = []
    const changes: (readonly AssignmentChange[])[] = []
    const license = { id: 'seat', name: 'Seat' } as never
    const vendor = open({
      holds: { a: ['free'] },
      more: {
        reviewChanges: (own, surroundings) => {
          changes.push(own)
          seen.push(surroundings)
          return []
        },
      },
    })
    const known = userWith('a', { displayName: 'Ada', status: 'inactive', licenseIds: ['of old'] })
    await vendor.change([assign('a'), assign('a'), assign('b')], {
      users: new Map([['a', known]]),
      licenses: [license],
    })
    expect(changes).toEqual([[assign('a')], [assign('b')]])
    expect(seen.map(({ users }) => [...users])).toEqual([
      [['a', { ...known, licenseIds: ['free'] }]],
      [['b', userWith('b', { status: 'unknown' })]],
    ])
    expect(seen.map(({ licenses }) => [...licenses])).toEqual([[['seat', license]], [['seat', license]]])
  })

  test('is told without a user where nothing is known of them', async () => {
    const seen: ChangeSurroundings[] = []
    const vendor = open({
      tells: () => E.right(undefined),
      more: {
        reviewChanges: (_, surroundings) => {
          seen.push(surroundings)
          return []
        },
      },
    })
    await vendor.change([assign('a')])
    expect(seen).toEqual([{ licenses: new Map(), users: new Map() }])
  })
})

describe('users of whom the caller has told what they hold', () => {
  const users = new Map([['a', userWith('a', { licenseIds: ['seat'] })]])

  test('are not read where all is already so', async () => {
    const vendor = open({ holds: { a: ['seat'] } })
    expect(await vendor.resultsOf([assign('a'), remove('a', 'other')], { users })).toEqual({
      'assign seat a': 'alreadySo',
      'remove other a': 'alreadySo',
    })
    expect(vendor.reads).toEqual([])
  })

  test.each([
    ['something is not so', [assign('a'), assign('a', 'other')]],
    ['something is contradicted', [assign('a'), assign('a', 'other'), remove('a', 'other')]],
  ])('are read where %s', async (_, changes) => {
    const vendor = open({ holds: { a: ['seat'] } })
    await vendor.change(changes, { users })
    expect(vendor.reads[0]).toEqual(['a'])
  })

  test('are taken by their word where these credentials are not shown it', async () => {
    const vendor = open({ tells: () => E.right(undefined) })
    const outcomes = await vendor.change([assign('a'), assign('a', 'other')], { users })
    expect(outcomes.map(({ change, result }) => [change.licenseId, result])).toEqual([
      ['seat', 'alreadySo'],
      ['other', 'unknown'],
    ])
  })
})

describe('users who cannot be read before', () => {
  test('are not sent anything for, and are told why, all of their changes', async () => {
    const vendor = open({ tells: (id) => (id === 'a' ? E.left(failure('Unavailable')) : undefined) })
    const contradictory = [assign('a', 'other'), remove('a', 'other')]
    const outcomes = await vendor.change([assign('a'), ...contradictory, assign('b')])
    expect(outcomes.filter(({ change }) => change.userId === 'a')).toMatchObject(
      [...contradictory, assign('a')].map((change) => ({
        change,
        result: 'refused',
        reason: { _tag: 'Unavailable', message: 'not sent: Unavailable' },
      })),
    )
    expect(vendor.sent).toEqual([[assign('b')]])
  })

  test('end everything where it is for want of credentials', async () => {
    const vendor = open({
      usersAtOnce: 1,
      tells: (id) => (id === 'a' ? E.left(failure('AuthenticationFailed')) : undefined),
    })
    expect(await vendor.resultsOf([assign('a'), assign('b')])).toEqual({
      'assign seat a': 'refused',
      'assign seat b': 'refused',
    })
    expect(vendor.sent).toEqual([])
  })
})

describe('a caller who stops', () => {
  test('before anything was sent is told so of each change, and nothing is read', async () => {
    const vendor = open({ holds: { a: ['seat'] } })
    const outcomes = await vendor.change([assign('a'), assign('b')], { signal: AbortSignal.abort() })
    expect(outcomes).toMatchObject(
      [assign('a'), assign('b')].map((change) => ({ change, result: 'refused', reason: { _tag: 'Aborted' } })),
    )
    expect(outcomes.map((outcome) => ('reason' in outcome ? outcome.reason.message : ''))).toEqual([
      expect.stringMatching(/^not sent: /),
      expect.stringMatching(/^not sent: /),
    ])
    expect([vendor.reads, vendor.sent]).toEqual([[], []])
  })

  test('while a request is announced keeps it from being sent', async () => {
    const controller = new AbortController()
    const vendor = open({})
    const outcomes = await vendor.change([assign('a')], {
      signal: controller.signal,
      beforeSending: async () => controller.abort(),
    })
    expect(outcomes).toMatchObject([
      { result: 'refused', reason: { _tag: 'Aborted', message: expect.stringMatching(/^not sent: /) } },
    ])
    expect(vendor.sent).toEqual([])
  })

  test('is announced no further request, and nothing is read for one', async () => {
    const controller = new AbortController()
    const announced: (readonly AssignmentChange[])[] = []
    const taken: (readonly AssignmentChange[])[] = []
    const vendor = open({
      shape: { users: 1 },
      answer: (_, { take }) => {
        controller.abort()
        return answered(take, 0, accepted)
      },
      more: {
        readTaken: async (changes) => {
          taken.push(changes)
          return []
        },
      },
    })
    const results = await vendor.resultsOf([assign('a'), assign('b')], {
      signal: controller.signal,
      beforeSending: async (changes) => void announced.push(changes),
    })
    expect(results).toMatchObject({ 'assign seat b': 'refused' })
    expect([announced, taken, vendor.sent]).toEqual([[[assign('a')]], [[assign('a')]], [[assign('a')]]])
  })

  test('while something is waited for is told at once, without another look', async () => {
    const controller = new AbortController()
    const vendor = open({
      holds: { a: ['old'] },
      answer: (_, { take }) => answered(take, 30_000, accepted),
      more: { clock: { now: () => 0, sleep: async () => controller.abort() } },
    })
    const outcomes = await vendor.change([assign('a', 'new'), remove('a', 'old')], { signal: controller.signal })
    expect(outcomes).toMatchObject([
      { change: assign('a', 'new'), result: 'unknown', reason: { message: expect.stringMatching(/not seen yet/) } },
      { change: remove('a', 'old'), result: 'refused', reason: { _tag: 'Aborted' } },
    ])
    expect(vendor.reads).toHaveLength(2)
  })

  test('early leaves nothing under way', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const vendor = open({
      more: {
        readTaken: async (_changes, _licenses, { signal }) => {
          signals.push(signal)
          return []
        },
      },
    })
    for await (const _ of vendor.iterate([assign('a'), assign('b')])) break
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })
})

describe('a change that was sent', () => {
  test('and that the vendor refused is applied all the same where a reading shows it', async () => {
    const vendor = open({
      answer: (_, { take }) => answered(take, 0, refusal),
    })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'applied' })
  })

  test('and is refused is read, so that it is known to be so', async () => {
    const vendor = open({ answer: () => refusal })
    expect(await vendor.change([assign('a')])).toMatchObject([
      { result: 'refused', reason: { _tag: 'RequestRejected', message: 'RequestRejected' } },
    ])
    expect(vendor.reads).toEqual([['a'], ['a']])
  })

  test('by somebody who is not let in is not read again', async () => {
    const vendor = open({ answer: () => ({ ...refusal, error: failure('PermissionDenied'), about: 'credential' }) })
    await vendor.change([assign('a')])
    expect(vendor.reads).toEqual([['a']])
  })

  test('is unknown, and says that it was not read, where it cannot be read afterwards', async () => {
    const vendor = open({ tells: (_, ids, reading) => (reading > 1 ? E.left(failure('Unavailable')) : holding(ids)) })
    expect(await vendor.change([assign('a')])).toEqual([
      { change: assign('a'), result: 'unknown', unread: true, reason: failure('Unavailable') },
    ])
  })

  test('is unknown where these credentials are never shown what the user holds', async () => {
    const vendor = open({ tells: () => E.right(undefined) })
    expect(await vendor.change([assign('a')])).toEqual([
      {
        change: assign('a'),
        result: 'unknown',
        unread: true,
        reason: {
          _tag: 'InvalidResponse',
          provider: 'vendor',
          operation: 'POST /changes',
          message: 'it was sent, but what the user holds could not be read',
          issues: [],
        },
      },
    ])
    expect(vendor.waits).toEqual([])
  })

  test('without an answer, where these credentials are not shown what the user holds, says both', async () => {
    const vendor = open({ answer: () => lost, tells: () => E.right(undefined) })
    expect(await vendor.change([assign('a')])).toEqual([
      {
        change: assign('a'),
        result: 'unknown',
        unread: true,
        reason: {
          ...failure('Unavailable'),
          message: 'Unavailable; what the user holds now could not be read',
        },
      },
    ])
  })

  test('without an answer, and not done when it is looked at, says so after a short while', async () => {
    const vendor = open({ answer: () => lost })
    expect(await vendor.change([assign('a')])).toEqual([
      {
        change: assign('a'),
        result: 'unknown',
        reason: {
          ...failure('Unavailable'),
          message: 'Unavailable; a reading after the request shows that it was not done',
        },
      },
    ])
    expect(vendor.now()).toBe(2_000)
  })

  test('is pending where a reading shows it as pending', async () => {
    const vendor = open({
      answer: () => accepted,
      tells: (_, ids, reading) => holding(ids, reading > 1 ? { pendingLicenseIds: ['seat'] } : {}),
    })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'pending' })
  })

  test('and takes what is still pending is not done', async () => {
    const vendor = open({
      holds: { a: ['seat'] },
      tells: (_, ids) => holding(ids, { pendingLicenseIds: ['seat'] }),
    })
    expect(await vendor.resultsOf([remove('a')])).toEqual({ 'remove seat a': 'unknown' })
  })

  test('and takes the last license of a user who is not known any more then is done', async () => {
    const vendor = open({
      holds: { a: ['seat'] },
      tells: (_, ids, reading) => (reading > 1 ? E.left(failure('NotFound')) : holding(ids)),
    })
    expect(await vendor.change([remove('a')])).toStrictEqual([{ change: remove('a'), result: 'applied' }])
  })

  test('and gives a license to a user who is not known then is not seen', async () => {
    const vendor = open({ tells: (_, ids, reading) => (reading > 1 ? E.left(failure('NotFound')) : holding(ids)) })
    expect(await vendor.resultsOf([assign('a')], { settleWithinMs: 0 })).toEqual({ 'assign seat a': 'unknown' })
  })

  test('of a user who was not known before, and is not after, is unknown by that', async () => {
    const vendor = open({
      tells: (_, _ids, reading) => (reading > 1 ? E.left(failure('NotFound')) : E.right(undefined)),
    })
    expect(await vendor.change([assign('a')])).toMatchObject([{ result: 'unknown', reason: { _tag: 'NotFound' } }])
  })

  test('and whose request failed is unknown where its user cannot be found afterwards: nothing was answered', async () => {
    const vendor = open({
      holds: { a: ['seat'] },
      answer: () => lost,
      tells: (_, ids, reading) => (reading > 1 ? E.left(failure('NotFound')) : holding(ids)),
    })
    expect(await vendor.change([remove('a')])).toMatchObject([{ result: 'unknown', reason: { _tag: 'NotFound' } }])
  })
})

describe('an answer whose words are not documented', () => {
  test('is the reason why a change was refused that is not seen within two seconds', async () => {
    const vendor = open({ answer: () => unclear(failure('Conflict')) })
    expect(await vendor.change([assign('a')])).toMatchObject([{ result: 'refused', reason: { _tag: 'Conflict' } }])
    expect(vendor.now()).toBe(2_000)
  })

  test('is waited for no longer than the caller waits', async () => {
    const vendor = open({ answer: () => unclear(failure('Conflict')) })
    await vendor.change([assign('a')], { settleWithinMs: 700 })
    expect(vendor.now()).toBe(700)
  })

  test('does not keep a change that is seen from being applied', async () => {
    const vendor = open({ answer: (_, { take }) => answered(take, 1_000, unclear(failure('Conflict'))) })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'applied' })
  })
})

describe('the words of an answer', () => {
  test('go with a change that was accepted and is not seen in time', async () => {
    const words = { vendorCode: 'QUEUED', vendorMessage: 'later', correlationId: '7' }
    const vendor = open({ answer: () => ({ kind: 'answered', replyTo: () => ({ kind: 'accepted', words }) }) })
    expect(await vendor.change([assign('a')])).toMatchObject([{ result: 'unknown', reason: words }])
  })

  test('are told to who wants to learn them, for changes that are seen and no others', async () => {
    const learned: AssignmentChange[] = []
    const onDone = (change: AssignmentChange) => void learned.push(change)
    const vendor = open({
      holds: { b: ['old'] },
      answer: (changes) => ({
        ...(changes.some(({ userId }) => userId === 'd') ? lost : { ...accepted, onDone }),
      }),
      shape: { users: 1 },
      tells: (id, ids, reading) =>
        reading === 1
          ? holding(ids)
          : id === 'c'
            ? E.left(failure('Unavailable'))
            : holding(id === 'b' ? [] : ['seat']),
    })
    await vendor.change([assign('a'), assign('b'), remove('b', 'old'), assign('c'), assign('d')], { settleWithinMs: 0 })
    expect(learned).toEqual([assign('a')])
  })

  test('are learned before anything is made of those that are not seen', async () => {
    const known = new Set<string>()
    const vendor = open({
      shape: { users: 2 },
      answer: (changes) => ({
        kind: 'answered',
        onDone: ({ userId }) => void known.add(userId),
        replyTo: () =>
          known.has('b')
            ? { kind: 'accepted' }
            : { kind: 'declined', reason: failure(changes.length > 0 ? 'Conflict' : 'NotFound') },
      }),
      tells: (id, _, reading) => holding(reading > 1 && id === 'b' ? ['seat'] : []),
    })
    expect(await vendor.resultsOf([assign('a'), assign('b')], { settleWithinMs: 0 })).toEqual({
      'assign seat a': 'unknown',
      'assign seat b': 'applied',
    })
  })
})

describe('a swap', () => {
  const swap = [remove('a', 'old'), assign('a', 'new')]
  const forsaken = 'not sent: the user did not get what the same call was to assign'

  test.each<[string, Sent, string]>([
    ['is declined', declined(failure('Conflict')), 'refused'],
    ['is refused', refusal, 'refused'],
    ['is not in force yet', { kind: 'answered', replyTo: () => ({ kind: 'pending' }) }, 'pending'],
    ['is never seen', accepted, 'unknown'],
    ['has no answer', lost, 'unknown'],
  ])('takes nothing where the assignment %s', async (_, sent, result) => {
    const vendor = open({ holds: { a: ['old'] }, answer: () => sent })
    expect(await vendor.change(swap)).toMatchObject([
      { change: assign('a', 'new'), result },
      { change: remove('a', 'old'), result: 'refused', reason: { message: forsaken } },
    ])
    expect(vendor.sent).toEqual([[assign('a', 'new')]])
  })

  test('takes nothing where one of two assignments is not done', async () => {
    const vendor = open({
      holds: { a: ['old'] },
      answer: () => ({
        kind: 'answered',
        replyTo: ({ licenseId }) =>
          licenseId === 'new' ? { kind: 'accepted' } : { kind: 'declined', reason: failure('Conflict') },
      }),
      tells: (_, ids, reading) => holding(reading > 1 ? [...ids, 'new'] : ids),
    })
    expect(await vendor.resultsOf([assign('a', 'bad'), ...swap])).toEqual({
      'assign bad a': 'refused',
      'assign new a': 'applied',
      'remove old a': 'refused',
    })
  })

  test('takes what it replaces after the assignment was sent again and seen', async () => {
    let requests = 0
    const vendor = open({
      holds: { a: ['old'] },
      shape: { sendings: 2 },
      answer: (_, { take }) => (++requests === 1 ? lost : answered(take, 0, accepted)),
    })
    expect(await vendor.resultsOf(swap)).toEqual({ 'assign new a': 'applied', 'remove old a': 'applied' })
    expect(vendor.sent).toEqual([[assign('a', 'new')], [assign('a', 'new')], [remove('a', 'old')]])
  })

  test('sends each of its steps as often as the vendor may be sent it', async () => {
    const vendor = open({
      holds: { a: ['old'] },
      shape: { sendings: 2 },
      answer: (changes, { take }) =>
        changes[0]?.action === 'assign' && vendor.sent.length === 2 ? answered(take, 0, accepted) : lost,
    })
    expect(await vendor.resultsOf(swap)).toEqual({ 'assign new a': 'applied', 'remove old a': 'unknown' })
    expect(vendor.sent.map(([change]) => change?.action)).toEqual(['assign', 'assign', 'remove', 'remove'])
  })

  test('keeps what only some of its assignments are sent again for from being taken', async () => {
    const vendor = open({
      holds: { a: ['old'] },
      shape: { sendings: 2, fits: ({ length }) => length <= 1 },
      answer: ([change], { take }) => {
        if (change?.licenseId === 'late') return answered(take, 4_000, accepted)
        return lost
      },
    })
    expect(await vendor.resultsOf([assign('a', 'late'), ...swap])).toEqual({
      'assign late a': 'applied',
      'assign new a': 'unknown',
      'remove old a': 'refused',
    })
  })
})

describe('a reading after a request', () => {
  test('that fails for want of credentials ends the sending', async () => {
    const vendor = open({
      usersAtOnce: 1,
      // The next user, who is read at the same time, could be read.
      tells: (id, ids, reading) => (id === 'a' && reading > 1 ? E.left(failure('AuthenticationFailed')) : holding(ids)),
    })
    expect(await vendor.resultsOf([assign('a'), assign('b')])).toEqual({
      'assign seat a': 'unknown',
      'assign seat b': 'refused',
    })
    expect(vendor.sent).toEqual([[assign('a')]])
  })

  test('is made for a user of whom one request of several was answered', async () => {
    let requests = 0
    const vendor = open({
      shape: { changes: 1 },
      answer: (_, { take }) =>
        ++requests === 1
          ? answered(take, 0, accepted)
          : { ...refusal, error: failure('PermissionDenied'), about: 'credential' },
    })
    // More than one request holds, so that they are halved.
    const outcomes = await vendor.resultsOf([assign('a'), assign('b')])
    expect(outcomes).toEqual({ 'assign seat a': 'applied', 'assign seat b': 'refused' })
    expect(vendor.reads[1]).toEqual(['a'])
  })
})

describe('what is told of a change', () => {
  test('has nothing but what there is to tell', async () => {
    const vendor = open({})
    expect(await vendor.change([assign('a'), assign('a')])).toStrictEqual([
      { change: assign('a'), result: 'applied' },
      { change: assign('a'), result: 'applied' },
    ])
  })

  test('has what was gained and lost besides as the last answer told it, where a reading cannot tell', async () => {
    const vendor = open({
      tells: () => E.right(undefined),
      answer: () => ({
        ...accepted,
        kind: 'answered',
        replyTo: () => ({ kind: 'accepted' }),
        holdingsOf: () => ({ kind: 'internal', licenseIds: ['seat', 'gift'], pendingLicenseIds: [] }),
      }),
    })
    const outcomes = await vendor.change([assign('a')], {
      users: new Map([['a', userWith('a', { licenseIds: ['x'] })]]),
    })
    expect(outcomes).toEqual([{ change: assign('a'), result: 'applied', implicit: { lost: ['x'], gained: ['gift'] } }])
  })

  test('counts what a step changed from what the step before it left', async () => {
    const vendor = open({
      holds: { a: ['old', 'free'] },
      answer: ([change], { take }) => {
        take()
        if (change?.action === 'assign') vendor.heldBy('a').delete('free')
        return accepted
      },
    })
    const outcomes = await vendor.change([assign('a', 'new'), remove('a', 'old')])
    expect(outcomes.map(({ implicit }) => implicit)).toEqual([{ lost: ['free'], gained: [] }, undefined])
  })

  test('does not tell the same loss again after a wait', async () => {
    const vendor = open({
      holds: { a: ['free', 'old'] },
      answer: ([change], { take }) => {
        if (change?.action === 'assign') vendor.heldBy('a').delete('free')
        return answered(take, change?.action === 'assign' ? 3_000 : 0, accepted)
      },
    })
    const outcomes = await vendor.change([assign('a', 'new'), remove('a', 'old')])
    expect(outcomes.flatMap(({ implicit }) => implicit ?? [])).toEqual([{ lost: ['free'], gained: [] }])
  })
})

describe('malformed changes', () => {
  test('without a user are refused, also where ids are compared in a way of the vendor', async () => {
    const vendor = open({ more: { keyOf: (id) => id.toLowerCase() } })
    const malformed = { action: 'assign', licenseId: 'seat' } as AssignmentChange
    expect((await vendor.change([malformed, assign('b')])).map(({ result }) => result)).toEqual(['refused', 'applied'])
  })
})

describe('waiting', () => {
  test('is not announced where there is no time for it', async () => {
    const waits: unknown[] = []
    const vendor = open({ answer: () => accepted })
    await vendor.change([assign('a')], { settleWithinMs: 0, onWait: (wait) => void waits.push(wait) })
    expect(waits).toEqual([])
  })

  test('ends with the deadline', async () => {
    timersThatStandStill()
    const vendor = open({ answer: (_, { take }) => answered(take, 30_000, accepted) })
    expect(await vendor.resultsOf([assign('a')], { deadlineMs: 1_200 })).toEqual({ 'assign seat a': 'unknown' })
    expect(vendor.now()).toBe(1_200)
  })

  test('grows from half a second to ten', async () => {
    const vendor = open({ answer: () => accepted })
    await vendor.change([assign('a')])
    expect(vendor.waits).toEqual([500, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000, 4_000])
  })
})

describe('a change of which the vendor says that there was nothing to do', () => {
  const nothingToDo: Sent = { kind: 'answered', replyTo: () => ({ kind: 'alreadySo' }) }

  test('is alreadySo once readings show it: undo must not take back what another has done', async () => {
    const { resultsOf } = open({ answer: (_, { take }) => answered(take, 0, nothingToDo) })
    expect(await resultsOf([assign('a')])).toEqual({ 'assign seat a': 'alreadySo' })
  })

  test('is waited for where readings do not show it yet', async () => {
    const { resultsOf } = open({ answer: (_, { take }) => answered(take, 3_000, nothingToDo) })
    expect(await resultsOf([assign('a')])).toEqual({ 'assign seat a': 'alreadySo' })
    const { resultsOf: never } = open({ answer: () => nothingToDo })
    expect(await never([assign('a')])).toEqual({ 'assign seat a': 'unknown' })
  })

  test('is applied where an earlier sending has lost its answer, which may have done it', async () => {
    let sendings = 0
    const { resultsOf } = open({
      shape: { sendings: 2 },
      answer: (_, { take }) => {
        sendings += 1
        if (sendings > 1) return nothingToDo
        // Later than it is looked for.
        take(2_500)
        return { kind: 'failed', error: failure('Unavailable'), mayHaveTakenEffect: true, about: 'changes' }
      },
    })
    expect(await resultsOf([assign('a')])).toEqual({ 'assign seat a': 'applied' })
    expect(sendings).toBe(2)
  })

  test('does not keep back what is to be sent after it', async () => {
    const { resultsOf } = open({
      holds: { a: ['old'] },
      answer: ([change], { take }) => {
        take()
        return change?.action === 'assign' ? nothingToDo : accepted
      },
    })
    expect(await resultsOf([assign('a', 'new'), remove('a', 'old')])).toEqual({
      'assign new a': 'alreadySo',
      'remove old a': 'applied',
    })
  })
})

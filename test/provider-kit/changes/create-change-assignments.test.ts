import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { ChangeAdapter, Sent } from '../../../src/provider-kit/changes/change-adapter.ts'
import type { AssignmentChange, Changes, ChangeWait, LicenseError } from '../../../src/provider-kit/index.ts'
import { timersThatStandStill } from '../../timers-that-stand-still.ts'
import { accepted, answered, assign, failure, open, remove, type Vendor } from './vendor-on-a-clock.ts'

describe('changes of one vendor', () => {
  test('are sent once each, in requests of its shape, between two readings of many users', async () => {
    const { resultsOf, sent, reads } = open({ shape: { users: 2, concurrency: 2 } })
    const changes = ['a', 'b', 'c'].map((id) => assign(id))
    const results = await resultsOf([...changes, assign('a')])
    expect(results).toEqual({ 'assign seat a': 'applied', 'assign seat b': 'applied', 'assign seat c': 'applied' })
    expect(sent).toEqual([[assign('a'), assign('b')], [assign('c')]])
    expect(reads).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ])
  })

  test('that ask for nothing new, or contradict each other, are not sent', async () => {
    const { resultsOf, sent } = open({ holds: { a: ['seat'] } })
    const calling = { extension: '1' }
    const results = await resultsOf([assign('a'), assign('b'), { ...assign('b'), calling }, assign('b', 'other')])
    expect(results).toEqual({
      'assign seat a': 'alreadySo',
      'assign seat b': 'refused',
      'assign other b': 'refused',
    })
    expect(sent).toEqual([])
  })

  test.each<[string, unknown]>([
    ['with an action in another case', { action: 'Assign', userId: 'a', licenseId: 'new' }],
    ['without an action', { userId: 'a', licenseId: 'new' }],
    ['without a license', { action: 'remove', userId: 'a' }],
    ['with a number as an extension', { ...assign('a', 'new'), calling: { extension: 12 } }],
  ])('%s are refused, with all of the same user, and the others are made', async (_, malformed) => {
    const { change, heldBy } = open({ holds: { a: ['old'], b: [] } })
    const changes = [remove('a', 'old'), malformed as AssignmentChange, assign('b')]
    expect((await change(changes)).map((outcome) => [outcome.change, outcome.result])).toEqual([
      [malformed, 'refused'],
      [remove('a', 'old'), 'refused'],
      [assign('b'), 'applied'],
    ])
    expect([...heldBy('a')]).toEqual(['old'])
  })

  test.each([null, undefined, 'assign', 7])('that are none are refused: %j', async (nothing) => {
    const { change, sent } = open({})
    expect(await change([nothing as never])).toMatchObject([
      { result: 'refused', reason: { _tag: 'RequestRejected', message: expect.stringMatching(/^not sent: expected/) } },
    ])
    expect(sent).toEqual([])
  })

  test('take a license only once the one in its place is seen', async () => {
    const { resultsOf, sent, heldBy } = open({ holds: { a: ['old'] } })
    expect(await resultsOf([remove('a', 'old'), assign('a', 'new')])).toEqual({
      'remove old a': 'applied',
      'assign new a': 'applied',
    })
    expect(sent).toEqual([[assign('a', 'new')], [remove('a', 'old')]])
    expect([...heldBy('a')]).toEqual(['new'])
  })

  test('are one step where the vendor changes a user in one', async () => {
    const { resultsOf, sent } = open({ holds: { a: ['old'] }, shape: { order: 'together' } })
    await resultsOf([remove('a', 'old'), assign('a', 'new')])
    expect(sent).toEqual([[remove('a', 'old'), assign('a', 'new')]])
  })
})

describe('windows of users', () => {
  test('begin with what one round of requests has, and double up to the most', async () => {
    const { resultsOf, reads } = open({ shape: { users: 1, concurrency: 2 }, usersAtOnce: 5 })
    const ids = Array.from({ length: 14 }, (_, index) => `u${index}`)
    await resultsOf(ids.map((id) => assign(id)))
    const windows = [ids.slice(0, 2), ids.slice(2, 6), ids.slice(6, 11), ids.slice(11)]
    // What is read after one window is what is read before the next.
    expect(reads).toEqual(
      windows
        .flatMap((users, index) => [index === 0 ? users : [], [...users, ...(windows[index + 1] ?? [])]])
        .filter(({ length }) => length > 0),
    )
  })

  test('with two steps are read together with the next one after the second', async () => {
    const { resultsOf, reads } = open({ holds: { a: ['old'], b: ['old'] }, usersAtOnce: 1 })
    await resultsOf(['a', 'b'].flatMap((id) => [remove(id, 'old'), assign(id, 'new')]))
    expect(reads).toEqual([['a'], ['a'], ['a', 'b'], ['b'], ['b']])
  })

  test('are not read ahead once the sending has ended', async () => {
    const { resultsOf, reads } = open({
      usersAtOnce: 1,
      answer: () => ({ kind: 'failed', error: failure('RateLimited'), mayHaveTakenEffect: false, about: 'changes' }),
    })
    expect(await resultsOf([assign('a'), assign('b')])).toEqual({
      'assign seat a': 'refused',
      'assign seat b': 'refused',
    })
    // What was refused is read back; nothing is read of who comes after it.
    expect(reads).toEqual([['a'], ['a']])
  })

  test('gather the changes of a user, wherever they stand', async () => {
    const { resultsOf, sent } = open({ shape: { users: 1 }, usersAtOnce: 1 })
    await resultsOf([assign('a'), assign('b'), assign('a', 'other')])
    expect(sent).toEqual([[assign('a'), assign('a', 'other')], [assign('b')]])
  })
})

describe('ids that the vendor writes in several ways', () => {
  const more = { keyOf: (id: string) => id.toLowerCase() }

  test('are one user and one license', async () => {
    const { change, sent } = open({ more, holds: { A: ['HELD'] } })
    const outcomes = await change([assign('A', 'held'), assign('A', 'New'), assign('a', 'NEW')])
    expect(outcomes.map(({ result }) => result)).toEqual(['alreadySo', 'applied', 'applied'])
    expect(sent).toEqual([[assign('A', 'New')]])
  })

  test('contradict each other', async () => {
    const { resultsOf, sent } = open({ more })
    expect(await resultsOf([assign('a', 'seat'), remove('A', 'SEAT')])).toEqual({
      'assign seat a': 'refused',
      'remove SEAT A': 'refused',
    })
    expect(sent).toEqual([])
  })

  test('are nothing lost and nothing gained where a reading writes them in another way', async () => {
    let reading = 0
    const { change } = open({
      more: {
        ...more,
        readHoldings: async (ids) => {
          reading += 1
          const licenseIds = reading === 1 ? ['kept'] : ['KEPT', 'SEAT']
          return new Map(ids.map((id) => [id, E.right({ kind: 'internal', licenseIds, pendingLicenseIds: [] })]))
        },
      },
    })
    expect(await change([assign('a')])).toEqual([{ change: assign('a'), result: 'applied' }])
  })
})

describe('what removals take', () => {
  const calling = { extension: '7' }
  const readTaken: NonNullable<ChangeAdapter['readTaken']> = async (changes) =>
    changes.filter(({ action }) => action === 'remove').map((change) => ({ change, calling }))

  test('is read for the changes of one request, and handed over before it is sent', async () => {
    const heard: unknown[] = []
    const vendor = open({ holds: { a: ['seat'] }, more: { readTaken } })
    await vendor.change([remove('a'), assign('a', 'new')], {
      beforeSending: async (changes, taken) => {
        heard.push([changes, taken, vendor.sent.length])
      },
    })
    expect(heard).toEqual([
      [[assign('a', 'new')], [], 0],
      [[remove('a')], [{ change: remove('a'), calling }], 1],
    ])
  })

  test('is nothing where the vendor has no such thing', async () => {
    const heard: unknown[] = []
    const vendor = open({ holds: { a: ['seat'] } })
    await vendor.change([remove('a')], { beforeSending: async (...told) => void heard.push(told) })
    expect(heard).toEqual([[[remove('a')], []]])
  })
})

describe('a change that is never sent', () => {
  test('keeps the vendor from being asked about its user, and is refused with the others of that user', async () => {
    const refusalOf = ({ licenseId }: AssignmentChange) => (licenseId === 'foreign' ? 'not ours' : undefined)
    const vendor = open({ more: { refusalOf } })
    const outcomes = await vendor.change([assign('a', 'foreign'), assign('a'), assign('b')])
    expect(outcomes.map((outcome) => ('reason' in outcome ? outcome.reason.message : outcome.result))).toEqual([
      'not ours',
      'not sent: there is a problem with another change of the same user',
      'applied',
    ])
    expect(vendor.reads.flat()).not.toContain('a')
  })
})

describe('an answer that tells all that a user holds', () => {
  const telling = (licenseIds: readonly string[], kind: 'accepted' | 'declined' = 'accepted'): Sent => ({
    kind: 'answered',
    replyTo: () => (kind === 'accepted' ? { kind } : { kind, reason: failure('RequestRejected') }),
    holdingsOf: () => ({ kind: 'internal', licenseIds, pendingLicenseIds: [] }),
  })
  const hidden: ChangeAdapter['readHoldings'] = async (ids) => new Map(ids.map((id) => [id, E.right(undefined)]))

  test.each([
    ['applied', ['seat']],
    ['unknown', []],
  ])('decides where these credentials are not shown it: %s', async (result, licenseIds) => {
    const vendor = open({ answer: () => telling(licenseIds), more: { readHoldings: hidden } })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': result })
    expect(vendor.waits).toEqual([])
  })

  test('does not decide where what the user holds could not be read', async () => {
    let reading = 0
    const vendor = open({
      answer: () => telling(['seat']),
      more: {
        readHoldings: async (ids) => {
          reading += 1
          const held = { kind: 'internal' as const, licenseIds: [], pendingLicenseIds: [] }
          return new Map(ids.map((id) => [id, reading === 1 ? E.right(held) : E.left(failure('Unavailable'))]))
        },
      },
    })
    expect(await vendor.change([assign('a')])).toMatchObject([{ result: 'unknown', reason: { _tag: 'Unavailable' } }])
  })

  test('does not decide where a reading shows something else', async () => {
    const vendor = open({ answer: () => telling(['seat']) })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'unknown' })
  })

  test('shows what was lost before a reading does', async () => {
    const vendor = open({
      holds: { a: ['free'] },
      answer: (_, { take }) => {
        take()
        return telling(['seat'])
      },
    })
    expect(await vendor.change([assign('a')])).toMatchObject([
      { result: 'applied', implicit: { lost: ['free'], gained: [] } },
    ])
  })
})

describe('what is not in force yet', () => {
  test('is pending by the answer, whatever a reading shows', async () => {
    const vendor = open({ answer: () => ({ kind: 'answered', replyTo: () => ({ kind: 'pending' }) }) })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'pending' })
  })
})

describe('a request that was never sent', () => {
  test('is refused, and says so', async () => {
    const vendor = open({ answer: () => ({ kind: 'unsent', error: failure('Unavailable') }) })
    expect(await vendor.change([assign('a')])).toMatchObject([
      { result: 'refused', reason: { _tag: 'Unavailable', message: 'not sent: Unavailable' } },
    ])
    expect(vendor.reads).toHaveLength(1)
  })

  test('for want of credentials ends the sending', async () => {
    const error: LicenseError = {
      _tag: 'AuthenticationFailed',
      provider: 'vendor',
      operation: 'token',
      message: 'no',
    }
    const vendor = open({ shape: { users: 1 }, answer: () => ({ kind: 'unsent', error }) })
    const outcomes = await vendor.change([assign('a'), assign('b'), assign('c')])
    expect(outcomes.map(({ result }) => result)).toEqual(['refused', 'refused', 'refused'])
    expect(vendor.sent).toHaveLength(1)
  })
})

describe('a change that the vendor accepts and readings show late', () => {
  const lateBy = (ms: number) => open({ answer: (_, { take }) => answered(take, ms, accepted) })

  test.each([
    [4_000, 'applied'],
    [30_000, 'applied'],
    [120_000, 'unknown'],
  ])('by %i ms is %s', async (ms, result) => {
    const vendor = lateBy(ms)
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': result })
    expect(vendor.now()).toBeLessThanOrEqual(60_000)
    expect(vendor.sent).toHaveLength(1)
  })

  test('is waited for as long as the caller says, and is then accepted and not seen, never refused', async () => {
    const vendor = lateBy(4_000)
    const [outcome] = await vendor.change([assign('a')], { settleWithinMs: 3_000 })
    expect(outcome).toMatchObject({
      result: 'unknown',
      reason: { message: expect.stringMatching(/^accepted, not seen yet/) },
    })
    expect(vendor.now()).toBe(3_000)
  })

  test('is told of before each look: how many there are, and how long at most they are looked for', async () => {
    timersThatStandStill()
    const vendor = lateBy(1_500)
    const waits: ChangeWait[] = []
    const onWait = (wait: ChangeWait) => {
      waits.push(wait)
      throw new Error('the terminal has gone')
    }
    expect(await vendor.resultsOf([assign('a'), assign('b')], { settleWithinMs: 3_000, onWait })).toEqual({
      'assign seat a': 'applied',
      'assign seat b': 'applied',
    })
    expect(waits).toEqual([3_000, 2_500, 2_000].map((ms) => ({ changes: 2, ms })))
    await lateBy(60_000).resultsOf([assign('a')], { deadlineMs: 700, onWait })
    expect(waits.slice(3)).toEqual([700, 200].map((ms) => ({ changes: 1, ms })))
  })

  test('is applied all the same where what is told of the wait rejects', async () => {
    const onWait = async () => Promise.reject(new Error('the terminal has gone'))
    expect(await lateBy(1_500).resultsOf([assign('a')], { onWait })).toEqual({ 'assign seat a': 'applied' })
  })

  test('holds up nothing but itself: only it is read again', async () => {
    const vendor = open({
      usersAtOnce: 1,
      answer: ([change], { take }) => answered(take, change?.userId === 'a' ? 4_000 : 0, accepted),
    })
    const order = (await vendor.change([assign('a'), assign('b'), assign('c')])).map(({ change }) => change.userId)
    expect(order).toEqual(['b', 'c', 'a'])
    expect(vendor.reads.slice(4)).toEqual(vendor.waits.map(() => ['a']))
  })

  test('keeps what it is in place of from being taken until it is seen, and lets it be taken then', async () => {
    const vendor = open({
      holds: { a: ['old'] },
      answer: ([change], { take }) => answered(take, change?.action === 'assign' ? 4_000 : 0, accepted),
    })
    expect(await vendor.resultsOf([assign('a', 'new'), remove('a', 'old')])).toEqual({
      'assign new a': 'applied',
      'remove old a': 'applied',
    })
    expect([...vendor.heldBy('a')]).toEqual(['new'])
  })
})

describe('a request whose answer is lost', () => {
  const lost: Sent = {
    kind: 'failed',
    error: failure('Unavailable'),
    mayHaveTakenEffect: true,
    about: 'changes',
  }

  test('is read back, and not sent again where it was done', async () => {
    const vendor = open({ shape: { sendings: 3 }, answer: (_, { take }) => answered(take, 0, lost) })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'applied' })
    expect(vendor.sent).toHaveLength(1)
  })

  test('is sent as often as the vendor may be sent it, and is then unknown', async () => {
    const vendor = open({ shape: { sendings: 3 }, answer: () => lost })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'unknown' })
    expect(vendor.sent).toHaveLength(3)
  })

  test('stays unknown where the repeat is refused', async () => {
    let requests = 0
    const vendor = open({
      shape: { sendings: 3 },
      answer: () =>
        requests++ === 0
          ? lost
          : { kind: 'failed', error: failure('RequestRejected'), mayHaveTakenEffect: false, about: 'changes' },
    })
    expect(await vendor.resultsOf([assign('a')])).toEqual({ 'assign seat a': 'unknown' })
  })
})

describe('a refusal', () => {
  const refusedFor = (userId: string, tag: 'PermissionDenied' | 'RequestRejected', about: 'credential' | 'changes') =>
    ((changes, { take }) => {
      if (changes.some((change) => change.userId === userId)) {
        return { kind: 'failed', error: failure(tag), mayHaveTakenEffect: false, about }
      }
      take()
      return accepted
    }) satisfies NonNullable<Vendor['answer']>

  const forty = Array.from({ length: 40 }, (_, index) => assign(`u${index}`))

  test.each([1, 2, 8])('of one user costs that user alone, with %i requests at once', async (concurrency) => {
    const vendor = open({ shape: { users: 1, concurrency }, answer: refusedFor('u3', 'PermissionDenied', 'changes') })
    const results = await vendor.resultsOf(forty)
    expect(Object.entries(results).filter(([, result]) => result !== 'applied')).toEqual([
      ['assign seat u3', 'refused'],
    ])
  })

  test('of something in a request is found by halves', async () => {
    const vendor = open({ answer: refusedFor('u3', 'RequestRejected', 'changes') })
    const results = await vendor.resultsOf(forty.slice(0, 8))
    expect(Object.entries(results).filter(([, result]) => result !== 'applied')).toEqual([
      ['assign seat u3', 'refused'],
    ])
  })

  test('of one user among several in a request is found by halves, whatever the vendor calls it', async () => {
    const vendor = open({ answer: refusedFor('u3', 'PermissionDenied', 'changes') })
    const results = await vendor.resultsOf(forty)
    expect(Object.entries(results).filter(([, result]) => result !== 'applied')).toEqual([
      ['assign seat u3', 'refused'],
    ])
  })

  test('does not tear the changes of one user apart where the vendor changes a user in one step', async () => {
    const vendor = open({
      holds: { a: ['old'] },
      shape: { order: 'together' },
      answer: refusedFor('a', 'RequestRejected', 'changes'),
    })
    const results = await vendor.resultsOf([remove('a', 'old'), assign('a', 'new'), assign('b')])
    expect(results).toEqual({ 'remove old a': 'refused', 'assign new a': 'refused', 'assign seat b': 'applied' })
    expect(vendor.sent).toEqual([
      [remove('a', 'old'), assign('a', 'new'), assign('b')],
      [remove('a', 'old'), assign('a', 'new')],
      [assign('b')],
    ])
  })

  test('of the credential ends the sending', async () => {
    const vendor = open({ shape: { users: 1 }, answer: refusedFor('u0', 'PermissionDenied', 'credential') })
    const outcomes = await vendor.change(forty)
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['refused']))
    expect(vendor.sent).toHaveLength(1)
  })
})

describe('what the vendor does besides', () => {
  test('is told with the change whose request did it', async () => {
    const vendor = open({ holds: { a: ['free', 'kept'], b: ['kept'] } })
    const taking = open({
      holds: { a: ['free', 'kept'], b: ['kept'] },
      answer: (_, { take }) => {
        take()
        taking.heldBy('a').delete('free')
        return accepted
      },
    })
    expect((await vendor.change([assign('a'), assign('b')])).some(({ implicit }) => implicit !== undefined)).toBe(false)
    const outcomes = await taking.change([assign('a'), assign('b')])
    expect(outcomes.map(({ change, implicit }) => [change.userId, implicit])).toEqual([
      ['a', { lost: ['free'], gained: [] }],
      ['b', undefined],
    ])
  })
})

test('what the vendor does besides is told once, though its change was asked for twice', async () => {
  const vendor = open({
    holds: { a: ['free'] },
    answer: (_, { take }) => {
      take()
      vendor.heldBy('a').delete('free')
      return accepted
    },
  })
  const outcomes = await vendor.change([assign('a'), assign('a')])
  expect(outcomes.map(({ implicit }) => implicit)).toEqual([{ lost: ['free'], gained: [] }, undefined])
})

describe('an announcement', () => {
  test('that is not heard keeps everything from being sent, and the iteration rejects', async () => {
    const vendor = open({})
    const deaf = new Error('not heard')
    await expect(vendor.change([assign('a')], { beforeSending: () => Promise.reject(deaf) })).rejects.toBe(deaf)
    expect(vendor.sent).toEqual([])
  })
})

describe('changes in parts', () => {
  /** The vendor swaps licenses of a kind, which is the first letter, in one request; all else has one of its own. */
  const partsOf = (changes: readonly AssignmentChange[]): readonly Changes.ChangePart[] => {
    const kinds = new Set(changes.map(({ licenseId }) => licenseId[0] ?? ''))
    return [...kinds].map((kind) => ({
      request: kind,
      changes: changes.filter(({ licenseId }) => licenseId[0] === kind),
    }))
  }

  test('are swaps where a part gives and takes: they are sent before what only takes', async () => {
    const { resultsOf, sent, heldBy } = open({ holds: { a: ['x1', 'y1'] }, shape: { partsOf } })
    const results = await resultsOf([remove('a', 'x1'), remove('a', 'y1'), assign('a', 'x2')])
    expect(results).toEqual({ 'remove x1 a': 'applied', 'remove y1 a': 'applied', 'assign x2 a': 'applied' })
    expect(sent).toEqual([[remove('a', 'x1'), assign('a', 'x2')], [remove('a', 'y1')]])
    expect([...heldBy('a')]).toEqual(['x2'])
  })

  test('are never sent in halves, and what only takes is not sent after a swap that was refused', async () => {
    const answer = (): Sent => ({
      kind: 'failed',
      error: failure('RequestRejected'),
      mayHaveTakenEffect: false,
      about: 'changes',
    })
    const { resultsOf, sent } = open({ holds: { a: ['x1', 'y1'] }, shape: { partsOf }, answer })
    const results = await resultsOf([remove('a', 'x1'), remove('a', 'y1'), assign('a', 'x2')])
    expect(new Set(Object.values(results))).toEqual(new Set(['refused']))
    expect(sent).toEqual([[remove('a', 'x1'), assign('a', 'x2')]])
  })
})

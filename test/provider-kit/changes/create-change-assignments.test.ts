import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeAdapter,
  type ChangeRequest,
  createChangeAssignments,
  type LicenseError,
  type RequestShape,
  type Sent,
} from '../../../src/provider-kit/index.ts'

const assign = (userId: string, licenseId = 'seat'): AssignmentChange => ({ action: 'assign', userId, licenseId })
const remove = (userId: string, licenseId = 'seat'): AssignmentChange => ({ action: 'remove', userId, licenseId })

const failure = (tag: 'Unavailable' | 'PermissionDenied' | 'RequestRejected' | 'RateLimited'): LicenseError => {
  const details = { provider: 'vendor', operation: 'POST /changes', message: tag }
  switch (tag) {
    case 'Unavailable':
      return { _tag: tag, ...details, attempts: 1 }
    case 'PermissionDenied':
      return { _tag: tag, ...details, missing: [] }
    default:
      return { _tag: tag, ...details }
  }
}

const accepted: Sent = { kind: 'answered', replyTo: () => ({ kind: 'accepted' }) }

/** The vendor takes a request on, to show it after so many milliseconds. */
const answered = (take: (afterMs: number) => void, afterMs: number, sent: Sent): Sent => {
  take(afterMs)
  return sent
}

interface Vendor {
  readonly holds?: Readonly<Record<string, readonly string[]>>
  readonly shape?: Partial<RequestShape>
  /** What becomes of a request; the change has its effect by `take`, after so many milliseconds. */
  readonly answer?: (changes: readonly AssignmentChange[], vendor: { take: (afterMs?: number) => void }) => Sent
  readonly usersAtOnce?: number
}

/** A vendor on a clock that only goes where it is slept on. */
const open = ({ holds = {}, shape = {}, answer, usersAtOnce }: Vendor) => {
  const held = new Map(Object.entries(holds).map(([id, licenseIds]) => [id, new Set(licenseIds)]))
  const late: { readonly at: number; readonly change: AssignmentChange }[] = []
  const sent: (readonly AssignmentChange[])[] = []
  const reads: (readonly string[])[] = []
  const waits: number[] = []
  let now = 0
  const heldBy = (userId: string): Set<string> => {
    const licenses = held.get(userId) ?? new Set<string>()
    held.set(userId, licenses)
    return licenses
  }
  const arrive = () => {
    for (const { change } of late.filter(({ at }) => at <= now)) {
      if (change.action === 'assign') heldBy(change.userId).add(change.licenseId)
      else heldBy(change.userId).delete(change.licenseId)
    }
  }
  const adapter: ChangeAdapter = {
    provider: 'vendor',
    operation: 'POST /changes',
    clock: {
      now: () => now,
      sleep: async (ms) => {
        waits.push(ms)
        now += ms
      },
    },
    requests: { users: 10, changes: 10, order: 'assignFirst', ...shape },
    ...(usersAtOnce === undefined ? {} : { usersAtOnce }),
    readHoldings: async (userIds) => {
      reads.push(userIds)
      arrive()
      return new Map(
        userIds.map((id) => [id, E.right({ kind: 'internal', licenseIds: [...heldBy(id)], pendingLicenseIds: [] })]),
      )
    },
    send: async (changes) => {
      sent.push(changes)
      const take = (afterMs = 0) => {
        for (const change of changes) late.push({ at: now + afterMs, change })
      }
      if (answer !== undefined) return answer(changes, { take })
      take()
      return accepted
    },
  }
  const change = async (changes: readonly AssignmentChange[], request?: ChangeRequest) => {
    const outcomes: AssignmentOutcome[] = []
    for await (const outcome of createChangeAssignments(adapter)(changes, request)) outcomes.push(outcome)
    return outcomes
  }
  const resultsOf = async (changes: readonly AssignmentChange[], request?: ChangeRequest) =>
    Object.fromEntries(
      (await change(changes, request)).map(({ change: { action, userId, licenseId }, result }) => [
        `${action} ${licenseId} ${userId}`,
        result,
      ]),
    )
  return { change, resultsOf, sent, reads, waits, heldBy, now: () => now }
}

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

  test('holds up nothing but itself: only it is read again', async () => {
    const vendor = open({
      usersAtOnce: 1,
      answer: ([change], { take }) => answered(take, change?.userId === 'a' ? 4_000 : 0, accepted),
    })
    const order = (await vendor.change([assign('a'), assign('b'), assign('c')])).map(({ change }) => change.userId)
    expect(order).toEqual(['b', 'c', 'a'])
    expect(vendor.reads.slice(6)).toEqual(vendor.waits.map(() => ['a']))
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
  const lost: Sent = { kind: 'failed', error: failure('Unavailable'), mayHaveTakenEffect: true, about: 'changes' }

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

describe('an announcement', () => {
  test('that is not heard keeps everything from being sent, and the iteration rejects', async () => {
    const vendor = open({})
    const deaf = new Error('not heard')
    await expect(vendor.change([assign('a')], { beforeSending: () => Promise.reject(deaf) })).rejects.toBe(deaf)
    expect(vendor.sent).toEqual([])
  })
})

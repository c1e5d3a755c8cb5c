import { describe, expect, test } from 'vitest'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  type Clock,
  known,
  type Ledger,
  type License,
  type LicensedUser,
  Lists,
  listHolders,
  notApplicable,
  toPromise,
  toReadonlyArray,
} from '../../src/provider-kit/index.ts'
import { createInMemoryProvider, hastyClock, type InMemoryOptions } from '../../src/testing/index.ts'

const license: Omit<License, 'provider'> = {
  id: 'seat',
  name: 'Seat',
  metric: 'named',
  purchased: notApplicable,
  consumed: known(2),
  includes: [],
  requires: [],
}

const user = (id: string, details: Partial<LicensedUser> = {}): Omit<LicensedUser, 'provider'> => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds: ['seat'],
  pendingLicenseIds: [],
  ...details,
})

const users = ['a', 'b', 'c', 'd', 'e'].map((id) => user(id))

describe('the in-memory provider', () => {
  test('lists what it was given, as whole', async () => {
    const provider = createInMemoryProvider({ id: 'mine', licenses: [license], users })
    const listed = await toPromise(toReadonlyArray(provider.listUsers()))
    expect(listed.items).toEqual(users.map((one) => ({ ...one, provider: 'mine' })))
    expect(listed.ledger).toMatchObject({ pages: 1, items: 5, total: 5, verdict: 'complete' })
  })

  test('pages as configured, up to its own limit, whatever a request says', async () => {
    const pages = async (configured: number, pageSize?: number) => {
      const provider = createInMemoryProvider({ licenses: [], users, pageSize: configured, maxPageSize: 4 })
      return (await toPromise(toReadonlyArray(provider.listUsers({ pageSize })))).ledger.pages
    }
    expect([await pages(3), await pages(3, 1), await pages(1), await pages(1_000)]).toEqual([2, 2, 5, 2])
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('boom')
      },
      'onRequest threw: boom',
    ],
    ['rejects', () => Promise.reject(new Error('boom')), 'onRequest threw: boom'],
    ['gives a number', () => 5, 'onRequest gave something else than a LicenseError or undefined'],
    ['gives nothing as null', () => null, 'onRequest gave something else than a LicenseError or undefined'],
  ])('says so where onRequest %s', async (_, onRequest, message) => {
    const provider = createInMemoryProvider({ licenses: [license], users, onRequest: onRequest as never })
    const left = { _tag: 'InvalidResponse', message }
    expect(await toReadonlyArray(provider.listUsers())()).toMatchObject({ left })
    expect(await provider.getUser({ id: 'a' })()).toMatchObject({ left })
  })

  test('lists nothing as one empty page that is complete', async () => {
    const provider = createInMemoryProvider({ licenses: [], users: [] })
    const listed = await toPromise(toReadonlyArray(provider.listUsers()))
    expect(listed).toMatchObject({ items: [], ledger: { pages: 1, total: 0, verdict: 'complete' } })
  })

  test('keeps a record that it was given, or the item itself, when asked', async () => {
    const provider = createInMemoryProvider({
      licenses: [license],
      users: [user('a', { raw: { seat: 1 } }), user('b')],
    })
    const { items } = await toPromise(toReadonlyArray(provider.listUsers({ includeRaw: true })))
    expect(items.map(({ raw }) => raw)).toEqual([{ seat: 1 }, user('b')])
  })

  test('hands on the account of a directory and what the list never names', async () => {
    const directory: Ledger = {
      pages: 0,
      items: 0,
      repeated: 0,
      undecodable: 0,
      gaps: [],
      omits: [],
      verdict: 'partial',
    }
    const provider = createInMemoryProvider({ licenses: [], users, directory, omits: ['guests'] })
    const read = await Lists.collect(
      () => 0,
      (count) => count + 1,
    )(provider.listUsers())()
    expect(read.directory).toEqual(directory)
    expect(read.ledger).toMatchObject({ omits: ['guests'], verdict: 'complete' })
  })

  test('lists the holders of a license', async () => {
    const provider = createInMemoryProvider({ licenses: [license], users: [...users, user('f', { licenseIds: [] })] })
    const { items } = await toPromise(toReadonlyArray(listHolders(provider, 'seat', { pageSize: 2 })))
    expect(items.map(({ userId }) => userId)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(items[0]).toEqual({
      provider: 'in-memory',
      licenseId: 'seat',
      userId: 'a',
      kind: 'internal',
      status: 'active',
    })
  })

  test('fails as it is told to, and keeps what came before', async () => {
    const provider = createInMemoryProvider({
      licenses: [],
      users,
      pageSize: 2,
      onRequest: ({ operation, continuation }) =>
        continuation === undefined
          ? undefined
          : { _tag: 'Unavailable', provider: 'in-memory', operation, message: 'down', attempts: 5 },
    })
    const read = await Lists.collect(
      () => 0,
      (count) => count + 1,
    )(provider.listUsers())()
    expect(read).toMatchObject({ value: 2, error: { _tag: 'Unavailable' }, ledger: { verdict: 'partial' } })
  })

  test('takes a deadline beyond what timers can do for what it is', async () => {
    const provider = createInMemoryProvider({
      licenses: [],
      users,
      onRequest: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 20)),
    })
    const { items } = await toPromise(toReadonlyArray(provider.listUsers({ deadlineMs: 2 ** 40 })))
    expect(items).toHaveLength(5)
  })

  test('leaves no timer behind for a call that was stopped before it began', async () => {
    const timers: (AbortSignal | undefined)[] = []
    const clock: Clock = {
      now: () => 0,
      sleep: (_, signal) => {
        timers.push(signal)
        return new Promise(() => {})
      },
    }
    const provider = createInMemoryProvider({ licenses: [license], users, clock })
    const options = { signal: AbortSignal.abort(), deadlineMs: 60_000 }
    expect(await provider.getUser({ id: 'a' }, options)()).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(await toReadonlyArray(provider.listUsers(options))()).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(timers).toHaveLength(2)
    expect(timers.filter((signal) => signal?.aborted !== true)).toEqual([])
  })

  test('leaves no timer behind for a request whose answer cannot be made up', async () => {
    const timers: (AbortSignal | undefined)[] = []
    const provider = createInMemoryProvider({
      licenses: [license],
      users,
      clock: {
        now: () => 0,
        sleep: (_, signal) => {
          timers.push(signal)
          return new Promise(() => {})
        },
      },
      onRequest: () => {
        throw new Error('a mistake in the test')
      },
    })
    const answer = await provider.getUser({ id: 'a' }, { deadlineMs: 60_000 })()
    expect(answer).toMatchObject({ left: { message: 'onRequest threw: a mistake in the test' } })
    expect(timers.map((signal) => signal?.aborted)).toEqual([true])
  })
})

describe('changing assignments in memory', () => {
  const assign = (userId: string, licenseId = 'spare'): AssignmentChange => ({ action: 'assign', userId, licenseId })
  const remove = (userId: string, licenseId = 'seat'): AssignmentChange => ({ action: 'remove', userId, licenseId })

  /** What becomes of the changes, what was announced and what a user holds afterwards. */
  const changing = async (
    changes: readonly AssignmentChange[],
    options: Partial<InMemoryOptions> = {},
    request: ChangeRequest = {},
  ) => {
    const licenses = [license, { ...license, id: 'spare' }]
    const provider = createInMemoryProvider({ licenses, users, ...options })
    const announced: AssignmentChange[] = []
    const beforeSending: ChangeRequest['beforeSending'] = async (sent, taken) => {
      announced.push(...sent)
      await request.beforeSending?.(sent, taken)
    }
    const outcomes: AssignmentOutcome[] = []
    for await (const outcome of provider.changeAssignments?.(changes, { ...request, beforeSending }) ?? []) {
      outcomes.push(outcome)
    }
    const held = async (id: string) => (await toPromise(provider.getUser({ id }))).licenseIds
    return { outcomes, results: outcomes.map(({ result }) => result), announced, held }
  }

  test('gives and takes, and announces each change', async () => {
    const changes = [assign('a'), remove('b')]
    const { outcomes, announced, held } = await changing(changes)
    expect(outcomes).toEqual(changes.map((change) => ({ change, result: 'applied' })))
    expect(announced).toEqual(changes)
    expect([await held('a'), await held('b')]).toEqual([['seat', 'spare'], []])
  })

  test('sends once what is asked for twice, and says of both what became of it', async () => {
    const { results, announced } = await changing([assign('a'), assign('b'), assign('a')])
    expect(results).toEqual(['applied', 'applied', 'applied'])
    expect(announced).toEqual([assign('a'), assign('b')])
  })

  test('refuses to give and to take the same, and makes the other changes', async () => {
    const { outcomes, results, announced, held } = await changing([remove('a'), assign('a', 'seat'), remove('b')])
    expect(results).toEqual(['refused', 'refused', 'applied'])
    expect(outcomes[0]).toMatchObject({ change: remove('a'), reason: { _tag: 'RequestRejected' } })
    expect(announced).toEqual([remove('b')])
    expect(await held('a')).toEqual(['seat'])
  })

  test('announces nothing that it does not send after an abort', async () => {
    const controller = new AbortController()
    const beforeSending = async () => controller.abort()
    const { outcomes, announced } = await changing(
      [assign('a'), assign('b')],
      {},
      { signal: controller.signal, beforeSending },
    )
    expect(outcomes.map((outcome) => 'reason' in outcome && outcome.reason._tag)).toEqual(['Aborted', 'Aborted'])
    expect(announced).toEqual([assign('a')])
  })

  test('loses answers as it is told to: what the user holds says that it was done', async () => {
    const { results, held } = await changing([assign('a')], { onChange: () => 'unanswered' })
    expect(results).toEqual(['applied'])
    expect(await held('a')).toEqual(['seat', 'spare'])
  })

  test('ignores changes as it is told to: what was accepted and is not seen is unknown', async () => {
    const { results, held } = await changing([assign('a'), assign('b')], {
      clock: hastyClock(),
      onChange: ({ userId }) => (userId === 'a' ? 'ignored' : 'done'),
    })
    expect(results).toEqual(['applied', 'unknown'])
    expect(await held('a')).toEqual(['seat'])
  })
})

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { providerWith } from '../../src/index.ts'
import {
  type Clock,
  findUsers,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  type RequestOptions,
  toPromise,
  type UserReference,
} from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { failureOf } from '../providers/read-list.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'

const user = (id: string, email: string): Omit<LicensedUser, 'provider'> => ({
  id,
  kind: 'internal',
  status: 'active',
  licenseIds: ['seat'],
  pendingLicenseIds: [],
  email,
})

const users = [user('ann', 'ann@example.com'), user('bob', 'both@example.com'), user('eve', 'Both@example.com')]
const memory = createInMemoryProvider({ id: 'memory', licenses: [], users })
const { findUsers: _, ...oneByOne } = memory

const failure = (tag: 'Unavailable' | 'AuthenticationFailed' | 'RequestRejected'): LicenseError => {
  const details = { provider: 'memory', operation: 'getUser', message: 'made to fail' }
  return tag === 'Unavailable' ? { _tag: tag, ...details, attempts: 5 } : { _tag: tag, ...details }
}

/** A provider that can be asked for one user at a time; counts how many are asked for, in all and at once. */
const askable = (answer: (reference: UserReference) => E.Either<LicenseError, LicensedUser>) => {
  const seen = { asked: 0, underWay: 0, mostUnderWay: 0 }
  const provider: LicenseProvider = {
    ...oneByOne,
    getUser: (reference) => async () => {
      seen.asked += 1
      seen.underWay += 1
      seen.mostUnderWay = Math.max(seen.mostUnderWay, seen.underWay)
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.underWay -= 1
      return answer(reference)
    },
  }
  return { provider, seen }
}

const present = (reference: UserReference): E.Either<LicenseError, LicensedUser> =>
  E.right({ ...user('id' in reference ? reference.id : 'nobody', 'x@example.com'), provider: 'memory' })
const ids = (count: number): readonly UserReference[] =>
  Array.from({ length: count }, (_, index) => ({ id: `user-${index}` }))

const sought: readonly UserReference[] = [
  { id: 'none' },
  { email: 'ANN@example.com' },
  { email: 'both@example.com' },
  { id: 'eve' },
]

describe('many users at once', () => {
  test('are found, not found, or several, in the order in which they were asked for', async () => {
    expect(await toPromise(findUsers(memory, sought))).toMatchObject([
      { kind: 'notFound' },
      { kind: 'found', user: { id: 'ann', licenseIds: ['seat'] } },
      { kind: 'ambiguous', candidates: [{ id: 'bob' }, { id: 'eve' }] },
      { kind: 'found', user: { id: 'eve' } },
    ])
  })

  test('are asked for one by one where the provider cannot do better, which does not tell who the several are', async () => {
    expect(await toPromise(findUsers(oneByOne, sought))).toMatchObject([
      { kind: 'notFound' },
      { kind: 'found', user: { id: 'ann' } },
      { kind: 'ambiguous', candidates: [], error: { _tag: 'Conflict', operation: 'getUser' } },
      { kind: 'found', user: { id: 'eve' } },
    ])
  })

  test('are asked of the method of the provider with the bounds of the call, through a delegate too', async () => {
    const heard: (RequestOptions | undefined)[] = []
    const provider: LicenseProvider = {
      ...memory,
      findUsers: (_references, options) => {
        heard.push(options)
        return TE.right([])
      },
    }
    await toPromise(findUsers(providerWith(provider, {}), sought, { deadlineMs: 7 }))
    expect(heard).toEqual([{ deadlineMs: 7 }])
    expect(providerWith(oneByOne, {})).not.toHaveProperty('findUsers')
  })

  test('are asked for eight at a time', async () => {
    const { provider, seen } = askable(present)
    expect(await toPromise(findUsers(provider, ids(40)))).toHaveLength(40)
    expect(seen).toMatchObject({ asked: 40, mostUnderWay: 8 })
  })

  test('are not asked for before the task is called', async () => {
    const { provider, seen } = askable(present)
    findUsers(provider, ids(3))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(seen.asked).toBe(0)
  })

  test('of whom one cannot be read are failed alone', async () => {
    const { provider } = askable((reference) =>
      'id' in reference && reference.id === 'user-1' ? E.left(failure('Unavailable')) : present(reference),
    )
    const lookups = await toPromise(findUsers(provider, ids(3)))
    expect(lookups.map(({ kind }) => kind)).toEqual(['found', 'failed', 'found'])
  })

  test('are one failure where nothing could be read at all, and the rest is not asked for after one that all share', async () => {
    const { provider, seen } = askable(() => E.left(failure('AuthenticationFailed')))
    expect((await failureOf(findUsers(provider, ids(40))))._tag).toBe('AuthenticationFailed')
    expect(seen.asked).toBeLessThanOrEqual(8)
    expect((await failureOf(findUsers(askable(() => E.left(failure('Unavailable'))).provider, ids(3))))._tag).toBe(
      'Unavailable',
    )
  })

  test('are each failed where it is the references that are wrong', async () => {
    const { provider } = askable(() => E.left(failure('RequestRejected')))
    const lookups = await toPromise(findUsers(provider, ids(2)))
    expect(lookups.map(({ kind }) => kind)).toEqual(['failed', 'failed'])
  })

  test('share one deadline, by the clock that is given', async () => {
    timersThatStandStill()
    let now = 1_000
    const clock: Clock = { now: () => now, sleep: async () => {} }
    const heard: (number | undefined)[] = []
    const provider: LicenseProvider = {
      ...oneByOne,
      getUser: (reference, { deadlineMs } = {}) => {
        heard.push(deadlineMs)
        return async () => {
          now += 40
          return present(reference)
        }
      },
    }
    await toPromise(findUsers(provider, ids(1), { deadlineMs: 100, clock }))
    await toPromise(findUsers(provider, ids(9), { deadlineMs: 1_000, clock }))
    expect(heard[0]).toBe(100)
    expect(Number(heard.at(-1)) % 40).toBe(0)
    expect(heard.at(-1)).toBeLessThan(1_000)
  })
})

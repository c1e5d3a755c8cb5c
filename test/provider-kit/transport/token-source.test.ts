import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type AccessTokenRequest, type Clock, Http, type TransportEvent } from '../../../src/provider-kit/index.ts'
import { defaultRetryPolicy } from '../../../src/provider-kit/transport/retry-policy.ts'
import {
  givenCredentials,
  sourcedCredentials,
  type TokenSourceOptions,
} from '../../../src/provider-kit/transport/token-source.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { origin, readFailure } from './transport-with.ts'
import { vendor } from './vendor.ts'
import { createVirtualClock } from './virtual-clock.ts'

withoutNetwork()

const sourceOptions = (clock: Clock, more: Partial<TokenSourceOptions> = {}): TokenSourceOptions => ({
  provider: 'vendor-1',
  clock,
  policy: defaultRetryPolicy,
  random: () => 1,
  emit: () => {},
  ...more,
})

describe('tokens from a source of the caller', () => {
  const clock = createVirtualClock()

  test('are asked for with the one that was refused', async () => {
    const asked: (string | undefined)[] = []
    const credentials = sourcedCredentials(async ({ rejected }) => {
      asked.push(rejected)
      return `token-${asked.length}`
    }, sourceOptions(clock))
    expect(await credentials.current()).toEqual(E.right('token-1'))
    credentials.accepted('token-1')
    credentials.rejected('token-1')
    expect(await credentials.current()).toEqual(E.right('token-2'))
    expect(asked).toEqual([undefined, 'token-1'])
  })

  test('may tell how long they live', async () => {
    const own = createVirtualClock()
    let asked = 0
    const credentials = sourcedCredentials(
      async () => ({ token: `token-${++asked}`, lifetimeMs: 10_000 }),
      sourceOptions(own),
    )
    await credentials.current()
    own.advance(5_000)
    expect(await credentials.current()).toEqual(E.right('token-2'))
  })

  for (const [how, source] of [
    ['rejects', async () => Promise.reject(new Error('s3cr3t'))],
    [
      'throws',
      () => {
        throw new Error('s3cr3t')
      },
    ],
  ] as const) {
    test(`are a failure that shows nothing where the source ${how}`, async () => {
      const result = await sourcedCredentials(source, sourceOptions(clock)).current()
      expect(result).toEqual(
        E.left({
          _tag: 'AuthenticationFailed',
          provider: 'vendor-1',
          operation: 'access token source',
          message: 'the access token source failed',
        }),
      )
      expect(JSON.stringify(result)).not.toContain('s3cr3t')
    })
  }
})

describe('credentials that are given as they are', () => {
  const clock = createVirtualClock()

  test('are one fixed token where they are a text', async () => {
    const credentials = givenCredentials('abc', sourceOptions(clock))
    expect(await credentials.current()).toEqual(E.right('abc'))
    expect(credentials.rejected('abc')).toBe('giveUp')
    expect(await credentials.current()).toEqual(E.right('abc'))
  })

  test('are asked for where they are a source', async () => {
    const credentials = givenCredentials(async ({ rejected }) => `after ${rejected}`, sourceOptions(clock))
    expect(await credentials.current()).toEqual(E.right('after undefined'))
    credentials.accepted('after undefined')
    credentials.rejected('after undefined')
    expect(await credentials.current()).toEqual(E.right('after after undefined'))
  })
})

describe('a source that gives no token', () => {
  test.each([undefined, null, {}, 7])('but %j is an authentication that failed', async (given) => {
    const source: unknown = async () => given
    const isSource = (value: unknown): value is () => Promise<string> => typeof value === 'function'
    const credentials = isSource(source) ? sourcedCredentials(source, sourceOptions(createVirtualClock())) : undefined
    expect(await credentials?.current()).toMatchObject({
      left: { _tag: 'AuthenticationFailed', message: 'the access token source gave no token' },
    })
  })
})

describe('a source that says why it has no token', () => {
  const down = { reason: 'the vault of ada@example.com is sealed, token=abc123', transient: true }

  test('fails once, with the reason, without what is secret in it', async () => {
    let asked = 0
    const source = async () => {
      asked++
      return { ...down, transient: false }
    }
    const clock = createVirtualClock()
    expect(await sourcedCredentials(source, sourceOptions(clock)).current()).toEqual(
      E.left({
        _tag: 'AuthenticationFailed',
        provider: 'vendor-1',
        operation: 'access token source',
        message: 'the access token source failed: the vault of ***@*** is sealed, token=***',
      }),
    )
    expect(asked).toBe(1)
    expect(clock.slept).toEqual([])
  })

  test('does not show the token that was refused', async () => {
    const source = async ({ rejected }: AccessTokenRequest) =>
      rejected === undefined ? 'first-token-of-all' : { reason: `${rejected} is not known` }
    const credentials = sourcedCredentials(source, sourceOptions(createVirtualClock()))
    await credentials.current()
    credentials.rejected('first-token-of-all')
    expect(await credentials.current()).toMatchObject({
      left: { message: 'the access token source failed: *** is not known' },
    })
  })

  test('is asked again where that may help, after the waits of the retry policy, which the host hears of', async () => {
    let asked = 0
    const events: TransportEvent[] = []
    const clock = createVirtualClock()
    const source = async () => (++asked < 3 ? down : 'token')
    const options = sourceOptions(clock, { emit: (event) => events.push(event) })
    expect(await sourcedCredentials(source, options).current()).toEqual(E.right('token'))
    expect(clock.slept).toEqual([500, 1_000])
    const wait = { type: 'wait', provider: 'vendor-1', operation: 'access token source', reason: 'retry' }
    expect(events).toEqual([
      { ...wait, ms: 500 },
      { ...wait, ms: 1_000 },
    ])
  })

  test('is unavailable after as many attempts as the retry policy has', async () => {
    const clock = createVirtualClock()
    const policy = { ...defaultRetryPolicy, attempts: 2 }
    const result = await sourcedCredentials(async () => down, sourceOptions(clock, { policy })).current()
    expect(result).toMatchObject({ left: { _tag: 'Unavailable', attempts: 2 } })
    expect(JSON.stringify(result)).toMatch(/failed, 2 attempts made: .*is sealed, token=\*\*\*/)
  })
})

describe('a source that hangs', () => {
  /** An API whose tokens come from a source that answers only when it is told to. */
  const hanging = () => {
    const requests: AccessTokenRequest[] = []
    const answers: ((token: string) => void)[] = []
    const token = (request: AccessTokenRequest) => {
      requests.push(request)
      return new Promise<string>((resolve) => answers.push(resolve))
    }
    const { send } = Http.openApi({ id: 'vendor-1', url: origin, readFailure, token }, {})
    return { requests, answers, get: (scope = {}) => send({ method: 'GET', path: '/seats' }, scope)() }
  }

  test('ends with the deadline of the caller, and hears that nobody waits any longer', async () => {
    const { requests, get } = hanging()
    expect(await get({ deadlineAt: performance.timeOrigin + performance.now() + 20 })).toMatchObject({
      left: { _tag: 'DeadlineExceeded', message: 'the deadline has passed; no access token came before it' },
    })
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  test('ends with the signal of the caller', async () => {
    const { requests, get } = hanging()
    const stop = new AbortController()
    const result = get({ signal: stop.signal })
    await new Promise(setImmediate)
    expect(requests[0]?.signal.aborted).toBe(false)
    stop.abort()
    expect(await result).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(requests[0]?.signal.aborted).toBe(true)
  })

  test('goes on for the others who wait', async () => {
    vendor().get('/seats').reply(200, {})
    const { requests, answers, get } = hanging()
    const stop = new AbortController()
    const [stopped, other] = [get({ signal: stop.signal }), get()]
    await new Promise(setImmediate)
    stop.abort()
    expect(await stopped).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([false])
    answers[0]?.('token')
    expect(await other).toMatchObject({ right: { status: 200 } })
  })

  test('is asked anew by the next call, and what it answers late is not taken', async () => {
    vendor().get('/seats').matchHeader('authorization', 'Bearer new').reply(200, {})
    const { requests, answers, get } = hanging()
    const stop = new AbortController()
    const stopped = get({ signal: stop.signal })
    await new Promise(setImmediate)
    stop.abort()
    await stopped
    const next = get()
    await new Promise(setImmediate)
    expect(requests).toHaveLength(2)
    answers[0]?.('old')
    await new Promise(setImmediate)
    answers[1]?.('new')
    expect(await next).toMatchObject({ right: { status: 200 } })
  })
})

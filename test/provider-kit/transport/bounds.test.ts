import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mintedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
import { answered, get, outcome, transportWith } from './transport-with.ts'
import { createVirtualClock } from './virtual-clock.ts'

const ok = { seats: 3 }
const answer = () => new Response(JSON.stringify(ok))
const DAY_MS = 86_400_000

const tick = () => new Promise((resolve) => setImmediate(resolve))

describe('the timers of a request', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const hanging = () => new Promise<Response>(() => {})
  const minted = () =>
    mintedCredentials({ clock: createVirtualClock(), mint: () => async () => E.right({ token: 'abc' }) })

  for (const [how, fetch] of [
    ['is answered', async () => answer()],
    ['fails', async () => Promise.reject(new TypeError('fetch failed'))],
  ] as const) {
    test(`are gone when it ${how}`, async () => {
      const { transport, clock } = transportWith({ credentials: minted(), runtime: { fetch } })
      await outcome(transport(get(), { deadlineAt: clock.now() + 60_000 }))
      expect(vi.getTimerCount()).toBe(0)
    })
  }

  test('are gone when the caller stops it', async () => {
    const { transport, clock } = transportWith({ runtime: { fetch: hanging } })
    const controller = new AbortController()
    const stopped = outcome(transport(get(), { signal: controller.signal, deadlineAt: clock.now() + 60_000 }))
    await tick()
    controller.abort()
    await stopped
    await tick()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('end an attempt after half a minute where nothing else is configured', async () => {
    const { transport } = transportWith({ policy: { attempts: 1 }, runtime: { fetch: hanging } })
    let result: unknown
    const ended = outcome(transport(get(), {})).then((error) => {
      result = error
    })
    await tick()
    await vi.advanceTimersByTimeAsync(29_999)
    expect(result).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await ended
    expect(result).toMatchObject({
      message: 'api.vendor.example could not be reached, 1 attempt made: no answer in time',
    })
  })

  test('take a deadline that comes with the timeout for the deadline', async () => {
    const { transport, clock } = transportWith({ policy: { timeoutMs: 1_000 }, runtime: { fetch: hanging } })
    const ended = outcome(transport(get(), { deadlineAt: clock.now() + 1_000 }))
    await tick()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await ended).toMatchObject({ _tag: 'DeadlineExceeded' })
  })
})

describe('a deadline in a month, longer than any timer', () => {
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return answer()
  }

  test('does not end a request now', async () => {
    const { transport, clock } = transportWith({ runtime: { fetch: slow } })
    const request = transport(get(), { deadlineAt: clock.now() + 30 * DAY_MS })
    expect(await timersThatGoByTurns()(outcome(request))).toEqual(answered(ok))
  })

  test('nor does a timeout of a month', async () => {
    const { transport } = transportWith({ policy: { timeoutMs: 30 * DAY_MS }, runtime: { fetch: slow } })
    expect(await timersThatGoByTurns()(outcome(transport(get(), {})))).toEqual(answered(ok))
  })
})

describe('a failure of credentials that several providers share', () => {
  test('is in the name of the provider that needed them', async () => {
    const error = { _tag: 'RateLimited', provider: 'vendor-2', operation: 'POST /token', message: 'no' } as const
    const { transport } = transportWith({
      credentials: mintedCredentials({ clock: createVirtualClock(), mint: () => async () => E.left(error) }),
    })
    expect(await outcome(transport(get(), {}))).toEqual({ ...error, provider: 'vendor-1' })
  })
})

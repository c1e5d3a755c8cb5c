import { describe, expect, test } from 'vitest'
import { createRequestBudget, type RateReading, type RequestBudget } from '../../../src/provider-kit/index.ts'
import { get, outcome, transportWith } from './transport-with.ts'
import { createVirtualClock } from './virtual-clock.ts'

const ok = () => new Response('{"seats":3}', { headers: { 'content-type': 'application/json' } })
const tick = () => new Promise((resolve) => setImmediate(resolve))

const numberOf = (text: string | undefined): number => Number(text ?? Number.NaN)

describe('a 429 that names a time', () => {
  test('pauses every request of the budget, not only its own', async () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    const startedAt = new Map<string, number>()
    let throttled = false
    const start = clock.now()
    const fetch: typeof globalThis.fetch = async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : String(input))
      startedAt.set(pathname, clock.now() - start)
      if (throttled || pathname !== '/throttled') return ok()
      throttled = true
      return new Response('{}', { status: 429, headers: { 'retry-after': '30' } })
    }
    const one = transportWith({ budget, runtime: { clock, fetch } })
    const other = transportWith({ provider: 'vendor-2', budget, runtime: { clock, fetch } })
    const first = outcome(one.transport(get('/throttled'), {}))
    for (let turn = 0; turn < 10 && !throttled; turn++) await tick()
    await tick()
    await tick()
    const second = outcome(other.transport(get('/innocent'), {}))
    await Promise.all([first, second])
    expect(startedAt).toEqual(
      new Map([
        ['/throttled', 30_000],
        ['/innocent', 30_000],
      ]),
    )
    expect(other.events).toContainEqual({
      type: 'wait',
      provider: 'vendor-2',
      operation: 'GET /seats',
      reason: 'rateLimit',
      ms: 30_000,
    })
  })

  test('or names none pauses every request of the budget', async () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    const holds: unknown[] = []
    let throttled = false
    const fetch: typeof globalThis.fetch = async () => {
      if (throttled) return ok()
      throttled = true
      return new Response('{}', { status: 429 })
    }
    const onEvent = ({ type }: { readonly type: string }) => {
      if (type === 'wait') holds.push(budget.claim())
    }
    const { transport } = transportWith({ budget, runtime: { clock, fetch, onEvent } })
    await outcome(transport(get(), {}))
    expect(holds).toEqual([{ ms: 500, reason: 'rateLimit' }])
  })

  test('is unlike a failure of the vendor, after which only that one request waits', async () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    const holds: unknown[] = []
    const fetch = async () => new Response('{}', { status: 503 })
    const onEvent = ({ type }: { readonly type: string }) => {
      if (type === 'wait') holds.push(budget.claim())
    }
    const { transport } = transportWith({ budget, policy: { attempts: 3 }, runtime: { clock, fetch, onEvent } })
    await outcome(transport(get(), {}))
    expect(holds).toEqual([undefined, undefined])
  })

  test('is not forgotten for a shorter one that comes after it', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    budget.pause(30_000)
    budget.pause(1_000)
    expect(budget.claim()).toEqual({ ms: 30_000, reason: 'rateLimit' })
    clock.advance(29_999)
    expect(budget.claim()).toEqual({ ms: 1, reason: 'rateLimit' })
    clock.advance(1)
    expect(budget.claim()).toBeUndefined()
  })
})

describe('a wait', () => {
  const throttledFor = (seconds: number) => async () =>
    new Response('{}', { status: 429, headers: { 'retry-after': String(seconds) } })

  test('that would end after the deadline is not begun', async () => {
    const { transport, clock } = transportWith({ runtime: { fetch: throttledFor(60) } })
    const start = clock.now()
    const result = await outcome(transport(get(), { deadlineAt: start + 60_000 }))
    expect(result).toMatchObject({ _tag: 'DeadlineExceeded' })
    expect(clock.slept).toEqual([])
  })

  test('before another attempt is not begun either where it would end after the deadline', async () => {
    let requests = 0
    const fetch = async () => {
      requests++
      return new Response('{}', { status: 503 })
    }
    const { transport, clock } = transportWith({ runtime: { fetch } })
    const result = await outcome(transport(get(), { deadlineAt: clock.now() + 500 }))
    expect(result).toMatchObject({ _tag: 'DeadlineExceeded' })
    expect(requests).toBe(1)
    expect(clock.slept).toEqual([])
  })

  test('ends at once when the signal fires', async () => {
    const controller = new AbortController()
    const { transport } = transportWith({
      runtime: {
        fetch: throttledFor(60),
        onEvent: (event) => {
          if (event.type === 'wait') controller.abort()
        },
      },
    })
    expect(await outcome(transport(get(), { signal: controller.signal }))).toMatchObject({ _tag: 'Aborted' })
  })

  test('holds no place among the requests under way', async () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock, concurrency: 1 })
    const order: string[] = []
    let failures = 1
    const fetch: typeof globalThis.fetch = async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : String(input))
      order.push(pathname)
      return pathname === '/slow' && failures-- > 0 ? new Response('{}', { status: 503 }) : ok()
    }
    const { transport } = transportWith({ budget, runtime: { clock, fetch } })
    await Promise.all([outcome(transport(get('/slow'), {})), outcome(transport(get('/other'), {}))])
    expect(order).toEqual(['/slow', '/other', '/slow'])
  })
})

describe('requests under way', () => {
  /** A vendor that answers when it is told to. */
  const slowVendor = () => {
    let underWay = 0
    let most = 0
    const answers: (() => void)[] = []
    const fetch: typeof globalThis.fetch = () =>
      new Promise((resolve) => {
        underWay++
        most = Math.max(most, underWay)
        answers.push(() => {
          underWay--
          resolve(ok())
        })
      })
    const answerAll = async () => {
      for (let turn = 0; turn < 20; turn++) {
        await tick()
        for (const answer of answers.splice(0)) answer()
      }
    }
    return { fetch, answerAll, most: () => most, waiting: () => answers.length }
  }

  const twenty = Array.from({ length: 20 }, (_, index) => `/seats/${index}`)

  test('are at most eight where nothing else is configured', async () => {
    const { fetch, answerAll, most } = slowVendor()
    const { transport } = transportWith({ budget: createRequestBudget(), runtime: { fetch } })
    const all = Promise.all(twenty.map((path) => outcome(transport(get(path), {}))))
    await answerAll()
    await all
    expect(most()).toBe(8)
  })

  test('are at most as many as is configured', async () => {
    const { fetch, answerAll, most } = slowVendor()
    const budget = createRequestBudget({ concurrency: 3 })
    expect(budget.concurrency).toBe(3)
    const { transport } = transportWith({ budget, runtime: { fetch } })
    const all = Promise.all(twenty.map((path) => outcome(transport(get(path), {}))))
    await answerAll()
    await all
    expect(most()).toBe(3)
  })

  test('are not waited for by a caller who aborts before it is their turn', async () => {
    const { fetch, answerAll, waiting } = slowVendor()
    const { transport } = transportWith({ budget: createRequestBudget({ concurrency: 1 }), runtime: { fetch } })
    const first = outcome(transport(get('/first'), {}))
    await tick()
    const controller = new AbortController()
    let stopped: unknown
    const second = outcome(transport(get('/second'), { signal: controller.signal })).then((result) => {
      stopped = result
    })
    await tick()
    controller.abort()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect.soft(stopped).toMatchObject({ _tag: 'Aborted' })
    expect(waiting()).toBe(1)
    await answerAll()
    await Promise.all([first, second])
  })

  test('do not begin after the deadline, where it passed while they waited for their turn', async () => {
    const asked: string[] = []
    let answerFirst = () => {}
    const fetch: typeof globalThis.fetch = (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : String(input))
      asked.push(pathname)
      if (pathname !== '/first') return Promise.resolve(ok())
      return new Promise((resolve) => {
        answerFirst = () => resolve(ok())
      })
    }
    const { transport, clock } = transportWith({ budget: createRequestBudget({ concurrency: 1 }), runtime: { fetch } })
    const first = outcome(transport(get('/first'), {}))
    await tick()
    const second = outcome(transport(get('/second'), { deadlineAt: clock.now() + 1_000 }))
    await tick()
    clock.advance(2_000)
    answerFirst()
    await first
    expect(await second).toMatchObject({ _tag: 'DeadlineExceeded' })
    expect(asked).toEqual(['/first'])
  })
})

describe('a configured rate', () => {
  const claimAll = (budget: RequestBudget, count: number) => Array.from({ length: count }, () => budget.claim())

  test('lets as many requests start in any minute', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock, requestsPerMinute: 3 })
    expect(claimAll(budget, 4)).toEqual([undefined, undefined, undefined, { ms: 60_000, reason: 'pace' }])
  })

  test('counts the minute from each request, not from a clock’s', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock, requestsPerMinute: 2 })
    budget.claim()
    clock.advance(40_000)
    budget.claim()
    expect(budget.claim()).toEqual({ ms: 20_000, reason: 'pace' })
    clock.advance(20_000)
    expect(budget.claim()).toBeUndefined()
    expect(budget.claim()).toEqual({ ms: 40_000, reason: 'pace' })
  })

  test('may be of any time, and holds beside that of a minute', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock, requestsPerMinute: 2, pace: { requests: 1, inMs: 10_000 } })
    expect(claimAll(budget, 2)).toEqual([undefined, { ms: 10_000, reason: 'pace' }])
    clock.advance(10_000)
    expect(claimAll(budget, 2)).toEqual([undefined, { ms: 50_000, reason: 'pace' }])
  })

  test('is kept over many requests at once', async () => {
    const clock = createVirtualClock()
    const startedAt: number[] = []
    const start = clock.now()
    const fetch: typeof globalThis.fetch = async () => {
      startedAt.push(clock.now() - start)
      return ok()
    }
    const budget = createRequestBudget({ clock, requestsPerMinute: 4 })
    const { transport } = transportWith({ budget, runtime: { clock, fetch } })
    await Promise.all(Array.from({ length: 10 }, () => outcome(transport(get(), {}))))
    expect(startedAt).toEqual([0, 0, 0, 0, 60_000, 60_000, 60_000, 60_000, 120_000, 120_000])
  })

  test('is none where none is configured', () => {
    const budget = createRequestBudget({ clock: createVirtualClock() })
    expect(claimAll(budget, 1_000).every((hold) => hold === undefined)).toBe(true)
  })
})

describe('a rate that the vendor tells', () => {
  const reading = (used: number, details: Partial<RateReading> = {}): RateReading => ({
    allowed: 10,
    used,
    resetMs: 30_000,
    ...details,
  })

  test('lets through what is left and holds the rest until the reset', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    budget.observe(reading(8))
    expect([budget.claim(), budget.claim(), budget.claim()]).toEqual([
      undefined,
      undefined,
      { ms: 30_000, reason: 'pace' },
    ])
    clock.advance(30_000)
    expect(budget.claim()).toBeUndefined()
  })

  test('is not made larger by an answer that was counted before others', () => {
    const budget = createRequestBudget({ clock: createVirtualClock() })
    budget.observe(reading(9))
    budget.observe(reading(5))
    expect([budget.claim(), budget.claim()]).toEqual([undefined, { ms: 30_000, reason: 'pace' }])
  })

  test('is made smaller by what others spend', () => {
    const budget = createRequestBudget({ clock: createVirtualClock() })
    budget.observe(reading(2))
    budget.observe(reading(10))
    expect(budget.claim()).toEqual({ ms: 30_000, reason: 'pace' })
  })

  test('begins anew after its reset', () => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ clock })
    budget.observe(reading(10))
    clock.advance(30_000)
    budget.observe(reading(1))
    expect(Array.from({ length: 9 }, () => budget.claim()).every((hold) => hold === undefined)).toBe(true)
    expect(budget.claim()).toMatchObject({ reason: 'pace' })
  })

  test('does not count on places that requests under way may take', async () => {
    const budget = createRequestBudget({ clock: createVirtualClock() })
    const answer = (read: () => void) => budget.run(async () => read())
    let finish = () => {}
    const hanging = new Promise<void>((resolve) => {
      finish = resolve
    })
    const others = [budget.run(() => hanging), budget.run(() => hanging)]
    await answer(() => budget.observe(reading(6)))
    expect([budget.claim(), budget.claim(), budget.claim()]).toEqual([
      undefined,
      undefined,
      { ms: 30_000, reason: 'pace' },
    ])
    finish()
    await Promise.all(others)
  })

  test('paces the requests of a transport, so that the vendor need not refuse any', async () => {
    const clock = createVirtualClock()
    const windowMs = 30_000
    let refused = 0
    const spent = new Map<number, number>()
    const fetch: typeof globalThis.fetch = async () => {
      const window = Math.floor(clock.now() / windowMs)
      const used = (spent.get(window) ?? 0) + 1
      spent.set(window, used)
      if (used > 5) refused++
      const headers = { allowed: '5', used: String(used), reset: String((window + 1) * windowMs - clock.now()) }
      return new Response('{}', { status: used > 5 ? 429 : 200, headers })
    }
    const { transport } = transportWith({
      budget: createRequestBudget({ clock }),
      readRate: ({ header }) => ({
        allowed: numberOf(header('allowed')),
        used: numberOf(header('used')),
        resetMs: numberOf(header('reset')),
      }),
      runtime: { clock, fetch },
    })
    await outcome(transport(get(), {}))
    const results = await Promise.all(Array.from({ length: 19 }, () => outcome(transport(get(), {}))))
    expect(results.every((result) => 'status' in result && result.status === 200)).toBe(true)
    expect(refused).toBe(0)
    expect(Math.max(...spent.values())).toBe(5)
  })
})

describe('whoever watches', () => {
  test('cannot break a request by throwing', async () => {
    const fetch = async () => ok()
    const onEvent = () => {
      throw new Error('the display is gone')
    }
    const { transport } = transportWith({ runtime: { clock: createVirtualClock(), fetch, onEvent } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ status: 200 })
  })
})

describe('a window of the vendor’s that ends in a day', () => {
  test('is not waited for: the rate is used up, and the error says for how long', async () => {
    const clock = createVirtualClock()
    const readRate = (): RateReading => ({ allowed: 300, used: 300, resetMs: 86_400_000 })
    const { transport } = transportWith({ readRate, runtime: { clock, fetch: async () => ok() } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ status: 200 })
    expect(await outcome(transport(get(), {}))).toEqual({
      _tag: 'RateLimited',
      provider: 'vendor-1',
      operation: 'GET /seats',
      message: 'the rate is used up; try again in 86400 s',
      retryAfterMs: 86_400_000,
    })
    expect(clock.slept).toEqual([])
  })

  test('is waited for where it ends in exactly as much as is waited for at all', async () => {
    const clock = createVirtualClock()
    const readRate = (): RateReading => ({ allowed: 300, used: 300, resetMs: 180_000 })
    const { transport } = transportWith({
      budget: createRequestBudget({ clock }),
      readRate,
      runtime: { clock, fetch: async () => ok() },
    })
    await outcome(transport(get(), {}))
    expect(await outcome(transport(get(), {}))).toMatchObject({ status: 200 })
    expect(clock.slept).toEqual([180_000])
  })
})

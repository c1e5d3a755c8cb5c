import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRequestBudget } from '../../../src/provider-kit/index.ts'
import { createAdaptiveConcurrency } from '../../../src/provider-kit/transport/adaptive-concurrency.ts'
import { createVirtualClock } from './virtual-clock.ts'

/** So many answers of a vendor who takes `msAt` for each where so many requests are under way. Gives the limits on the way. */
const afterAnswers = (answers: number, most: number, msAt: (underWay: number, answer: number) => number) => {
  const adaptive = createAdaptiveConcurrency(most)
  const limits = [adaptive.limit()]
  for (let answer = 0; answer < answers; answer++) {
    const underWay = adaptive.limit()
    adaptive.answered('GET /users', msAt(underWay, answer), underWay)
    limits.push(adaptive.limit())
  }
  return { adaptive, limits, last: adaptive.limit() }
}

describe('how many requests run at once', () => {
  test('is few at first, and the bound after a few answers that come as quickly as before', () => {
    const { limits } = afterAnswers(4, 8, () => 30)
    expect(limits).toEqual([4, 4, 4, 4, 8])
    expect(afterAnswers(100, 64, () => 30).last).toBe(64)
    expect(createAdaptiveConcurrency(1).limit()).toBe(1)
  })

  test('is less while the vendor takes longer the more there are, and not much less than it bears', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 60, max: 500 }), (bears, ms) => {
        const { limits } = afterAnswers(20_000, 200, (underWay) => ms * Math.max(1, underWay / bears))
        const settled = limits.slice(-5_000)
        const mean = settled.reduce((sum, limit) => sum + limit, 0) / settled.length
        expect(mean).toBeGreaterThan(bears / 2)
        expect(mean).toBeLessThan(5 * bears)
      }),
      { numRuns: 50 },
    )
  })

  test('comes back to the bound where the vendor becomes slower whatever there is', () => {
    const { last } = afterAnswers(2_000, 16, (_, answer) => (answer < 200 ? 30 : 400))
    expect(last).toBe(16)
  })

  test('is judged by operation: one whose answers take longer is not slow', () => {
    const adaptive = createAdaptiveConcurrency(16)
    for (let answer = 0; answer < 100; answer++) {
      adaptive.answered('GET /users', 800, adaptive.limit())
      adaptive.answered('GET /licenses', 20, adaptive.limit())
    }
    expect(adaptive.limit()).toBe(16)
  })

  test('stays as it is where fewer are asked for', () => {
    const adaptive = createAdaptiveConcurrency(16)
    for (let answer = 0; answer < 100; answer++) adaptive.answered('GET /users', 20, 1)
    expect(adaptive.limit()).toBe(4)
  })

  test('is from one to the bound, whatever comes', () => {
    const event = fc.oneof(fc.constant('throttled' as const), fc.tuple(fc.constantFrom('a', 'b'), fc.nat(100_000)))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(event, { maxLength: 300 }), (most, events) => {
        const adaptive = createAdaptiveConcurrency(most)
        for (const told of events) {
          if (told === 'throttled') adaptive.throttled()
          else adaptive.answered(told[0], told[1], adaptive.limit())
          expect(adaptive.limit()).toBeGreaterThanOrEqual(1)
          expect(adaptive.limit()).toBeLessThanOrEqual(most)
        }
      }),
    )
  })
})

describe('a budget', () => {
  /** Requests of a vendor who takes 100 ms for each. Gives how many were under way at most, of every hundred of them. */
  const run = async (concurrency: number, refused: (request: number) => boolean = () => false) => {
    const clock = createVirtualClock()
    const budget = createRequestBudget({ concurrency, clock })
    const most: number[] = []
    let underWay = 0
    const requests = Array.from({ length: 400 }, (_, request) =>
      budget.run(async () => {
        underWay++
        const hundred = Math.floor(request / 100)
        most[hundred] = Math.max(most[hundred] ?? 0, underWay)
        await clock.sleep(100)
        if (refused(request)) budget.pause(1)
        budget.answered?.('GET /users', 100)
        underWay--
      }),
    )
    await Promise.all(requests)
    return most
  }

  test('has as many requests under way as it may, and never more', async () => {
    expect(await run(8)).toEqual([8, 8, 8, 8])
    expect(await run(3)).toEqual([3, 3, 3, 3])
  })

  test('has half as many after a refusal, and one more at a time from then on', async () => {
    const [first, second] = await run(16, (request) => request === 100)
    expect(first).toBe(16)
    const afterwards = await run(16, (request) => request % 20 === 0)
    expect(Math.max(...afterwards.slice(1))).toBeLessThan(16)
    expect(second).toBeLessThanOrEqual(16)
  })
})

import { describe, expect, test } from 'vitest'
import { createRequestBudget, type RateReading, type RequestBudget } from '../../../src/provider-kit/index.ts'
import { createVirtualClock } from './virtual-clock.ts'

const reading = (used: number, details: Partial<RateReading> = {}): RateReading => ({
  allowed: 10,
  used,
  resetMs: 30_000,
  ...details,
})

const held = (ms: number) => ({ ms, reason: 'pace' })

/** How many requests may go now, and what holds the next one. */
const claimAll = (budget: RequestBudget) => {
  for (let claimed = 0; ; claimed++) {
    const hold = budget.claim()
    if (hold !== undefined) return { claimed, hold }
  }
}

const start = () => {
  const clock = createVirtualClock()
  return { clock, budget: createRequestBudget({ clock }) }
}

describe('a reading that cannot be true', () => {
  test.each<[string, Partial<RateReading>]>([
    ['allows nothing', { allowed: 0 }],
    ['allows less than nothing', { allowed: -1 }],
    ['allows what is no number', { allowed: Number.NaN }],
    ['allows what has no end', { allowed: Number.POSITIVE_INFINITY }],
    ['has used less than nothing', { used: -5 }],
    ['has used what is no number', { used: Number.NaN }],
    ['ends in the past', { resetMs: -1 }],
    ['ends never', { resetMs: Number.POSITIVE_INFINITY }],
    ['ends in years', { resetMs: 999_999_999_000 }],
    ['ends at no time', { resetMs: Number.NaN }],
  ])('as it %s holds nobody up', (_, details) => {
    const { budget } = start()
    budget.observe(reading(10, details))
    expect(budget.claim()).toBeUndefined()
  })

  test('leaves a window that is known as it is', () => {
    const { budget } = start()
    budget.observe(reading(8))
    budget.observe(reading(10, { allowed: 0, resetMs: Number.NaN }))
    expect(claimAll(budget)).toEqual({ claimed: 2, hold: held(30_000) })
  })
})

describe('a window that an answer told of', () => {
  test('ends no later than it was told at first, as late answers say', () => {
    const { clock, budget } = start()
    budget.observe(reading(5))
    clock.advance(10_000)
    budget.observe(reading(10))
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(20_000) })
  })

  test('ends sooner where an answer says so', () => {
    const { clock, budget } = start()
    budget.observe(reading(5))
    clock.advance(10_000)
    budget.observe(reading(10, { resetMs: 4_000 }))
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(4_000) })
  })

  test('takes in every answer where it is the first one, whenever that was sent', () => {
    const { clock, budget } = start()
    budget.observe(reading(2), clock.now())
    budget.observe(reading(10), clock.now() - 60_000)
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(30_000) })
  })

  test('may allow less than the one before', () => {
    const { clock, budget } = start()
    budget.observe(reading(10))
    clock.advance(30_000)
    budget.observe(reading(0, { allowed: 3 }))
    expect(claimAll(budget).claimed).toBe(3)
    clock.advance(30_000)
    expect(claimAll(budget).claimed).toBe(3)
  })
})

describe('a window of which no answer has told yet', () => {
  test('is like the one before it: as much is allowed, for as long', () => {
    const { clock, budget } = start()
    budget.observe(reading(10))
    clock.advance(30_000)
    expect(claimAll(budget)).toEqual({ claimed: 10, hold: held(30_000) })
    clock.advance(29_999)
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(1) })
    clock.advance(1)
    expect(claimAll(budget)).toEqual({ claimed: 10, hold: held(30_000) })
  })

  test('is as long as the longest time to a reset that was ever told', () => {
    const { clock, budget } = start()
    budget.observe(reading(1))
    clock.advance(20_000)
    budget.observe(reading(10, { resetMs: 10_000 }))
    clock.advance(10_000)
    expect(claimAll(budget)).toEqual({ claimed: 10, hold: held(30_000) })
  })

  test('ends when its first answer says, also where that is later than was thought', () => {
    const { clock, budget } = start()
    budget.observe(reading(10))
    clock.advance(30_000)
    budget.claim()
    clock.advance(10_000)
    budget.observe(reading(10))
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(30_000) })
  })

  test('does not end later again once an answer has told of it', () => {
    const { clock, budget } = start()
    budget.observe(reading(10))
    clock.advance(30_000)
    budget.observe(reading(1))
    clock.advance(10_000)
    budget.observe(reading(10))
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(20_000) })
  })

  test('loses one request, and no more, to a late answer of the window before', () => {
    const { clock, budget } = start()
    const sentAt = clock.now()
    budget.observe(reading(9), sentAt)
    clock.advance(30_000)
    budget.claim()
    budget.observe(reading(10), sentAt)
    expect(claimAll(budget)).toEqual({ claimed: 8, hold: held(30_000) })
  })

  test('takes in the answer to a request that was sent when it began', () => {
    const { clock, budget } = start()
    budget.observe(reading(9))
    clock.advance(30_000)
    budget.claim()
    budget.observe(reading(10), clock.now())
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(30_000) })
  })

  test('takes in an answer of which nobody knows when its request was sent', () => {
    const { clock, budget } = start()
    budget.observe(reading(9))
    clock.advance(30_000)
    budget.claim()
    budget.observe(reading(10))
    expect(claimAll(budget)).toEqual({ claimed: 0, hold: held(30_000) })
  })
})

describe('a vendor that says how much is left, and not how much there is,', () => {
  const left = (remaining: number, resetMs = 30_000) => ({ remaining, resetMs })

  test('is taken at its word within a window', () => {
    const { clock, budget } = start()
    budget.observe(left(5))
    expect(budget.claim()).toBeUndefined()
    clock.advance(1_000)
    budget.observe(left(3, 29_000))
    expect(claimAll(budget)).toEqual({ claimed: 3, hold: held(29_000) })
  })

  // As a limit of what is left and one more, each window would have let one request through.
  test('says anew in each window, whatever was left of the one before', () => {
    const { clock, budget } = start()
    budget.observe(left(0))
    expect(budget.claim()).toEqual(held(30_000))
    clock.advance(30_000)
    expect(budget.claim()).toBeUndefined()
    budget.observe(left(9), clock.now())
    expect(claimAll(budget)).toEqual({ claimed: 9, hold: held(30_000) })
  })

  test('is asked by as many requests as run at once, as long as it says nothing of a new window', () => {
    const { clock, budget } = start()
    budget.observe(left(0))
    clock.advance(30_000)
    expect(claimAll(budget)).toMatchObject({ claimed: budget.concurrency })
  })

  test.each([
    ['less than nothing', left(-1)],
    ['what is no number', left(Number.NaN)],
    ['no end', left(Number.POSITIVE_INFINITY)],
    ['an end in the past', left(0, -1)],
  ])('holds nobody up with %s', (_, given) => {
    const { budget } = start()
    budget.observe(given)
    expect(budget.claim()).toBeUndefined()
  })
})

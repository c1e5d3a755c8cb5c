import { describe, expect, it } from 'vitest'
import { createRateLimiter, createSimulatorClock } from '../../src/simulator-kit/index.ts'

describe('a rate limit', () => {
  it('counts by key and window, on the given clock', () => {
    const clock = createSimulatorClock(() => 0)
    const take = createRateLimiter({ requests: 2, windowMs: 10_000 }, clock.now)
    expect(take('one')).toEqual({ allowed: true, count: 1, limit: 2, resetSeconds: 10 })
    clock.advance(3_500)
    expect(take('one')).toMatchObject({ allowed: true, count: 2, resetSeconds: 7 })
    expect(take('one')).toMatchObject({ allowed: false, count: 3 })
    expect(take('other')).toMatchObject({ allowed: true, count: 1 })
    clock.advance(6_500)
    expect(take('one')).toMatchObject({ allowed: true, count: 1, resetSeconds: 10 })
  })

  it('is none where none is given', () => {
    expect(createRateLimiter(undefined, () => 0)('one')).toBeUndefined()
  })
})

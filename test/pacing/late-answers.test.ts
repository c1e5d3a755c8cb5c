import { describe, expect, test } from 'vitest'
import { createRequestBudget } from '../../src/provider-kit/index.ts'
import { createVirtualClock } from '../provider-kit/transport/virtual-clock.ts'

const ALLOWED = 10
const WINDOW_MS = 30_000

/** A budget after the first answer of a window. */
const opened = (used: number) => {
  const clock = createVirtualClock()
  const budget = createRequestBudget({ clock })
  budget.observe({ allowed: ALLOWED, used, resetMs: WINDOW_MS })
  /** How many requests may start now, and how long the next one then waits. */
  const spendAll = () => {
    let started = 0
    for (let hold = budget.claim(); ; hold = budget.claim()) {
      if (hold !== undefined) return { started, hold }
      started++
    }
  }
  return { clock, budget, spendAll }
}

describe('after the end of a window', () => {
  test('as many requests may start as in the one before, though no answer has told of the new one yet', () => {
    const { clock, spendAll } = opened(ALLOWED)
    clock.advance(WINDOW_MS)
    expect(spendAll()).toEqual({ started: ALLOWED, hold: { ms: WINDOW_MS, reason: 'pace' } })
  })

  test('what was started before the first answer of the new one is not forgotten with it', () => {
    const { clock, budget, spendAll } = opened(ALLOWED)
    clock.advance(WINDOW_MS)
    for (let started = 0; started < 6; started++) budget.claim()
    budget.observe({ allowed: ALLOWED, used: 1, resetMs: WINDOW_MS }, clock.now())
    expect(spendAll()).toMatchObject({ started: ALLOWED - 6 })
  })

  test('an answer to a request of the old one does not take the new one for spent', () => {
    const { clock, budget, spendAll } = opened(ALLOWED)
    const sentAt = clock.now() + WINDOW_MS - 1
    clock.advance(WINDOW_MS)
    budget.claim()
    budget.observe({ allowed: ALLOWED, used: ALLOWED, resetMs: 1_000 }, sentAt)
    // One is left out, as it may have come to be counted in the new one.
    expect(spendAll()).toEqual({ started: ALLOWED - 2, hold: { ms: WINDOW_MS, reason: 'pace' } })
  })
})

test('an answer that took long does not make a window longer', () => {
  const { clock, budget, spendAll } = opened(1)
  clock.advance(5_000)
  budget.observe({ allowed: ALLOWED, used: 2, resetMs: WINDOW_MS }, clock.now() - 5_000)
  expect(spendAll().hold).toEqual({ ms: WINDOW_MS - 5_000, reason: 'pace' })
})

import type { Clock } from '../../../src/provider-kit/index.ts'

export interface VirtualClock extends Clock {
  /** Every sleep that was begun, in milliseconds. */
  readonly slept: readonly number[]
  readonly advance: (ms: number) => void
}

interface Sleeper {
  readonly wakeAt: number
  readonly wake: () => void
}

/**
 * A clock on which sleeping takes no time. Whoever sleeps shortest is woken first, and only when nothing else is to be
 * done, so that what happens at one time happens before the next.
 */
export const createVirtualClock = (start = Date.parse('2026-11-20T10:00:00.000Z')): VirtualClock => {
  let now = start
  let scheduled = false
  const slept: number[] = []
  const sleepers = new Set<Sleeper>()

  const wakeNext = () => {
    scheduled = false
    const [next] = [...sleepers].sort((left, right) => left.wakeAt - right.wakeAt)
    if (next === undefined) return
    now = Math.max(now, next.wakeAt)
    next.wake()
    schedule()
  }
  const schedule = () => {
    if (scheduled || sleepers.size === 0) return
    scheduled = true
    // A few turns, so that answers that are there already are read first.
    setImmediate(() => setImmediate(() => setImmediate(wakeNext)))
  }

  return {
    now: () => now,
    slept,
    advance: (ms) => {
      now += ms
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        slept.push(ms)
        if (signal?.aborted) return resolve()
        const wake = () => {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper: Sleeper = { wakeAt: now + ms, wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', wake, { once: true })
        schedule()
      }),
  }
}

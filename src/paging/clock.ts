import { whenAborted } from './when-aborted.ts'

/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. Jumps when the system's clock is set. */
  readonly now: () => number
  /**
   * Milliseconds since any fixed moment, for deadlines and waits. Never goes back, also when the system's clock is set.
   * Default: `now`.
   */
  readonly elapsed?: (() => number) | undefined
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** The longest time of a timer, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The time for deadlines and waits. */
export const elapsedOn = (clock: Clock): number => clock.elapsed?.() ?? clock.now()

/** The clock of this machine, with real waits. The default wherever a clock can be passed in. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const finish = () => {
        clearTimeout(timer)
        letGo()
        resolve()
      }
      const timer = setTimeout(finish, Math.min(ms, MAX_TIMER_MS))
      const letGo = whenAborted(signal, finish)
    }),
}

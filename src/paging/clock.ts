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
  /**
   * Calls `act` after `ms`, unless the function that it returns is called before. For limits: of an attempt, and for deadlines. It
   * is no wait: where `sleep` returns at once, as in tests, this must not. Default: `setTimeout`.
   */
  readonly after?: ((ms: number, act: () => void) => () => void) | undefined
}

/** The longest time of a timer, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The time for deadlines and waits. */
export const elapsedOn = (clock: Clock): number => clock.elapsed?.() ?? clock.now()

/** Starts a timer on the clock. The result stops it. */
export const timerOn = (clock: Clock, ms: number, act: () => void): (() => void) => {
  if (clock.after !== undefined) return clock.after(ms, act)
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

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

import { whenAborted } from './when-aborted.ts'

/** Time, injected so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch, as a calendar has it. Jumps where the system's clock is set. */
  readonly now: () => number
  /**
   * Milliseconds since whenever, for deadlines and waits: never goes back, whatever happens to the system's clock.
   * Default: `now`.
   */
  readonly elapsed?: () => number
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** Timers take no more, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The time by which deadlines and waits go. */
export const elapsedOn = (clock: Clock): number => (clock.elapsed ?? clock.now)()

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

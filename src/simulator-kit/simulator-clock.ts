/** The time that a simulator goes by for tokens and rate limits. */
export interface SimulatorClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Lets time pass at once, in milliseconds. */
  readonly advance: (ms: number) => void
}

/** A clock that a test can move forward. `base`: the time to which that is added. Default: the system's. */
export const createSimulatorClock = (base: () => number = Date.now): SimulatorClock => {
  let advanced = 0
  return {
    now: () => base() + advanced,
    advance: (ms) => {
      advanced += ms
    },
  }
}

const DAY_MS = 86_400_000

/**
 * The start of the day of a time, in UTC and milliseconds since the epoch. What happens in seeded organizations ends there, so
 * that one of a seed is the same whenever it is started on a day, and is not out of date.
 */
export const startOfDay = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS

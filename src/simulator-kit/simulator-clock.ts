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

import type { Clock, ProviderRuntime } from '../../src/provider-kit/index.ts'

export interface StillRuntime extends ProviderRuntime {
  readonly clock: Clock
  /** The waits so far, in milliseconds. */
  readonly waits: readonly number[]
  readonly advance: (ms: number) => void
}

/** A world in which time passes only by sleeping and on request, so that no test waits, and jitter is left out. */
export const stillRuntime = (startsAt = '2026-11-20T10:00:00.000Z'): StillRuntime => {
  let now = Date.parse(startsAt)
  const waits: number[] = []
  return {
    clock: {
      now: () => now,
      sleep: async (ms) => {
        waits.push(ms)
        now += ms
      },
    },
    random: () => 1,
    waits,
    advance: (ms) => {
      now += ms
    },
  }
}

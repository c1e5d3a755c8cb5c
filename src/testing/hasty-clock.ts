import type { Clock } from '../provider-kit/index.ts'

/**
 * A clock on which waits take no time, so that tests need not wait for a provider that backs off. It goes like the system's, and
 * jumps ahead by the time of each sleep.
 */
export const hastyClock = (): Clock => {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      ahead += ms
    },
  }
}

import type { Clock } from '../../src/provider-kit/index.ts'

/** A clock on which waits take no time, so that whoever backs off need not be waited for. */
export const hastyClock = (): Clock => {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      ahead += ms
    },
  }
}

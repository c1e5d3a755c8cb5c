import type { Clock } from '../../src/provider-kit/index.ts'

export interface WaitingTime {
  readonly clock: Clock
  /** To be used with the clock: time stands still while an answer is on its way, but for its latency. */
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds that have passed since the start. */
  readonly elapsed: () => number
}

interface Sleeper {
  readonly wakeAt: number
  readonly wake: () => void
}

/** Turns of the event loop in which nothing happens, after which nothing will. */
const QUIET_TURNS = 5

/**
 * Time that passes only while everybody waits: what has passed at the end is what was waited, however fast the machine is.
 * Whoever sleeps shortest is woken first, and those who are due at once are woken at once.
 */
export const createWaitingTime = (latencyMs: (request: number) => number = () => 0): WaitingTime => {
  let requests = 0
  let now = 0
  let underWay = 0
  let quietTurns = 0
  let scheduled = false
  const sleepers = new Set<Sleeper>()

  const turn = () => {
    scheduled = false
    quietTurns = underWay === 0 ? quietTurns + 1 : 0
    if (quietTurns > QUIET_TURNS) {
      quietTurns = 0
      now = Math.max(now, Math.min(...[...sleepers].map(({ wakeAt }) => wakeAt)))
      for (const sleeper of [...sleepers]) {
        if (sleeper.wakeAt > now) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    }
    schedule()
  }
  const schedule = () => {
    if (scheduled || sleepers.size === 0) return
    scheduled = true
    setImmediate(turn)
  }
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ms <= 0) return resolve()
      sleepers.add({ wakeAt: now + ms, wake: resolve })
      quietTurns = 0
      schedule()
    })

  const answered: typeof globalThis.fetch = async (input, init) => {
    underWay++
    try {
      const response = await globalThis.fetch(input, init)
      // Read to its end, so that no time passes in the middle of it.
      return new Response(await response.text(), response)
    } finally {
      underWay--
      quietTurns = 0
    }
  }

  return {
    clock: { now: () => now, sleep },
    fetch: async (input, init) => {
      const halfMs = latencyMs(requests++) / 2
      await sleep(halfMs)
      const answer = await answered(input, init)
      await sleep(halfMs)
      return answer
    },
    elapsed: () => now,
  }
}

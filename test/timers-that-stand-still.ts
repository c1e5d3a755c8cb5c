import { onTestFinished, vi } from 'vitest'

/**
 * Stops all timers of this test, and the time of deadlines, so that nothing times out however slow the machine is. The function that it returns lets
 * so many milliseconds pass at once: wait for what must have happened by then, and call it.
 */
export const timersThatStandStill = (): ((ms: number) => Promise<unknown>) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  return (ms) => vi.advanceTimersByTimeAsync(ms)
}

/** So little that whatever needs no time has many turns before anything times out. */
const TURN_MS = 1

/**
 * Time passes with the turns of the event loop, and not with the machine's, until what is given to the function that this
 * returns has ended.
 */
export const timersThatGoByTurns = (): (<A>(outcome: Promise<A>) => Promise<A>) => {
  const pass = timersThatStandStill()
  return async (outcome) => {
    let hasEnded = false
    const ended = outcome.finally(() => {
      hasEnded = true
    })
    while (!hasEnded) await pass(TURN_MS)
    return ended
  }
}

import { onTestFinished, vi } from 'vitest'

/**
 * Stops all timers of this test, and the time of deadlines, so that nothing times out however slow the machine is. The
 * function that it returns lets so many milliseconds pass at once: wait for what must have happened by then, and call it.
 */
export const timersThatStandStill = (): ((ms: number) => Promise<unknown>) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  return (ms) => vi.advanceTimersByTimeAsync(ms)
}

const PATIENCE_MS = 50_000

/**
 * Waits until something is so while timers stand still. `expect.poll` is not for that: on timers that are replaced, it
 * lets its interval pass whenever it looks.
 */
export const untilSo = async (isSo: () => boolean): Promise<void> => {
  const until = Date.now() + PATIENCE_MS
  while (!isSo()) {
    if (Date.now() > until) throw new Error(`not so within ${PATIENCE_MS} ms: ${isSo}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
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

import { onTestFinished, vi } from 'vitest'

/**
 * Stops all timers of this test, and the time of deadlines, so that nothing times out however slow the machine is. The function that it returns lets
 * so many milliseconds pass at once: wait for what must have happened by then, and call it.
 */
export const timersThatStandStill = (): ((ms: number) => Promise<unknown>) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  return (ms) => vi.advanceTimersByTimeAsync(ms)
}

import { type Clock, elapsedOn, timerOn } from './clock.ts'
import type { RequestScope } from './request-scope.ts'
import { whenAborted } from './when-aborted.ts'

export type EndCause = 'aborted' | 'deadline' | 'timeout'

export interface BoundedSignal {
  readonly signal: AbortSignal
  /** Why the signal fired, or undefined while it has not. */
  readonly cause: () => EndCause | undefined
  /** Frees timer and listener. Must be called. */
  readonly release: () => void
}

/** The longest time of a timer, about 24 days. Nothing longer needs one. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** A signal that fires with the scope's own, at its deadline, or after `timeoutMs`, whichever comes first. */
export const boundedSignal = (
  scope: RequestScope,
  clock: Clock,
  timeoutMs = Number.POSITIVE_INFINITY,
): BoundedSignal => {
  const controller = new AbortController()
  let cause: EndCause | undefined
  const end = (why: EndCause) => {
    cause ??= why
    controller.abort()
  }
  const remaining = scope.deadlineAt === undefined ? Number.POSITIVE_INFINITY : scope.deadlineAt - elapsedOn(clock)
  const firstMs = Math.min(remaining, timeoutMs)
  const stopTimer =
    firstMs > MAX_TIMER_MS
      ? () => {}
      : timerOn(clock, Math.max(0, firstMs), () => end(remaining <= timeoutMs ? 'deadline' : 'timeout'))
  const letGo = whenAborted(scope.signal, () => end('aborted'))
  return {
    signal: controller.signal,
    cause: () => cause,
    release: () => {
      stopTimer()
      letGo()
    },
  }
}

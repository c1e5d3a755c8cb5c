import { type Clock, elapsedOn, timerOn } from './clock.ts'
import type { RequestScope } from './request-scope.ts'
import { whenAborted } from './when-aborted.ts'

export type EndCause = 'aborted' | 'deadline' | 'timeout'

export interface BoundedSignal {
  /** For what waits by a signal. It is made when it is first asked for: a request has several bounds, and few of them need it. */
  readonly signal: AbortSignal
  /** Why it has ended, or undefined while it has not. */
  readonly cause: () => EndCause | undefined
  /** Calls `act` at the end, at once where it has come. Returns a function that cancels this. */
  readonly whenEnded: (act: () => void) => () => void
  /** The outcome of a promise; rejects where the end comes first. */
  readonly unlessEnded: <A>(outcome: Promise<A>) => Promise<A>
  /** Frees timer and listener. Must be called. */
  readonly release: () => void
}

/** The longest time of a timer, about 24 days. Nothing longer needs one. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Ends with the scope's own signal, at its deadline, or after `timeoutMs`, whichever comes first. */
export const boundedSignal = (
  scope: RequestScope,
  clock: Clock,
  timeoutMs = Number.POSITIVE_INFINITY,
): BoundedSignal => {
  let controller: AbortController | undefined
  let cause: EndCause | undefined
  const waiting = new Set<() => void>()
  const end = (why: EndCause) => {
    if (cause !== undefined) return
    cause = why
    controller?.abort()
    for (const act of [...waiting]) act()
  }
  const remaining = scope.deadlineAt === undefined ? Number.POSITIVE_INFINITY : scope.deadlineAt - elapsedOn(clock)
  const firstMs = Math.min(remaining, timeoutMs)
  const stopTimer =
    firstMs > MAX_TIMER_MS
      ? () => {}
      : timerOn(clock, Math.max(0, firstMs), () => end(remaining <= timeoutMs ? 'deadline' : 'timeout'))
  const letGo = whenAborted(scope.signal, () => end('aborted'))

  const whenEnded = (act: () => void): (() => void) => {
    if (cause !== undefined) {
      act()
      return () => {}
    }
    // A new function each time, so that an action that was given twice is called twice.
    const action = () => act()
    waiting.add(action)
    return () => {
      waiting.delete(action)
    }
  }
  return {
    get signal() {
      controller ??= new AbortController()
      if (cause !== undefined) controller.abort()
      return controller.signal
    },
    cause: () => cause,
    whenEnded,
    unlessEnded: (outcome) =>
      new Promise((resolve, reject) => {
        const stopWaiting = whenEnded(() => reject(new Error('the end came first')))
        outcome.then(
          (value) => {
            stopWaiting()
            resolve(value)
          },
          (thrown: unknown) => {
            stopWaiting()
            reject(thrown)
          },
        )
      }),
    release: () => {
      stopTimer()
      letGo()
    },
  }
}

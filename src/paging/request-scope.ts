import type { Clock } from './clock.ts'
import type { RequestOptions } from './request.ts'
import { whenAborted } from './when-aborted.ts'

/** The bounds of one call or one iteration, shared by all its requests. */
export interface RequestScope {
  readonly signal?: AbortSignal
  /** On the clock that the call was given, in milliseconds since the epoch. */
  readonly deadlineAt?: number
}

/** A scope that also ends when its owner stops early, so that nothing goes on in the background. */
export interface OwnedScope extends RequestScope {
  readonly signal: AbortSignal
  /** Stops what is still under way. */
  readonly close: () => void
}

const deadlineOf = (options: RequestOptions, clock: Clock) =>
  options.deadlineMs === undefined ? {} : { deadlineAt: clock.now() + options.deadlineMs }

/** The bounds of a call that makes its requests one after the other. */
export const scopeOf = (options: RequestOptions, clock: Clock): RequestScope => ({
  ...(options.signal === undefined ? {} : { signal: options.signal }),
  ...deadlineOf(options, clock),
})

/** The bounds of an iteration, which may have requests under way when its consumer stops. */
export const openScope = (options: RequestOptions, clock: Clock): OwnedScope => {
  const controller = new AbortController()
  const letGo = whenAborted(options.signal, () => controller.abort())
  return {
    signal: controller.signal,
    ...deadlineOf(options, clock),
    close: () => {
      letGo()
      controller.abort()
    },
  }
}

/** The options of a call that is a part of another and must end with it. */
export const within = (scope: RequestScope, clock: Clock): RequestOptions => ({
  signal: scope.signal,
  ...(scope.deadlineAt === undefined ? {} : { deadlineMs: scope.deadlineAt - clock.now() }),
})

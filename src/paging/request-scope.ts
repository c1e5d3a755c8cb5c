import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Clock, elapsedOn } from './clock.ts'
import type { RequestOptions } from './request.ts'
import { whenAborted } from './when-aborted.ts'

/** The bounds of one call or one iteration, shared by all its requests. */
export interface RequestScope {
  readonly signal?: AbortSignal
  /** As `elapsedOn` the clock that the call was given, in milliseconds. */
  readonly deadlineAt?: number
  /**
   * Called when a request goes out, and when its answer says that it was not carried out: for who sends what changes
   * something. A request that is repeated goes out several times.
   */
  readonly onAttempt?: (what: 'sent' | 'refused') => void
}

/** A scope that also ends when its owner stops early, so that nothing goes on in the background. */
export interface OwnedScope extends RequestScope {
  readonly signal: AbortSignal
  /** Stops what is still under way. */
  readonly close: () => void
}

/** What the readings of one call have in common: when it ends. */
export type CallBounds = Pick<RequestScope, 'deadlineAt'>

/** The bounds of a call that begins now. */
export const callBoundsOf = (options: RequestOptions, clock: Clock): CallBounds =>
  options.deadlineMs === undefined ? {} : { deadlineAt: elapsedOn(clock) + options.deadlineMs }

/** The bounds of a call that makes its requests one after the other. */
export const scopeOf = (options: RequestOptions, clock: Clock): RequestScope => ({
  ...(options.signal === undefined ? {} : { signal: options.signal }),
  ...callBoundsOf(options, clock),
})

/** A call whose time counts from when it is run, however long before that it was made. */
export const whenRun =
  <E, A>(options: RequestOptions, clock: Clock, call: (scope: RequestScope) => TaskEither<E, A>): TaskEither<E, A> =>
  () =>
    call(scopeOf(options, clock))()

/**
 * The bounds of an iteration, which may have requests under way when its consumer stops. `call`: of the call that it is a
 * part of, whose deadline has begun already. Default: it is a call by itself.
 */
export const openScope = (
  options: RequestOptions,
  clock: Clock,
  call: CallBounds = callBoundsOf(options, clock),
): OwnedScope => {
  const controller = new AbortController()
  const letGo = whenAborted(options.signal, () => controller.abort())
  return {
    signal: controller.signal,
    ...call,
    close: () => {
      letGo()
      controller.abort()
    },
  }
}

/** The options of a call that is a part of another and must end with it. */
export const within = (scope: RequestScope, clock: Clock): RequestOptions => ({
  signal: scope.signal,
  ...(scope.deadlineAt === undefined ? {} : { deadlineMs: scope.deadlineAt - elapsedOn(clock) }),
})

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Clock, elapsedOn } from './clock.ts'
import type { RequestOptions } from './request.ts'
import { whenAborted } from './when-aborted.ts'

/** The bounds of one call or one iteration, shared by all its requests. */
export interface RequestScope {
  readonly signal?: AbortSignal | undefined
  /** As `elapsedOn` the clock that the call was given, in milliseconds. */
  readonly deadlineAt?: number | undefined
  /**
   * Called when a request is sent, and when its answer says that it was not carried out. For requests that change
   * something. A request that is repeated is sent several times.
   */
  readonly onAttempt?: ((what: 'sent' | 'refused') => void) | undefined
}

/** A scope that its owner can end early, so that nothing goes on in the background. */
export interface OwnedScope extends RequestScope {
  readonly signal: AbortSignal
  /** Stops what is still under way. */
  readonly close: () => void
}

/** When a call ends. All its readings share this. */
export type CallBounds = Pick<RequestScope, 'deadlineAt'>

/**
 * When a call that begins now must end: `deadlineMs` from now, or never. The `deadlineAt` of the scope that it is part of
 * stands.
 */
export const callBoundsOf = (
  { deadlineMs = Number.POSITIVE_INFINITY, deadlineAt = Number.POSITIVE_INFINITY }: RequestOptions & CallBounds,
  clock: Clock,
): CallBounds => {
  const end = Math.min(deadlineAt, elapsedOn(clock) + deadlineMs)
  return end === Number.POSITIVE_INFINITY ? {} : { deadlineAt: end }
}

/** The bounds of a call that makes its requests one after the other. */
export const scopeOf = (options: RequestOptions, clock: Clock): RequestScope => ({
  ...(options.signal === undefined ? {} : { signal: options.signal }),
  ...callBoundsOf(options, clock),
})

/** A task whose deadline counts from when it is run, and not from when it was made. */
export const whenRun =
  <E, A>(options: RequestOptions, clock: Clock, call: (scope: RequestScope) => TaskEither<E, A>): TaskEither<E, A> =>
  () =>
    call(scopeOf(options, clock))()

/** Why a scope ends that its owner closes. One for all: each would keep a stack, and there is one for each list. */
const CLOSED = new DOMException('no longer needed', 'AbortError')

/**
 * The bounds of an iteration, which may have requests under way when its caller stops. `call`: the bounds of the call that
 * it is part of. Default: it is a call of its own.
 */
export const openScope = (
  options: RequestOptions & CallBounds,
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
      controller.abort(CLOSED)
    },
  }
}

/** The options of a call that is part of another one and must end with it. */
export const within = (scope: RequestScope, clock: Clock): RequestOptions => ({
  signal: scope.signal,
  ...(scope.deadlineAt === undefined ? {} : { deadlineMs: scope.deadlineAt - elapsedOn(clock) }),
})

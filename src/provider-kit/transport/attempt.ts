import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { boundedSignal } from '../../paging/bounded-signal.ts'
import { type Clock, elapsedOn, systemClock } from '../../paging/clock.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { AttemptEvent } from './events.ts'
import { type AnswerTrace, type ExchangeFailure, exchange } from './exchange.ts'
import type { HttpRequest, UnparsedResponse } from './http-message.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { ProviderRuntime } from './runtime.ts'
import type { SecretBook } from './secret-book.ts'
import type { TokenCarrier } from './token-carrier.ts'

/**
 * Whether an answer says that the request was not carried out. 408 and the answers of gateways do not. A web page does not
 * come from the vendor: the vendor may have carried out the request, and only its answer was lost.
 */
const saysThatNothingWasDone = ({ status, parsed }: UnparsedResponse): boolean =>
  (status < 200 || (status >= 300 && status < 500 && status !== 408)) && parsed().content !== 'page'

/** An attempt, for its event. */
export type AttemptNumber = Pick<AttemptEvent, 'id' | 'attempt'>

/** Sends a request once, with a token if there is one. */
export type Attempt = (
  request: HttpRequest,
  scope: RequestScope,
  token: string | undefined,
  number: AttemptNumber,
) => Promise<Either<ExchangeFailure, UnparsedResponse>>

export interface AttemptOptions {
  readonly provider: string
  readonly runtime: ProviderRuntime
  readonly clock: Clock
  readonly policy: RetryPolicy
  readonly secrets: SecretBook
  readonly sentAs: TokenCarrier
  readonly emit: (event: AttemptEvent) => void
}

/** The system's time where the clock gives none. */
const timeText = (ms: number): string => {
  const date = new Date(ms)
  return (Number.isNaN(date.getTime()) ? new Date(systemClock.now()) : date).toISOString()
}

export const createAttempt =
  ({ provider, runtime, clock, policy, secrets, sentAs, emit }: AttemptOptions): Attempt =>
  async (request, scope, token, number) => {
    const authorization = token === undefined ? {} : sentAs(token)
    // The credentials may not keep their secrets.
    if (token !== undefined) secrets.add(token)
    const startedAt = timeText(clock.now())
    const begun = elapsedOn(clock)
    const trace: AnswerTrace = { bytes: 0 }
    const bounded = boundedSignal(scope, clock, policy.timeoutMs)
    scope.onAttempt?.('sent')
    const result = await exchange(
      { ...request, headers: { ...request.headers, ...authorization } },
      runtime.fetch,
      bounded,
      policy.maxBodyBytes,
      trace,
    ).finally(bounded.release)
    emit({
      type: 'attempt',
      provider,
      operation: request.operation,
      ...number,
      startedAt,
      milliseconds: elapsedOn(clock) - begun,
      ...(trace.status === undefined ? {} : { status: trace.status }),
      ...(E.isLeft(result) ? { failure: result.left.kind } : {}),
      bytes: trace.bytes,
    })
    if (E.isRight(result) && saysThatNothingWasDone(result.right)) scope.onAttempt?.('refused')
    return result
  }

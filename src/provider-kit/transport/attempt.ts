import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { boundedSignal } from '../../paging/bounded-signal.ts'
import type { Clock } from '../../paging/clock.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import { type ExchangeFailure, exchange } from './exchange.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { ProviderRuntime } from './runtime.ts'
import type { SecretBook } from './secret-book.ts'
import type { TokenCarrier } from './token-carrier.ts'

/**
 * Whether an answer says that the request was not carried out. 408 and the answers of gateways do not. A web page does not
 * come from the vendor: the vendor may have carried out the request, and only its answer was lost.
 */
const saysThatNothingWasDone = ({ status, content }: HttpResponse): boolean =>
  content !== 'page' && (status < 200 || (status >= 300 && status < 500 && status !== 408))

/** Sends a request once, with a token if there is one. */
export type Attempt = (
  request: HttpRequest,
  scope: RequestScope,
  token: string | undefined,
) => Promise<Either<ExchangeFailure, HttpResponse>>

export const createAttempt =
  (runtime: ProviderRuntime, clock: Clock, policy: RetryPolicy, secrets: SecretBook, sentAs: TokenCarrier): Attempt =>
  async (request, scope, token) => {
    const authorization = token === undefined ? {} : sentAs(token)
    // The credentials may not keep their secrets.
    if (token !== undefined) secrets.add(token)
    const bounded = boundedSignal(scope, clock, policy.timeoutMs)
    scope.onAttempt?.('sent')
    const result = await exchange(
      { ...request, headers: { ...request.headers, ...authorization } },
      runtime.fetch,
      bounded,
      policy.maxBodyBytes,
    ).finally(bounded.release)
    if (E.isRight(result) && saysThatNothingWasDone(result.right)) scope.onAttempt?.('refused')
    return result
  }

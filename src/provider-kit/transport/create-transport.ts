import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../model/license-error.ts'
import { onlooker } from '../../model/onlooker.ts'
import { type Given, withDefaults } from '../../model/with-defaults.ts'
import { boundedSignal } from '../../paging/bounded-signal.ts'
import { elapsedOn } from '../../paging/clock.ts'
import type { ListName } from '../../paging/paged.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import { deadlinePassed, endOfScope, stoppedByCaller } from '../../paging/scope-end.ts'
import { unlessAborted } from '../../paging/when-aborted.ts'
import type { Credentials } from './credentials.ts'
import { type ExchangeFailure, exchange } from './exchange.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { createNextStep, type Tries } from './next-step.ts'
import type { Hold, RateReading, RequestBudget } from './request-budget.ts'
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts'
import { clockOf, type ProviderRuntime, type TransportEvent } from './runtime.ts'
import { createSecretBook, type SecretBook } from './secret-book.ts'
import { isTrusted } from './trusted-url.ts'
import type { ReadVendorFailure } from './vendor-failure.ts'

export interface TransportOptions {
  /** The id of the provider instance, for errors and hooks. */
  readonly provider: string
  /** The only origins that requests go to. */
  readonly origins: readonly string[]
  /** Sent as a bearer token. Absent: requests have credentials of their own, or none. */
  readonly credentials?: Credentials | undefined
  /** Secrets that messages must not have. Default: those of the credentials. */
  readonly secrets?: SecretBook | undefined
  /** Not the budget of the requests for tokens: requests that wait for a token hold places in it. */
  readonly budget: RequestBudget
  readonly readFailure: ReadVendorFailure
  /** Reads the vendor's rate limit out of an answer. Absent: answers do not have it. */
  readonly readRate?: ((response: HttpResponse) => RateReading | undefined) | undefined
  readonly policy?: Given<RetryPolicy> | undefined
  readonly runtime: ProviderRuntime
}

/** Sends one request, with budget, credentials, repeats and waits. Never throws. */
export type Transport = (request: HttpRequest, scope: RequestScope) => TaskEither<LicenseError, HttpResponse>

type Admission =
  | { readonly held: Hold }
  | { readonly held: undefined; readonly result: Either<ExchangeFailure, HttpResponse> }

/** Characters that a header can have. Others would fail like a network failure. */
const TOKEN = /^[\x21-\x7e]+$/

/**
 * Whether an answer says that the request was not carried out. 408 and the answers of gateways do not. A web page does not
 * come from the vendor: the vendor may have carried out the request, and only its answer was lost.
 */
const saysThatNothingWasDone = ({ status, content }: HttpResponse): boolean =>
  content !== 'page' && (status < 200 || (status >= 300 && status < 500 && status !== 408))

/**
 * Sends the requests of one provider: it paces them, signs them, repeats what may be repeated, bounds all waits, and
 * turns every failure into a `LicenseError`. It never throws. Nothing is sent to an origin that is not configured.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const { provider, budget, credentials, runtime } = options
  const policy = withDefaults(defaultRetryPolicy, options.policy)
  const clock = clockOf(runtime)
  const random = runtime.random ?? Math.random
  const emit = onlooker((event: TransportEvent) => runtime.onEvent?.(event))
  const secrets = options.secrets ?? credentials?.secrets ?? createSecretBook()
  const { readFailure } = options
  const nextStep = createNextStep({ provider, policy, readFailure, random, now: clock.now, secrets })

  const nameOf = ({ operation }: HttpRequest): ListName => ({ provider, operation })

  /** The failure where the scope has ended, or ends before a wait does. */
  const endOf = (request: HttpRequest, scope: RequestScope, waitMs = 0): LicenseError | undefined =>
    endOfScope(scope, clock, nameOf(request), waitMs)

  const wait = async (request: HttpRequest, scope: RequestScope, hold: Hold | { ms: number; reason: 'retry' }) => {
    const end = endOf(request, scope, hold.ms)
    if (end !== undefined) return end
    emit({ type: 'wait', provider, operation: request.operation, reason: hold.reason, ms: hold.ms })
    await clock.sleep(hold.ms, scope.signal)
    return endOf(request, scope)
  }

  /** Waits for a shared outcome until the scope ends. Others may still wait for it, so that it is not stopped. `what`: it, for people. */
  const unlessEnded = <A>(
    request: HttpRequest,
    scope: RequestScope,
    outcome: Promise<Either<LicenseError, A>>,
    what?: string,
  ): Promise<Either<LicenseError, A>> => {
    const bounded = boundedSignal(scope, clock)
    return unlessAborted(bounded.signal, outcome)
      .catch((thrown: unknown) => {
        const cause = bounded.cause()
        if (cause === undefined) throw thrown
        return E.left(cause === 'aborted' ? stoppedByCaller(nameOf(request)) : deadlinePassed(nameOf(request), what))
      })
      .finally(bounded.release)
  }

  const currentToken = async (
    request: HttpRequest,
    scope: RequestScope,
  ): Promise<Either<LicenseError, string | undefined>> =>
    credentials === undefined
      ? E.right(undefined)
      : unlessEnded(request, scope, credentials.current(), 'no access token came before it')

  const attempt = async (request: HttpRequest, scope: RequestScope, token: string | undefined) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
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

  const takeNote = (request: HttpRequest, response: HttpResponse, token: string | undefined, sentAt: number) => {
    emit({ type: 'response', provider, operation: request.operation, status: response.status })
    const reading = options.readRate?.(response)
    if (reading !== undefined) budget.observe(reading, sentAt)
    if (token !== undefined && response.status !== 401) credentials?.accepted(token)
  }

  /** Where the vendor's window ends too late, it is not waited for either. */
  const outOfRate = ({ operation }: HttpRequest, retryAfterMs: number): LicenseError => ({
    _tag: 'RateLimited',
    provider,
    operation,
    message: `the rate is used up; try again in ${Math.ceil(retryAfterMs / 1000)} s`,
    retryAfterMs,
  })

  const unusable = ({ operation }: HttpRequest): LicenseError => ({
    _tag: 'AuthenticationFailed',
    provider,
    operation,
    message: 'the access token is empty or has characters that no access token has',
  })

  /** A deadline, with what had failed by then: that is what there is to mend. */
  const withCause = (error: LicenseError, request: HttpRequest, { lastFailure }: Tries): LicenseError =>
    error._tag === 'DeadlineExceeded' && lastFailure !== undefined
      ? deadlinePassed(nameOf(request), lastFailure)
      : error

  const tryUntilDone = async (
    request: HttpRequest,
    scope: RequestScope,
    tries: Tries,
  ): Promise<Either<LicenseError, HttpResponse>> => {
    while (true) {
      const end = endOf(request, scope)
      if (end !== undefined) return E.left(end)
      const token = await currentToken(request, scope)
      // Tokens may be shared by several providers. The failure names this one.
      if (E.isLeft(token)) return E.left({ ...token.left, provider })
      if (token.right !== undefined && !TOKEN.test(token.right)) return E.left(unusable(request))

      // A request that has to wait gives its place back first, so that only requests under way hold places.
      const place = budget.run(async (): Promise<Either<LicenseError, Admission>> => {
        const late = endOf(request, scope)
        if (late !== undefined) return E.left(late)
        const held = budget.claim()
        if (held !== undefined) return E.right({ held })
        const sentAt = elapsedOn(clock)
        const result = await attempt(request, scope, token.right)
        // Before it gives its place back: the next request must find the vendor's count up to date.
        if (E.isRight(result)) takeNote(request, result.right, token.right, sentAt)
        return E.right({ held, result })
      })
      const admitted = await unlessEnded(request, scope, place)
      if (E.isLeft(admitted)) return admitted
      const admission = admitted.right
      if (admission.held !== undefined) {
        if (admission.held.ms > policy.maxRetryAfterMs) return E.left(outOfRate(request, admission.held.ms))
        const stopped = await wait(request, scope, admission.held)
        if (stopped !== undefined) return E.left(stopped)
        continue
      }

      const { result } = admission
      const refuseToken = () =>
        token.right === undefined ? 'giveUp' : (credentials?.rejected(token.right) ?? 'giveUp')
      const next = nextStep(request, result, tries, refuseToken)
      if (next.step === 'done') return next.result
      if (next.step === 'pause') budget.pause(next.ms)
      if (next.step === 'wait') {
        const stopped = await wait(request, scope, { ms: next.ms, reason: 'retry' })
        if (stopped !== undefined) return E.left(stopped)
      }
    }
  }

  const seeThrough = async (request: HttpRequest, scope: RequestScope): Promise<Either<LicenseError, HttpResponse>> => {
    const tries: Tries = { failures: 0, rejectedTokens: 0, rejectedFreshTokens: 0, toldMs: 0 }
    return E.mapLeft((error: LicenseError) => withCause(error, request, tries))(
      await tryUntilDone(request, scope, tries),
    )
  }

  return (request, scope) => async () => {
    if (isTrusted(request.url, options.origins)) return seeThrough(request, scope)
    const message = 'refused to send credentials to an address outside of the configured ones'
    return E.left({ _tag: 'Untrusted', provider, operation: request.operation, message })
  }
}

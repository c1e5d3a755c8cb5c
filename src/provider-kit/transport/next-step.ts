import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../../model/license-error.ts'
import { asksForLess } from '../../paging/ask-for-less.ts'
import { deadlinePassed, stoppedByCaller } from '../../paging/scope-end.ts'
import type { Credentials } from './credentials.ts'
import type { ExchangeFailure } from './exchange.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { readRetryAfter } from './retry-after.ts'
import { backoff, type RetryPolicy } from './retry-policy.ts'
import type { SecretBook } from './secret-book.ts'
import { attemptsText, errorOfFailure, kindOfFailure, type ReadVendorFailure } from './vendor-failure.ts'

/** What has happened to one request so far. */
export interface Tries {
  /** Attempts that failed, without those that the vendor asked to repeat at a named time. */
  failures: number
  rejectedTokens: number
  /** Of those, the ones that were new. */
  rejectedFreshTokens: number
  /** Waits that the vendor named, in milliseconds. */
  toldMs: number
  /** What the last failed attempt came to. It says more than a deadline that passes while the request waits. */
  lastFailure?: string
}

export type NextStep =
  | { readonly step: 'done'; readonly result: Either<LicenseError, HttpResponse> }
  /** Repeat with the then current token. */
  | { readonly step: 'again' }
  /** Repeat after a wait of this request only. */
  | { readonly step: 'wait'; readonly ms: number }
  /** Repeat after a wait of all requests of the credential. */
  | { readonly step: 'pause'; readonly ms: number }

export interface NextStepOptions {
  readonly provider: string
  readonly policy: RetryPolicy
  readonly readFailure: ReadVendorFailure
  readonly random: () => number
  readonly now: () => number
  readonly secrets: SecretBook
}

/** Refused tokens, at most: after so many, their age is not the reason. */
const MAX_REJECTED_TOKENS = 3
/** Refused new tokens, at most: the first one may not be known everywhere at the vendor yet, the second one should be. */
const MAX_REJECTED_FRESH_TOKENS = 2

/** Attempts at a request that asks for too much, where the caller can ask for less. */
const ATTEMPTS_AT_TOO_MUCH = 2

/** Whether the vendor says that it did what it was asked for. */
export const isSuccess = ({ status }: Pick<HttpResponse, 'status'>): boolean => status >= 200 && status < 300

const done = (result: Either<LicenseError, HttpResponse>): NextStep => ({ step: 'done', result })
const again: NextStep = { step: 'again' }

/** Decides what to do after an attempt: the retry rules, without the waiting itself. */
export const createNextStep = (options: NextStepOptions) => {
  const { provider, policy, random, secrets } = options

  const isEnough = (request: HttpRequest, failure: LicenseError, { failures }: Tries): boolean =>
    failures >= policy.attempts ||
    (request.divisible === true && failures >= ATTEMPTS_AT_TOO_MUCH && asksForLess(failure))

  const noAnswer = (request: HttpRequest, failure: ExchangeFailure, attempts: number): LicenseError => {
    const details = { provider, operation: request.operation }
    switch (failure.kind) {
      case 'aborted':
        return stoppedByCaller(details)
      case 'deadline':
        return deadlinePassed(details)
      case 'tooLarge':
        return { _tag: 'InvalidResponse', ...details, message: failure.reason, issues: [failure.reason] }
      default: {
        const message = `${request.url.host} could not be reached, ${attemptsText(attempts)}: ${failure.reason}`
        const timedOut = failure.kind === 'timeout' ? { timedOut: true as const } : {}
        return { _tag: 'Unavailable', ...details, message, attempts, ...timedOut }
      }
    }
  }

  const afterNoAnswer = (request: HttpRequest, failure: ExchangeFailure, tries: Tries): NextStep => {
    tries.failures++
    const repeatable = request.repeatable && (failure.kind === 'network' || failure.kind === 'timeout')
    const error = noAnswer(request, failure, tries.failures)
    if (failure.kind === 'network' || failure.kind === 'timeout') tries.lastFailure = error.message
    if (!repeatable || isEnough(request, error, tries)) return done(E.left(error))
    return { step: 'wait', ms: backoff(policy, tries.failures, random) }
  }

  const afterSuccess = (request: HttpRequest, response: HttpResponse, tries: Tries): NextStep => {
    const isAnswer = E.isRight(response.body) || (response.content === 'none' && request.bodyOptional === true)
    if (isAnswer || !request.repeatable) return done(E.right(response))
    // An answer that was cut off is repeated like a lost connection.
    tries.failures++
    if (E.isLeft(response.body)) tries.lastFailure = `the answer of ${response.host}: ${response.body.left}`
    if (tries.failures >= policy.attempts) return done(E.right(response))
    return { step: 'wait', ms: backoff(policy, tries.failures, random) }
  }

  const afterFailure = (
    request: HttpRequest,
    response: HttpResponse,
    tries: Tries,
    refuseToken: () => ReturnType<Credentials['rejected']>,
  ): NextStep => {
    const retryAfterMs = readRetryAfter(response.header('retry-after'), options.now())
    const failure = options.readFailure(response)
    const kind = kindOfFailure(response.status, failure, retryAfterMs, policy.maxRetryAfterMs)
    const errorSoFar = () =>
      errorOfFailure({ provider, request, response, failure, kind, attempts: tries.failures, retryAfterMs, secrets })
    const giveUp = () => done(E.left(errorSoFar()))
    const repeatAfter = (step: 'wait' | 'pause', ms: number): NextStep => {
      tries.lastFailure = errorSoFar().message
      return { step, ms }
    }

    if (kind === 'authentication') {
      const advice = refuseToken()
      tries.rejectedTokens++
      if (advice === 'replayOnce') tries.rejectedFreshTokens++
      const isHopeless =
        tries.rejectedTokens >= MAX_REJECTED_TOKENS || tries.rejectedFreshTokens >= MAX_REJECTED_FRESH_TOKENS
      return advice === 'giveUp' || isHopeless ? giveUp() : again
    }
    const ownMs = backoff(policy, tries.failures + 1, random)
    // A throttled request was not carried out, so that even a write may be repeated. Where the vendor names a shorter wait than
    // our own, it counts as a failed attempt, as the vendor could name it forever.
    if (kind === 'rateLimit' && retryAfterMs !== undefined && retryAfterMs >= ownMs) {
      tries.toldMs += retryAfterMs
      if (retryAfterMs > policy.maxRetryAfterMs || tries.toldMs > policy.maxTotalRetryAfterMs) return giveUp()
      return repeatAfter('pause', retryAfterMs)
    }
    tries.failures++
    const repeatable = kind === 'rateLimit' || (kind === 'transient' && request.repeatable)
    const ms = Math.max(retryAfterMs ?? 0, ownMs)
    if (!repeatable || isEnough(request, errorSoFar(), tries)) return giveUp()
    return repeatAfter(kind === 'rateLimit' ? 'pause' : 'wait', ms)
  }

  return (
    request: HttpRequest,
    attempt: Either<ExchangeFailure, HttpResponse>,
    tries: Tries,
    refuseToken: () => ReturnType<Credentials['rejected']>,
  ): NextStep => {
    if (E.isLeft(attempt)) return afterNoAnswer(request, attempt.left, tries)
    const response = attempt.right
    return isSuccess(response)
      ? afterSuccess(request, response, tries)
      : afterFailure(request, response, tries, refuseToken)
  }
}

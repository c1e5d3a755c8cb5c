import type { LicenseError, LicenseErrorDetails } from '../../model/license-error.ts'
import { quantity } from '../../model/quantity.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import type { SecretBook } from './secret-book.ts'
import { vendorWords } from './vendor-words.ts'
import { describePage, IS_A_PAGE } from './web-page.ts'

/** What the body of a vendor's error says, as its adapter reads it. */
export interface VendorFailure {
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly correlationId?: string | undefined
  /** Permissions or scopes, of which one is enough. */
  readonly missing?: readonly string[] | undefined
  /** What the failure means, where its status does not say so: Genesys' token endpoint throttles with 400. */
  readonly meaning?: 'authentication' | 'rateLimit' | undefined
  /** What to do, in our own words. It is the end of the message. */
  readonly advice?: string | undefined
}

/** Reads the body of an answer whose status is a failure. An empty object: the body says nothing that the status does not. */
export type ReadVendorFailure = (response: HttpResponse) => VendorFailure

/** The form of a permission or a scope. A refusal is foreign text, and may have anything in it. */
const PERMISSION = /^[\w:.-]{1,100}$/

/** Statuses after which the same request may succeed. */
const TRANSIENT = new Set([408, 423, 500, 502, 503, 504])

export type FailureKind = 'authentication' | 'rateLimit' | 'transient' | 'final'

/** With a wait that is longer than allowed, a failure is a rate limit, whatever the status. */
export const kindOfFailure = (
  status: number,
  failure: VendorFailure,
  retryAfterMs: number | undefined,
  maxRetryAfterMs: number,
): FailureKind => {
  if (failure.meaning !== undefined) return failure.meaning
  if (status === 401) return 'authentication'
  if (status === 429 || (status === 423 && retryAfterMs !== undefined)) return 'rateLimit'
  if (TRANSIENT.has(status) && retryAfterMs !== undefined && retryAfterMs > maxRetryAfterMs) return 'rateLimit'
  return TRANSIENT.has(status) ? 'transient' : 'final'
}

export const attemptsText = (attempts: number): string => quantity(attempts, 'attempt made', 'attempts made')

export interface GivenUp {
  readonly provider: string
  readonly request: HttpRequest
  readonly response: HttpResponse
  readonly failure: VendorFailure
  readonly kind: FailureKind
  /** Attempts that failed. */
  readonly attempts: number
  /** The wait that the vendor asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined
  readonly secrets: SecretBook
}

/** The error for an answer that is a failure, once it is not repeated any more. */
export const errorOfFailure = (given: GivenUp): LicenseError => {
  const { provider, request, failure, kind, attempts, retryAfterMs, secrets } = given
  const { status, content, host } = given.response
  const details = (message: string): LicenseErrorDetails => ({
    provider,
    operation: request.operation,
    message: failure.advice === undefined ? message : `${message}: ${failure.advice}`,
    status,
    ...vendorWords(failure, secrets, request.secrets),
  })
  // A web page does not come from the vendor, who has judged neither the credentials nor the request.
  if (content === 'page' && (kind === 'authentication' || (kind === 'final' && status >= 400))) {
    return { _tag: 'InvalidResponse', ...details(describePage(host)), issues: [IS_A_PAGE] }
  }
  if (kind === 'authentication') return { _tag: 'AuthenticationFailed', ...details('the credentials were refused') }
  if (kind === 'rateLimit') {
    return {
      _tag: 'RateLimited',
      ...details(
        retryAfterMs === undefined
          ? 'too many requests; Seatlens stopped waiting'
          : `too many requests${attempts > 1 ? `, ${attemptsText(attempts)}` : ''}; try again in ${Math.ceil(retryAfterMs / 1000)} s`,
      ),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
  }
  if (status === 403) {
    const missing = (failure.missing ?? request.needs ?? [])
      .filter((name) => PERMISSION.test(name))
      .map((name) => secrets.mask(name, request.secrets))
    const named = missing.length === 0 ? '' : `; needed: ${missing.join(' or ')}`
    return { _tag: 'PermissionDenied', ...details(`the credentials may not do this${named}`), missing }
  }
  if (status === 404) return { _tag: 'NotFound', ...details('there is no such thing') }
  if (status === 409 || status === 412) return { _tag: 'Conflict', ...details('the present state does not allow it') }
  if (status === 0 || (status >= 300 && status < 400)) {
    return { _tag: 'Untrusted', ...details('the answer is a redirect, which is not followed with credentials') }
  }
  if (status >= 500 || status === 408 || status === 423) {
    const page = content === 'page' ? '; the answer is a web page, which a proxy in between may have sent' : ''
    return {
      _tag: 'Unavailable',
      ...details(`failed on the vendor's side, ${attemptsText(attempts)}${page}`),
      attempts,
    }
  }
  return { _tag: 'RequestRejected', ...details('the vendor rejected the request') }
}

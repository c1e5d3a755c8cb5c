import type { LicenseError, LicenseErrorDetails } from '../../model/license-error.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { maskSensitive } from './mask.ts'

/** What a vendor's error body says, read by the one who knows the vendor. */
export interface VendorFailure {
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly correlationId?: string | undefined
  /** The permissions or scopes any of which would do. */
  readonly missing?: readonly string[] | undefined
  /** Where the status does not say what is meant: Genesys' token endpoint throttles with 400. */
  readonly meaning?: 'authentication' | 'rateLimit' | undefined
}

export type ReadVendorFailure = (response: HttpResponse) => VendorFailure

/** More of them would not make a message any clearer. */
const MAX_MISSING = 20

/** Statuses after which the same request may succeed. 423 is one only where it names a time. */
const TRANSIENT = new Set([408, 500, 502, 503, 504])

export type FailureKind = 'authentication' | 'rateLimit' | 'transient' | 'final'

export const kindOfFailure = (status: number, failure: VendorFailure, namesTime: boolean): FailureKind => {
  if (failure.meaning !== undefined) return failure.meaning
  if (status === 401) return 'authentication'
  if (status === 429 || (status === 423 && namesTime)) return 'rateLimit'
  return TRANSIENT.has(status) ? 'transient' : 'final'
}

/** The error for an answer that is a failure, after all that repeating could do. */
export const errorOfFailure = (
  response: HttpResponse,
  failure: VendorFailure,
  provider: string,
  request: HttpRequest,
  attempts: number,
  retryAfterMs: number | undefined,
  secrets: readonly string[] = [],
): LicenseError => {
  const { status } = response
  const details = (message: string): LicenseErrorDetails => ({
    provider,
    operation: request.operation,
    message,
    status,
    ...(failure.code === undefined ? {} : { vendorCode: maskSensitive(failure.code, secrets) }),
    ...(failure.message === undefined ? {} : { vendorMessage: maskSensitive(failure.message, secrets) }),
    ...(failure.correlationId === undefined ? {} : { correlationId: maskSensitive(failure.correlationId, secrets) }),
  })
  if (failure.meaning === 'authentication' || status === 401) {
    return { _tag: 'AuthenticationFailed', ...details('the credentials were refused') }
  }
  if (failure.meaning === 'rateLimit' || status === 429 || (status === 423 && retryAfterMs !== undefined)) {
    return {
      _tag: 'RateLimited',
      ...details('too many requests, and waiting was given up'),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
  }
  if (status === 403) {
    const missing = (failure.missing ?? request.needs ?? [])
      .slice(0, MAX_MISSING)
      .map((name) => maskSensitive(name, secrets))
    const named = missing.length === 0 ? '' : `; needed: ${missing.join(' or ')}`
    return { _tag: 'PermissionDenied', ...details(`the credentials may not do this${named}`), missing }
  }
  if (status === 404) return { _tag: 'NotFound', ...details('there is no such thing') }
  if (status === 409 || status === 412) return { _tag: 'Conflict', ...details('the present state does not allow it') }
  if (status === 0 || (status >= 300 && status < 400)) {
    return { _tag: 'Untrusted', ...details('the answer is a redirect, which is not followed with credentials') }
  }
  if (status >= 500 || status === 408 || status === 423) {
    return { _tag: 'Unavailable', ...details(`failed on the vendor's side, ${attempts} attempts made`), attempts }
  }
  return { _tag: 'RequestRejected', ...details('the vendor rejected the request') }
}

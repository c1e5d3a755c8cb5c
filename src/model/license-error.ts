import type { Ledger } from './ledger.ts'

/** What every failure carries. No credential, header or body is ever part of it. */
export interface LicenseErrorDetails {
  /** The id of the provider instance. */
  readonly provider: string
  /** What was being done, in the vendor's own words for it: `GET /api/v2/license/users`. */
  readonly operation: string
  /** One line for people, e-mail addresses and tokens masked. */
  readonly message: string
  /** The vendor's HTTP status. */
  readonly status?: number
  /** The vendor's own error code. */
  readonly vendorCode?: string
  /** The vendor's own message, e-mail addresses and tokens masked. */
  readonly vendorMessage?: string
  /** What the vendor's support asks for: Genesys `ININ-Correlation-Id`, Webex `trackingId`. */
  readonly correlationId?: string
}

/** The credentials are wrong, expired or revoked. */
export interface AuthenticationFailed extends LicenseErrorDetails {
  readonly _tag: 'AuthenticationFailed'
}

/** The credentials are good but may not do this. */
export interface PermissionDenied extends LicenseErrorDetails {
  readonly _tag: 'PermissionDenied'
  /** The permissions or scopes any of which would do, as far as they are known. */
  readonly missing: readonly string[]
}

export interface NotFound extends LicenseErrorDetails {
  readonly _tag: 'NotFound'
}

/** The request contradicts the present state, or names something that is not unique. */
export interface Conflict extends LicenseErrorDetails {
  readonly _tag: 'Conflict'
}

/** The vendor, or we before it, found the request itself wrong. Repeating it does not help. */
export interface RequestRejected extends LicenseErrorDetails {
  readonly _tag: 'RequestRejected'
}

/** Too many requests, and waiting was given up. */
export interface RateLimited extends LicenseErrorDetails {
  readonly _tag: 'RateLimited'
  /** How long the vendor asked us to wait, in milliseconds, where it said. */
  readonly retryAfterMs?: number
}

/** The vendor could not be reached or failed on its side, every attempt through. */
export interface Unavailable extends LicenseErrorDetails {
  readonly _tag: 'Unavailable'
  readonly attempts: number
  /** No answer came within the time that one attempt may take. */
  readonly timedOut?: true
}

/** An answer that is not what the vendor documents. */
export interface InvalidResponse extends LicenseErrorDetails {
  readonly _tag: 'InvalidResponse'
  /** The first ten things wrong with it, by path; never the values. */
  readonly issues: readonly string[]
}

/** An answer that would lead us somewhere we must not go, such as a next link to another origin. */
export interface Untrusted extends LicenseErrorDetails {
  readonly _tag: 'Untrusted'
}

/** A list ended, but it is not whole. */
export interface Incomplete extends LicenseErrorDetails {
  readonly _tag: 'Incomplete'
  readonly ledger: Ledger
}

/** The caller's signal stopped it. */
export interface Aborted extends LicenseErrorDetails {
  readonly _tag: 'Aborted'
}

/** It would have taken, or took, longer than the caller allowed. */
export interface DeadlineExceeded extends LicenseErrorDetails {
  readonly _tag: 'DeadlineExceeded'
}

/** This provider cannot do this. */
export interface Unsupported extends LicenseErrorDetails {
  readonly _tag: 'Unsupported'
}

/** Every way in which reading or changing licenses fails: plain data that survives JSON, told apart by `_tag`. */
export type LicenseError =
  | AuthenticationFailed
  | PermissionDenied
  | NotFound
  | Conflict
  | RequestRejected
  | RateLimited
  | Unavailable
  | InvalidResponse
  | Untrusted
  | Incomplete
  | Aborted
  | DeadlineExceeded
  | Unsupported

/** One line that says all that is known of a failure. */
export const describeError = (error: LicenseError): string => {
  const facts = [
    error.operation,
    error.status === undefined ? undefined : `status ${error.status}`,
    error.vendorCode === undefined ? undefined : `code ${error.vendorCode}`,
    error.vendorMessage === undefined ? undefined : `"${error.vendorMessage}"`,
    error.correlationId === undefined ? undefined : `correlation id ${error.correlationId}`,
  ]
  return `${error.provider}: ${error.message} (${facts.filter((fact) => fact !== undefined).join(', ')})`
}

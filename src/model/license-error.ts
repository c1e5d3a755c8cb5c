import { isRecord } from './is-record.ts'
import type { Ledger } from './ledger.ts'

/** What every failure carries. No credential, header or body is ever part of it. */
export interface LicenseErrorDetails {
  /** The id of the provider instance. */
  readonly provider: string
  /**
   * What was called, in the vendor's terms: `GET /api/v2/license/users`. Where no single request failed, the call of the
   * contract or the task: `listHolders`, `getUser`, `plan`.
   */
  readonly operation: string
  /** One line for people, e-mail addresses and tokens masked. */
  readonly message: string
  /** The vendor's HTTP status. */
  readonly status?: number | undefined
  /** The vendor's own error code. */
  readonly vendorCode?: string | undefined
  /** The vendor's own message, e-mail addresses and tokens masked. */
  readonly vendorMessage?: string | undefined
  /** What the vendor's support asks for: Genesys `ININ-Correlation-Id`, Webex `trackingId`. */
  readonly correlationId?: string | undefined
}

/** The credentials are wrong, expired or revoked. */
export interface AuthenticationFailed extends LicenseErrorDetails {
  readonly _tag: 'AuthenticationFailed'
}

/** The credentials are valid, and may not do this. */
export interface PermissionDenied extends LicenseErrorDetails {
  readonly _tag: 'PermissionDenied'
  /** Permissions or scopes, of which one is enough, as far as they are known. */
  readonly missing: readonly string[]
}

/** The provider does not have what was requested, or does not know the user. */
export interface NotFound extends LicenseErrorDetails {
  readonly _tag: 'NotFound'
}

/** The request contradicts the present state, or names something that is not unique. */
export interface Conflict extends LicenseErrorDetails {
  readonly _tag: 'Conflict'
}

/** The request itself is wrong, as the vendor says, or Seatlens before it is sent. Repeating it does not help. */
export interface RequestRejected extends LicenseErrorDetails {
  readonly _tag: 'RequestRejected'
}

/** Too many requests. The wait that the vendor asks for is too long, or was repeated too often. */
export interface RateLimited extends LicenseErrorDetails {
  readonly _tag: 'RateLimited'
  /** How long the vendor asks to wait, in milliseconds. Absent: it did not say. */
  readonly retryAfterMs?: number | undefined
}

/** The vendor could not be reached, or failed on its side, at every attempt. */
export interface Unavailable extends LicenseErrorDetails {
  readonly _tag: 'Unavailable'
  /** How often the request was sent. */
  readonly attempts: number
  /** No answer came within the time of one attempt. */
  readonly timedOut?: true | undefined
}

/** An answer that is not what the vendor documents. */
export interface InvalidResponse extends LicenseErrorDetails {
  readonly _tag: 'InvalidResponse'
  /** The first ten problems, by path. Never has values. */
  readonly issues: readonly string[]
}

/** An answer leads to an address that is not allowed, such as a next link to another origin. */
export interface Untrusted extends LicenseErrorDetails {
  readonly _tag: 'Untrusted'
}

/** A list ended, and is partial. */
export interface Incomplete extends LicenseErrorDetails {
  readonly _tag: 'Incomplete'
  readonly ledger: Ledger
}

/** The caller's signal stopped the call. */
export interface Aborted extends LicenseErrorDetails {
  readonly _tag: 'Aborted'
}

/** The call takes longer than the caller allows. */
export interface DeadlineExceeded extends LicenseErrorDetails {
  readonly _tag: 'DeadlineExceeded'
}

/** The provider cannot do this. */
export interface Unsupported extends LicenseErrorDetails {
  readonly _tag: 'Unsupported'
}

/** Every way in which reading or changing licenses fails: plain data that survives JSON. `_tag` says which it is. */
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

/** Whether something is a failure of a provider. Those of a later version are, too: their `_tag` may be another one. */
export const isLicenseError = (failure: unknown): failure is LicenseError =>
  isRecord(failure) &&
  [failure._tag, failure.provider, failure.operation, failure.message].every((text) => typeof text === 'string')

/** Calls of the contract and tasks of the library: as an operation, they mean nothing to people. */
const CALLS: ReadonlySet<string> = new Set([
  ...['listLicenses', 'getLicense', 'listUsers', 'getUser', 'findUsers', 'listHolders'],
  ...['changeAssignments', 'reviewChanges', 'plan', 'apply'],
])

/** Everything that people need to know of a failure, in one line. Only an operation of the vendor is named. */
export const describeError = (error: LicenseError): string => {
  const facts = [
    CALLS.has(error.operation) ? undefined : error.operation,
    error.status === undefined ? undefined : `status ${error.status}`,
    error.vendorCode === undefined ? undefined : `code ${error.vendorCode}`,
    error.vendorMessage === undefined ? undefined : `"${error.vendorMessage}"`,
    error.correlationId === undefined ? undefined : `correlation id ${error.correlationId}`,
  ]
  const known = facts.filter((fact) => fact !== undefined)
  return `${error.provider}: ${error.message}${known.length === 0 ? '' : ` (${known.join(', ')})`}`
}

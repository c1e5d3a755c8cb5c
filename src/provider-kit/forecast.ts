import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { Clock } from '../paging/clock.ts'
import type { RequestOptions } from '../paging/request.ts'
import { type RequestScope, whenRun } from '../paging/request-scope.ts'
import type { Pace } from './transport/request-budget.ts'
import { type PageSizes, rowsToAsk } from './vendor-lists.ts'

/** A call of the contract that a run is going to make. */
export type PlannedCall =
  | { readonly operation: 'listLicenses' | 'listWorkspaces' }
  /** `withLicenses`: the request has the licenses, so that they need not be listed for it. */
  | { readonly operation: 'listUsers'; readonly withLicenses: boolean }
  /** One user, by an e-mail address. */
  | { readonly operation: 'getUser' }
  /** Several users at once, by their e-mail addresses. */
  | {
      readonly operation: 'findUsers'
      /** How many users are looked for. */
      readonly users: number
    }

/** How large an organization is, as far as it is known. */
export interface OrganizationSize {
  /** Users in the list of users. */
  readonly users?: number | undefined
  /** People in the directory that users are joined with. Default: as many as `users`. */
  readonly people?: number | undefined
  /** Of each license, how many hold it. */
  readonly holders?: readonly number[] | undefined
}

/** Requests that a call makes. */
export interface RequestForecast {
  /** As in the events of the provider: `GET /v1/licenses/{licenseId}`. */
  readonly operation: string
  /** How many times that is requested, repeats not included. */
  readonly requests: number
  /** Permissions or scopes, of which one is needed. Default: none. */
  readonly needs?: readonly string[] | undefined
  /** Why there may be more or fewer, for people. Absent: so many it is, if the organization does not change. */
  readonly unsure?: string | undefined
}

/**
 * What one provider, as it is configured, will ask of the vendor. Made of the same page sizes and paths as its requests, so
 * that it says what they do.
 */
export interface ProviderForecast {
  /** What the vendor takes from one credential, where its documentation states that. Absent: it states nothing. */
  readonly pace?: Pace | undefined
  /** What comes before the first call, once for all providers of a credential: the token. */
  readonly beforehand: readonly RequestForecast[]
  /**
   * Completes the size that is known, by as few requests as that takes: none where enough is known. What the vendor does not
   * tell stays absent.
   */
  readonly measure: (known: OrganizationSize, options?: RequestOptions) => TaskEither<LicenseError, OrganizationSize>
  /** The requests of a call to an organization of that size, without repeats. */
  readonly requestsOf: (call: PlannedCall, size: OrganizationSize) => readonly RequestForecast[]
}

/** Requests of a call as an adapter states them: one request, or as many as the pages of a list. */
export interface StatedRequests extends Omit<RequestForecast, 'requests'> {
  /** How many times it is requested. Default: once, or as often as the `rows` take. */
  readonly requests?: number | undefined
  /** The rows of the list that it reads; of several lists, those of each. A list without rows takes one page. */
  readonly rows?: number | readonly number[] | undefined
  /** The rows on a page, as the list asks for them. Default: they are on one page. */
  readonly pageSize?: PageSizes | undefined
}

/** The same of one vendor, as `defineProvider` takes it. */
export interface VendorForecast extends Pick<ProviderForecast, 'pace'> {
  /** What comes before the first call, once for all providers of a credential: the token. Default: nothing. */
  readonly beforehand?: readonly StatedRequests[] | undefined
  readonly measure: (known: OrganizationSize, scope: RequestScope) => ReturnType<ProviderForecast['measure']>
  readonly requestsOf: (call: PlannedCall, size: OrganizationSize) => readonly StatedRequests[]
}

const pagesOf = (rows: number, perPage: number): number => Math.max(1, Math.ceil(rows / perPage))

const counted = ({ requests = 1, rows, pageSize, ...request }: StatedRequests): RequestForecast => {
  if (rows === undefined) return { ...request, requests }
  const perPage = pageSize === undefined ? Number.POSITIVE_INFINITY : rowsToAsk(pageSize)
  const lists = typeof rows === 'number' ? [rows] : rows
  return { ...request, requests: lists.reduce((sum, one) => sum + pagesOf(one, perPage), 0) }
}

/** Makes the forecast of what a vendor's adapter states. */
export const forecastOf = (
  { pace, beforehand = [], measure, requestsOf }: VendorForecast,
  clock: Clock,
): ProviderForecast => ({
  pace,
  beforehand: beforehand.map(counted),
  measure: (known, options = {}) => whenRun(options, clock, (scope) => measure(known, scope)),
  requestsOf: (call, size) => requestsOf(call, size).map(counted),
})

/** How long so many requests take at least at a pace, in milliseconds, however soon each is answered. */
export const leastTimeOf = (requests: number, { requests: atOnce, inMs }: Pace): number =>
  requests === 0 ? 0 : Math.floor((requests - 1) / atOnce) * inMs

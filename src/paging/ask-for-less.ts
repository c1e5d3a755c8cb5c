import type { LicenseError } from '../model/license-error.ts'

/** The size that a page is asked for with. */
export interface PageAsk {
  /** Rows. */
  readonly pageSize: number
  /**
   * Whether the page can be asked for with fewer rows. Then a request that is too much for the vendor is not repeated again
   * and again.
   */
  readonly divisible: boolean
}

/** 413: too large for the vendor. 504: it takes the vendor too long; Webex says "try to reduce max". */
const TOO_MUCH = new Set([413, 504])

/** Whether a request failed because it asks for too much: it was too large, or no answer came in time. */
export const asksForLess = (error: LicenseError): boolean =>
  error._tag === 'Unavailable'
    ? error.timedOut === true || TOO_MUCH.has(error.status ?? 0)
    : error._tag === 'RequestRejected' && TOO_MUCH.has(error.status ?? 0)

/** The smallest page is the first page size divided by this. */
const LEAST_PART = 16

/** The next smaller page size; undefined where there is none. `first`: the size of the first page of the list. */
export const smallerPage = (pageSize: number, first: number): number | undefined => {
  const least = Math.max(1, Math.floor(first / LEAST_PART))
  return pageSize > least ? Math.max(least, Math.floor(pageSize / 2)) : undefined
}

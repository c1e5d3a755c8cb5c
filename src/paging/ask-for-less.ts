import type { LicenseError } from '../model/license-error.ts'

/** How much a page is asked for. */
export interface PageAsk {
  /** Rows. */
  readonly pageSize: number
  /**
   * Whether the page can be asked for with fewer rows, so that an answer that says that it was too much need not be
   * asked for again and again.
   */
  readonly divisible: boolean
}

/** 413: too much for the vendor. 504: too much for the time that it gives itself; Webex says "try to reduce max". */
const TOO_MUCH = new Set([413, 504])

/** Whether a request failed in a way that asks for less: it was too large, or no answer came in time. */
export const asksForLess = (error: LicenseError): boolean =>
  error._tag === 'Unavailable'
    ? error.timedOut === true || TOO_MUCH.has(error.status ?? 0)
    : error._tag === 'RequestRejected' && TOO_MUCH.has(error.status ?? 0)

/** No page is asked for with fewer rows than this part of the first one's. */
const LEAST_PART = 16

/** The page size to go on with where one was too much, or undefined where it is as small as it gets. `first`: the size that the list began with. */
export const smallerPage = (pageSize: number, first: number): number | undefined => {
  const least = Math.max(1, Math.floor(first / LEAST_PART))
  return pageSize > least ? Math.max(least, Math.floor(pageSize / 2)) : undefined
}

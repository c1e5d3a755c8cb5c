/** What every call takes. */
export interface RequestOptions {
  /** Stops the call and its requests; the result is an `Aborted` error. */
  readonly signal?: AbortSignal | undefined
  /** How long the whole call or iteration may take, in milliseconds, waits included. Default: no limit. */
  readonly deadlineMs?: number | undefined
}

/** What every list takes. */
export interface PageRequest extends RequestOptions {
  /**
   * How many items a delivered page has at the most. It cuts what is delivered and no more: the vendor is asked for pages of
   * the size that suits it, or that the provider was configured with. Default: pages as the vendor gives them.
   */
  readonly pageSize?: number | undefined
  /** Where to go on: the `continuation` of a page of the same list, opaque. Default: from the start. */
  readonly continuation?: string | undefined
  /** Keep the vendor's own record in `raw` of every item. Default: false. */
  readonly includeRaw?: boolean | undefined
  /**
   * Let `for await` end quietly although the list is `partial` or `mismatch`. Default: false, it throws `Incomplete`
   * after the last item. `.pages()` never throws; its ledgers tell.
   */
  readonly allowPartial?: boolean | undefined
}

/** The page size to ask a vendor for: the configured one, within what the vendor accepts, or what suits it where there is none. */
export const clampPageSize = (configured: number | undefined, max: number, byDefault = max): number =>
  Math.min(max, Math.max(1, Math.floor(configured ?? byDefault)))

/** What every call takes. */
export interface RequestOptions {
  /** Stops the call and its requests. The result is an `Aborted` error. */
  readonly signal?: AbortSignal | undefined
  /** How long the whole call or iteration may take, in milliseconds, waits included. Default: no limit. */
  readonly deadlineMs?: number | undefined
}

/** What every list takes. */
export interface PageRequest extends RequestOptions {
  /**
   * Items on a delivered page, at most. It changes only what is delivered: the vendor is asked for pages of its own best
   * size, or of the size in the provider's configuration. Default: pages as the vendor gives them.
   */
  readonly pageSize?: number | undefined
  /** Where to resume: the `continuation` of a page of the same list. Default: from the start. */
  readonly continuation?: string | undefined
  /** Keep the vendor's record in `raw` of every item. Default: false. */
  readonly includeRaw?: boolean | undefined
  /**
   * Let `for await` end normally although the list is `partial` or `mismatch`. Default: false: it throws `Incomplete` after
   * the last item. `.pages()` never throws; its ledgers have the verdict.
   */
  readonly allowPartial?: boolean | undefined
}

/** The page size to ask a vendor for: the configured one, at most `max`; without one, `byDefault`. */
export const clampPageSize = (configured: number | undefined, max: number, byDefault = max): number =>
  Math.min(max, Math.max(1, Math.floor(configured ?? byDefault)))

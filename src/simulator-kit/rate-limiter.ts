/** So many requests of one token in one window of time. */
export interface RateLimit {
  /** Requests of one key that a window takes. */
  readonly requests: number
  /** In milliseconds. Default one minute. */
  readonly windowMs?: number | undefined
}

/** Whether a request is within the rate, and what the headers say. */
export interface RateVerdict {
  readonly allowed: boolean
  /** Requests in this window, the present one included. */
  readonly count: number
  /** Requests that a window takes. */
  readonly limit: number
  /** Whole seconds until the window ends, at least 1. */
  readonly resetSeconds: number
}

/** Counts one more request of a key; undefined where there is no limit. */
export type RateLimiter = (key: string) => RateVerdict | undefined

/** A window starts with a key's first request in it, and ends on the given clock. */
export const createRateLimiter = (limit: RateLimit | undefined, now: () => number): RateLimiter => {
  if (limit === undefined) return () => undefined
  const { requests, windowMs = 60_000 } = limit
  const windows = new Map<string, { readonly endsAt: number; count: number }>()
  return (key) => {
    const time = now()
    const current = windows.get(key)
    const window = current !== undefined && time < current.endsAt ? current : { endsAt: time + windowMs, count: 0 }
    windows.set(key, window)
    window.count += 1
    return {
      allowed: window.count <= requests,
      count: window.count,
      limit: requests,
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - time) / 1000)),
    }
  }
}

/** When and how often a request is repeated. Times are in milliseconds. */
export interface RetryPolicy {
  /** Attempts at one request, including the first. Default: 5. */
  readonly attempts: number
  /** The first wait; every further one is twice as long, with jitter. Default: 500. */
  readonly backoffMs: number
  /** The longest backoff. Default: 8,000. */
  readonly maxBackoffMs: number
  /** The longest time of one attempt, including the body. Default: 30,000. */
  readonly timeoutMs: number
  /** The longest wait that a vendor may ask for; with a longer one, the request fails. Default: 180,000. */
  readonly maxRetryAfterMs: number
  /** The longest sum of waits that the vendor may ask for, for one request. Default: 900,000. */
  readonly maxTotalRetryAfterMs: number
  /** The longest answer, in bytes. Default: 16,777,216. */
  readonly maxBodyBytes: number
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 5,
  backoffMs: 500,
  maxBackoffMs: 8_000,
  timeoutMs: 30_000,
  maxRetryAfterMs: 180_000,
  maxTotalRetryAfterMs: 900_000,
  maxBodyBytes: 16 * 1024 * 1024,
}

/** The wait after the n-th failed attempt: between half of the exponential backoff and all of it. */
export const backoff = (policy: RetryPolicy, failures: number, random: () => number): number => {
  const full = Math.min(policy.maxBackoffMs, policy.backoffMs * 2 ** (failures - 1))
  return full / 2 + (random() * full) / 2
}

import pLimit from 'p-limit'
import { type Clock, systemClock } from '../../paging/clock.ts'

/** What a vendor's answer says of its rate limit. */
export interface RateReading {
  readonly allowed: number
  readonly used: number
  readonly resetMs: number
}

export interface BudgetOptions {
  /** Requests under way at once. Default: 8. */
  readonly concurrency?: number | undefined
  /** Requests in any 60 seconds. Default: no limit of ours. */
  readonly requestsPerMinute?: number | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
}

/** Why and how long a request has to wait, in milliseconds. */
export interface Hold {
  readonly ms: number
  /** `rateLimit`: the vendor said so. `pace`: to stay under a rate. */
  readonly reason: 'rateLimit' | 'pace'
}

/** What one credential may spend: shared by everything that uses it. */
export interface RequestBudget {
  readonly concurrency: number
  /** Runs a task when one of the concurrent places is free. */
  readonly run: <A>(task: () => Promise<A>) => Promise<A>
  /** Undefined, and the request is counted, when it may go now. */
  readonly claim: () => Hold | undefined
  /** Nobody starts a request before `ms` have passed. */
  readonly pause: (ms: number) => void
  /** Takes note of an answer's rate headers. */
  readonly observe: (reading: RateReading) => void
}

const MINUTE_MS = 60_000
const DEFAULT_CONCURRENCY = 8

export const createRequestBudget = (options: BudgetOptions = {}): RequestBudget => {
  const clock = options.clock ?? systemClock
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY
  const perMinute = options.requestsPerMinute
  const limit = pLimit(concurrency)
  /** When the last `perMinute` requests started, oldest first. */
  const started: number[] = []
  let pausedUntil = 0
  let vendorWindow: { remaining: number; readonly resetsAt: number } | undefined

  const ownPace = (now: number): number => {
    if (perMinute === undefined || started.length < perMinute) return 0
    return (started[0] ?? 0) + MINUTE_MS - now
  }
  const vendorPace = (now: number): number => {
    if (vendorWindow === undefined || now >= vendorWindow.resetsAt) return 0
    return vendorWindow.remaining > 0 ? 0 : vendorWindow.resetsAt - now
  }

  return {
    concurrency,
    run: limit,
    claim: () => {
      const now = clock.now()
      if (pausedUntil > now) return { ms: pausedUntil - now, reason: 'rateLimit' }
      const ms = Math.max(ownPace(now), vendorPace(now))
      if (ms > 0) return { ms, reason: 'pace' }
      if (perMinute !== undefined) {
        started.push(now)
        if (started.length > perMinute) started.shift()
      }
      if (vendorWindow !== undefined) vendorWindow.remaining -= 1
      return undefined
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms)
    },
    observe: ({ allowed, used, resetMs }) => {
      const now = clock.now()
      const left = allowed - used
      // In a window that is known, our own count is exact and only the spending of others can lower it. In a new one,
      // the requests that are under way may or may not be in the vendor's count, so they are taken as not.
      const current = vendorWindow !== undefined && now < vendorWindow.resetsAt
      vendorWindow = current
        ? { remaining: Math.min(vendorWindow?.remaining ?? left, left), resetsAt: vendorWindow?.resetsAt ?? now }
        : { remaining: left - Math.max(0, limit.activeCount - 1), resetsAt: now + resetMs }
    },
  }
}

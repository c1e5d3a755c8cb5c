import { demandNone } from '../../model/invalid-input.ts'
import { isRecord } from '../../model/is-record.ts'
import { type OptionCheck, type OptionChecks, problemsInOptions } from '../../model/option-checks.ts'
import { aClock } from '../../paging/call-checks.ts'
import { type Clock, elapsedOn, systemClock } from '../../paging/clock.ts'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'
import { createTurns, type Turn } from './turns.ts'

export type { Turn }

/** The rate limit that a vendor's answer has. */
export interface RateReading {
  /** Requests that the vendor takes in a window. */
  readonly allowed: number
  /** Those of them that it has taken, this one included. */
  readonly used: number
  /** Until the count starts again, in milliseconds. */
  readonly resetMs: number
}

/** The rate limit of a vendor that says how much is left, and not how much there is: `X-RateLimit-Remaining`. */
export interface RemainingRate {
  /** Requests that the vendor still takes before the count starts again. */
  readonly remaining: number
  /** Until the count starts again, in milliseconds. */
  readonly resetMs: number
}

/** At most so many requests in so many milliseconds. */
export interface Pace {
  /** How many may be sent in that time. */
  readonly requests: number
  readonly inMs: number
}

/** How many requests one credential may make. */
export interface BudgetOptions {
  /** Requests at the same time, at most: there are fewer at first, and where answers become slow. Default: 8. */
  readonly concurrency?: number | undefined
  /** Requests in any 60 seconds, a whole number. Default: no limit of ours. */
  readonly requestsPerMinute?: number | undefined
  /** Requests in any `inMs` milliseconds, for an operation with a rate of its own. Default: no limit of ours. */
  readonly pace?: Pace | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
}

/** Why and how long a request has to wait, in milliseconds. */
export interface Hold {
  readonly ms: number
  /** `rateLimit`: the vendor asks for it. `pace`: to stay below a rate. */
  readonly reason: 'rateLimit' | 'pace'
}

/**
 * How many requests one credential may make. All its users share it, and take turns: of those that wait, the one that was served
 * longest ago comes first. `turn`: the request that asks, the same object in each call about it. Default: all requests are of
 * one user.
 */
export interface RequestBudget {
  /** Requests at the same time, at most. */
  readonly concurrency: number
  /** Runs a task when one of the concurrent places is free. */
  readonly run: <A>(task: () => Promise<A>, turn?: Turn) => Promise<A>
  /**
   * Undefined where the request may be sent now; then it is counted. Else it gives its place back, waits, and runs again. `ms` of
   * 0: it is the turn of another one that has waited.
   */
  readonly claim: (turn?: Turn) => Hold | undefined
  /** The request has ended. One that was to wait does not come back, and those behind it go on. Absent: none waits for another. */
  readonly leave?: ((turn: Turn) => void) | undefined
  /** No request starts within the next `ms` milliseconds. */
  readonly pause: (ms: number) => void
  /**
   * Enters the rate headers of an answer, before its request gives back its place. Readings that cannot be true are ignored.
   * `sentAt`: when the request was sent, by `elapsedOn` the budget's clock. Absent: since the present window began.
   */
  readonly observe: (reading: RateReading | RemainingRate, sentAt?: number) => void
  /**
   * An answer came after `ms` milliseconds, before its request gives back its place: how many requests run at once follows
   * from that. Absent: always as many as may.
   */
  readonly answered?: ((operation: string, ms: number) => void) | undefined
}

/** The requests until the vendor's count starts again. */
interface VendorWindow {
  /** Whether an answer has shown it. Else it is assumed to follow the one before it. */
  readonly told: boolean
  /** For the first one, before anything was sent. */
  readonly begunAt: number
  readonly resetsAt: number
  /** Undefined: the vendor does not say. */
  readonly allowed: number | undefined
  remaining: number
}

const MINUTE_MS = 60_000
/** The longest window of a vendor: a day. */
const MAX_WINDOW_MS = 24 * 60 * MINUTE_MS
const DEFAULT_CONCURRENCY = 8
const BEHIND_OTHERS: Hold = { ms: 0, reason: 'pace' }

/** A part of a request would count as none, and leave the pace without a limit. */
const wholeRequests: OptionCheck = {
  expected: 'a whole number of requests from 1',
  is: (value) => Number.isInteger(value) && Number(value) >= 1,
}

const budgetChecks: OptionChecks<BudgetOptions> = {
  concurrency: { ...wholeRequests, is: (value) => value === Number.POSITIVE_INFINITY || wholeRequests.is(value) },
  requestsPerMinute: wholeRequests,
  pace: {
    expected: 'requests, a whole number from 1, and inMs, a number of milliseconds above 0',
    is: (value) => isRecord(value) && wholeRequests.is(value.requests) && Number(value.inMs) > 0,
  },
  clock: aClock,
}

/** Whether a reading can be true. One that cannot could stop everything. */
const isUsable = (reading: RateReading | RemainingRate): boolean => {
  const { resetMs } = reading
  const isInTime = resetMs >= 0 && resetMs <= MAX_WINDOW_MS
  if ('remaining' in reading) return isInTime && reading.remaining >= 0 && Number.isFinite(reading.remaining)
  return isInTime && reading.allowed > 0 && Number.isFinite(reading.allowed) && reading.used >= 0
}

/** A pace while it is kept: how long a request has to wait at a time, in milliseconds, and that one starts. */
const openPace = ({ requests, inMs }: Pace) => {
  /** When the last `requests` requests started, oldest first. */
  const started: number[] = []
  return {
    waitAt: (now: number): number => (started.length < requests ? 0 : (started[0] ?? 0) + inMs - now),
    start: (now: number): void => {
      started.push(now)
      if (started.length > requests) started.shift()
    },
  }
}

/**
 * The budget of one credential: how many requests run at the same time, and at which pace. Default: at most 8 at the same
 * time, as many as answers come quickly with, at the pace that the headers of the vendor state. Throws a `LicenseException` with `InvalidInput` if an option is wrong.
 */
export const createRequestBudget = (options: BudgetOptions = {}): RequestBudget => {
  demandNone(problemsInOptions(budgetChecks, options))
  const { clock = systemClock } = options
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY
  const { requestsPerMinute, pace } = options
  const paces = [
    ...(requestsPerMinute === undefined ? [] : [openPace({ requests: requestsPerMinute, inMs: MINUTE_MS })]),
    ...(pace === undefined ? [] : [openPace(pace)]),
  ]
  const adaptive = createAdaptiveConcurrency(concurrency)
  const turns = createTurns(adaptive.limit)
  let pausedUntil = 0
  let vendorWindow: VendorWindow | undefined
  let longestResetMs = 0

  /**
   * After a window, one like it is assumed until an answer shows it. Where the vendor does not say how much it allows, as many
   * requests as run at once find out.
   */
  const windowAt = (now: number): VendorWindow | undefined => {
    if (vendorWindow !== undefined && now >= vendorWindow.resetsAt) {
      const { allowed } = vendorWindow
      const remaining = allowed ?? concurrency
      vendorWindow = { told: false, begunAt: now, resetsAt: now + longestResetMs, allowed, remaining }
    }
    return vendorWindow
  }
  const vendorPace = (now: number): number => {
    const window = windowAt(now)
    return window === undefined || window.remaining > 0 ? 0 : window.resetsAt - now
  }

  const holdAt = (now: number): Hold | undefined => {
    if (pausedUntil > now) return { ms: pausedUntil - now, reason: 'rateLimit' }
    const ms = Math.max(vendorPace(now), ...paces.map((own) => own.waitAt(now)))
    return ms > 0 ? { ms, reason: 'pace' } : undefined
  }

  return {
    concurrency,
    run: (task, turn = { lane: '' }) => turns.run(task, turn),
    leave: turns.leave,
    claim: (turn) => {
      const now = elapsedOn(clock)
      const held = holdAt(now) ?? (turn !== undefined && turns.isBehind(turn, now) ? BEHIND_OTHERS : undefined)
      if (held !== undefined) {
        if (turn !== undefined) turns.hold(turn, now + held.ms)
        return held
      }
      if (turn !== undefined) turns.sends(turn)
      for (const own of paces) own.start(now)
      if (vendorWindow !== undefined) vendorWindow.remaining -= 1
      return undefined
    },
    pause: (ms) => {
      const now = elapsedOn(clock)
      // Requests that were under way at the first refusal are refused with it.
      if (pausedUntil <= now) adaptive.throttled()
      pausedUntil = Math.max(pausedUntil, now + ms)
    },
    answered: (operation, ms) => {
      adaptive.answered(operation, ms, turns.taken())
      turns.giveOut()
    },
    observe: (reading, sentAt) => {
      if (!isUsable(reading)) return
      const { resetMs } = reading
      const [allowed, left] =
        'remaining' in reading ? [undefined, reading.remaining] : [reading.allowed, reading.allowed - reading.used]
      const now = elapsedOn(clock)
      const window = windowAt(now)
      longestResetMs = Math.max(longestResetMs, resetMs)
      // Other requests under way may or may not be in the vendor's count. They are counted here, to be safe.
      const leftBesideOthers = left - Math.max(0, turns.taken() - 1)
      if (window === undefined) {
        const begunAt = Number.NEGATIVE_INFINITY
        vendorWindow = { told: true, begunAt, resetsAt: now + resetMs, allowed, remaining: leftBesideOthers }
      } else if (sentAt !== undefined && sentAt < window.begunAt) {
        // It is about a window that is over, and the request may have been counted in this one.
        window.remaining -= 1
      } else {
        vendorWindow = {
          ...window,
          told: true,
          allowed,
          // Our own count is exact; only other programs' requests can lower it.
          remaining: allowed === undefined && !window.told ? leftBesideOthers : Math.min(window.remaining, left),
          // A late answer makes the end look later than it is.
          resetsAt: window.told ? Math.min(window.resetsAt, now + resetMs) : now + resetMs,
        }
      }
    },
  }
}

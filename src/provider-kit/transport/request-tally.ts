import { type Clock, elapsedOn, systemClock } from '../../paging/clock.ts'
import type { TransportEvent, WaitEvent } from './events.ts'

/** Requests of one operation. */
export interface OperationTally {
  /** Method and path template: `GET /v1/licenses/{licenseId}`. */
  readonly operation: string
  /** All that were sent, repeats included. */
  readonly requests: number
}

/** What one provider has taken so far. */
export interface RequestTally {
  /** The id of the provider instance. */
  readonly provider: string
  /** All that were sent, those for tokens and repeats included. */
  readonly requests: number
  /** Those of them that repeated an earlier one. */
  readonly repeats: number
  /** The same requests by operation, the most frequent first. */
  readonly operations: readonly OperationTally[]
  /** For how long at least one request waited for this reason, in milliseconds. Waits at the same time count once. */
  readonly waitedMs: Readonly<Record<WaitEvent['reason'], number>>
  /** Bytes of all answers' bodies, decompressed. */
  readonly bytes: number
}

/** Counts what providers do. */
export interface RequestTallies {
  /** For `onEvent` of the runtime of one or several providers. */
  readonly onEvent: (event: TransportEvent) => void
  /** What they have done so far, in the order in which they began. */
  readonly all: () => readonly RequestTally[]
}

const openTally = (clock: Clock) => {
  const operations = new Map<string, number>()
  const waitedMs = { rateLimit: 0, pace: 0, retry: 0 }
  /** Until when a wait is counted already, of each reason. */
  const countedUntil = { rateLimit: 0, pace: 0, retry: 0 }
  let [requests, repeats, bytes] = [0, 0, 0]
  return {
    enter: (event: TransportEvent): void => {
      if (event.type === 'attempt') {
        requests += 1
        if (event.attempt > 1) repeats += 1
        bytes += event.bytes
        operations.set(event.operation, (operations.get(event.operation) ?? 0) + 1)
      } else if (event.type === 'wait') {
        const now = elapsedOn(clock)
        const end = now + event.ms
        waitedMs[event.reason] += Math.max(0, end - Math.max(now, countedUntil[event.reason]))
        countedUntil[event.reason] = Math.max(countedUntil[event.reason], end)
      }
    },
    tally: (provider: string): RequestTally => ({
      provider,
      requests,
      repeats,
      operations: [...operations]
        .map(([operation, sent]) => ({ operation, requests: sent }))
        .sort((one, other) => other.requests - one.requests),
      waitedMs: { ...waitedMs },
      bytes,
    }),
  }
}

/** Counts the requests, waits and bytes of each provider. Its memory does not grow with their number. */
export const tallyRequests = (clock: Clock = systemClock): RequestTallies => {
  const tallies = new Map<string, ReturnType<typeof openTally>>()
  return {
    onEvent: (event) => {
      const known = tallies.get(event.provider) ?? openTally(clock)
      tallies.set(event.provider, known)
      known.enter(event)
    },
    all: () => [...tallies].map(([provider, { tally }]) => tally(provider)),
  }
}

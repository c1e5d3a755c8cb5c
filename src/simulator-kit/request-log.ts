import { pathMatcher } from './path-pattern.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** One request as it was received. Holds no credential and no body. */
export interface LoggedRequest {
  /** Counts all requests since the start, from 1. */
  readonly sequence: number
  readonly method: string
  readonly path: string
  /** The pattern of the route that it was for; absent where there is none. */
  readonly route?: string | undefined
  /** Every query parameter; of a repeated one, the last. */
  readonly query: ReadonlyMap<string, string>
  /** Whether it came with an `Authorization` header. */
  readonly authorized: boolean
  /** Its `User-Agent`, which tells several clients of one simulator apart; absent where it has none. */
  readonly userAgent?: string | undefined
  /** When it came, on the simulator's clock, in milliseconds since the epoch. */
  readonly at: number
}

/** Which requests of a log are meant. */
export interface RequestFilter {
  readonly method?: string | undefined
  /** A path pattern as in routes. */
  readonly path?: string | undefined
}

/** What a simulator was asked, for tests to look at. */
export interface RequestLog {
  /** The latest requests, oldest first: at most 10,000 of them, whatever was asked. */
  readonly list: (filter?: RequestFilter) => readonly LoggedRequest[]
  /** How many of the requests that `list` would give. */
  readonly count: (filter?: RequestFilter) => number
  /** All requests since the start or the last `clear`, by `METHOD /route/pattern`. */
  readonly byRoute: () => ReadonlyMap<string, number>
  /** The most requests that were under way at once. */
  readonly maximumInFlight: () => number
  readonly clear: () => void
}

export interface RequestRecorder extends RequestLog {
  /** Notes the start of a request; call what it returns when the request has ended. */
  readonly begin: (request: SimulatedRequest, route: string | undefined, at: number) => () => void
}

const CAPACITY = 10_000

export const createRequestRecorder = (): RequestRecorder => {
  let entries: LoggedRequest[] = []
  let counts = new Map<string, number>()
  let inFlight = 0
  let maximum = 0

  const list = ({ method, path }: RequestFilter = {}): readonly LoggedRequest[] => {
    const matches = path === undefined ? undefined : pathMatcher(path)
    return entries
      .slice(-CAPACITY)
      .filter((entry) => (method ?? entry.method) === entry.method && (matches?.(entry.path) ?? !matches))
  }

  return {
    begin: (request, route, at) => {
      // Dropping the oldest in bulk keeps this cheap; `list` never shows more than the capacity.
      const userAgent = request.header('user-agent')
      if (entries.length >= 2 * CAPACITY) entries = entries.slice(-CAPACITY)
      entries.push({
        sequence: request.sequence,
        method: request.method,
        path: request.path,
        ...(route === undefined ? {} : { route }),
        query: new Map(request.query),
        authorized: request.header('authorization') !== undefined,
        ...(userAgent === undefined ? {} : { userAgent }),
        at,
      })
      const key = `${request.method} ${route ?? request.path}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
      inFlight += 1
      maximum = Math.max(maximum, inFlight)
      return () => {
        inFlight -= 1
      }
    },
    list,
    count: (filter) => list(filter).length,
    byRoute: () => new Map(counts),
    maximumInFlight: () => maximum,
    clear: () => {
      entries = []
      counts = new Map()
      maximum = inFlight
    },
  }
}

import type { Fault, FaultEffect, FaultMatch } from '../../src/simulator-kit/index.ts'
import type { Disturbance } from '../../src/testing/index.ts'

/** Where a vendor's requests are that a disturbance strikes. */
export interface StruckRequests {
  /** Everything but what gives tokens. */
  readonly api: FaultMatch
  readonly firstPage: FaultMatch
  readonly secondPage: FaultMatch
  readonly directory?: FaultMatch
  /** The vendor's refusal of somebody who lacks a permission. */
  readonly refusal: { readonly status: number; readonly body: unknown }
  /** Makes all access tokens that were given out worthless. */
  readonly expireTokens: () => void
}

const retryAfter = (seconds: number): FaultEffect => ({
  kind: 'status',
  status: 429,
  headers: { 'retry-after': String(seconds), 'content-type': 'application/json' },
  body: {},
})

/** The faults of a disturbance that is not one of paging. */
export const faultsOf = (disturbance: Disturbance | undefined, where: StruckRequests): readonly Fault[] => {
  switch (disturbance) {
    case 'unreadablePage':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 200, body: '<html>Sorry</html>' } }]
    case 'failingPage':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 500, body: {} } }]
    case 'goneAfterPageOne':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 404, body: {} } }]
    case 'hangingPage':
      return [{ match: where.secondPage, effect: { kind: 'hang' } }]
    case 'unreadableDirectory':
      return where.directory === undefined
        ? []
        : [{ match: where.directory, effect: { kind: 'status', ...where.refusal } }]
    case 'serverErrorOnce':
      return [{ match: { times: 1 }, effect: { kind: 'status', status: 503, body: {} } }]
    case 'rateLimitedOnce':
      return [{ match: { times: 1 }, effect: retryAfter(1) }]
    case 'rateLimitedForAnHour':
      return [{ effect: retryAfter(3600) }]
    case 'truncatedBodyOnce':
      return [{ match: { ...where.firstPage, times: 1 }, effect: { kind: 'truncate' } }]
    case 'tokenExpires': {
      const expiring = (answer: Parameters<Extract<FaultEffect, { kind: 'rewrite' }>['rewrite']>[0]) => {
        where.expireTokens()
        return answer
      }
      return [{ match: { ...where.firstPage, times: 1 }, effect: { kind: 'rewrite', rewrite: expiring } }]
    }
    case 'permissionDenied':
      return [{ match: where.api, effect: { kind: 'status', ...where.refusal } }]
    default:
      return []
  }
}

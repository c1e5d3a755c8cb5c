import type { Disturbance } from './disturbance.ts'
import type { RequestPattern, WireEffect, WireFault } from './wire-fault.ts'

/** Where a vendor's requests are that a disturbance strikes. */
export interface StruckRequests {
  /** Everything but what gives tokens. */
  readonly api: RequestPattern
  /** Every page of the listing that names the users, whatever its size. */
  readonly pages: RequestPattern
  /** The first page, at `conformancePageSize`. */
  readonly firstPage: RequestPattern
  readonly secondPage: RequestPattern
  /** Absent where `unreadableDirectory` is declared unsupported. */
  readonly directory?: RequestPattern | undefined
  /** Every request that changes assignments; several patterns for several operations. Absent where `changing` is declared unsupported. */
  readonly changes?: RequestPattern | readonly RequestPattern[] | undefined
  /** The vendor's refusal of a caller who lacks a permission. */
  readonly refusal: { readonly status: number; readonly body: unknown }
  /** Makes all access tokens that were given out worthless. Absent where `tokenExpires` is declared unsupported. */
  readonly expireTokens?: (() => void) | undefined
}

const retryAfter = (seconds: number): WireEffect => ({
  kind: 'status',
  status: 429,
  headers: { 'retry-after': String(seconds), 'content-type': 'application/json' },
  body: {},
})

const delay = (ms: number): WireEffect => ({ kind: 'delay', ms })

/** The same fault for every request that changes assignments. */
const onChanges = (disturbance: Disturbance, { changes }: StruckRequests, effect: WireEffect): readonly WireFault[] =>
  [changes ?? undeclared(disturbance, 'changes')].flat().map((match) => ({ match, effect }))

const SLOW_MS = 20
const SLOWER_MS = 100

const undeclared = (disturbance: Disturbance, field: keyof StruckRequests): never => {
  throw new Error(`"${disturbance}" takes \`${field}\`: give it, or declare the disturbance unsupported`)
}

/**
 * The faults of a disturbance that is not one of paging, for a simulator of `seatlens/simulator-kit`; none for the
 * others, which {@link pageScript} knows, for `badCredentials`, which is a matter of the provider's configuration, and
 * for what the simulator does with single changes, which {@link misbehaviorsOf} knows.
 */
export const faultsOf = (disturbance: Disturbance | undefined, where: StruckRequests): readonly WireFault[] => {
  switch (disturbance) {
    case 'unreadablePage':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 200, body: '<html>Sorry</html>' } }]
    case 'failingPage':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 500, body: {} } }]
    case 'goneAfterPageOne':
      return [{ match: where.secondPage, effect: { kind: 'status', status: 404, body: {} } }]
    case 'hangingPage':
      return [{ match: where.secondPage, effect: { kind: 'hang' } }]
    case 'slowPages':
      return [
        { match: { ...where.pages, times: 1 }, effect: delay(SLOW_MS) },
        { match: { ...where.pages, times: 1 }, effect: delay(SLOWER_MS) },
        { match: where.pages, effect: delay(SLOW_MS) },
      ]
    case 'unreadableDirectory': {
      const { directory = undeclared(disturbance, 'directory') } = where
      return [{ match: directory, effect: { kind: 'status', ...where.refusal } }]
    }
    case 'serverErrorOnce':
      return [{ match: { times: 1 }, effect: { kind: 'status', status: 503, body: {} } }]
    case 'rateLimitedOnce':
      return [{}, ...[where.changes ?? []].flat()].map((match) => ({
        match: { ...match, times: 1 },
        effect: retryAfter(1),
      }))
    case 'rateLimitedForAnHour':
      return [{ effect: retryAfter(3600) }]
    case 'truncatedBodyOnce':
      return [{ match: { ...where.firstPage, times: 1 }, effect: { kind: 'truncate' } }]
    case 'tokenExpires': {
      const { expireTokens = undeclared(disturbance, 'expireTokens') } = where
      const rewrite = <A>(answer: A): A => {
        expireTokens()
        return answer
      }
      return [{ match: { ...where.firstPage, times: 1 }, effect: { kind: 'rewrite', rewrite } }]
    }
    case 'permissionDenied':
      return [{ match: where.api, effect: { kind: 'status', ...where.refusal } }]
    case 'lostAnswer':
      return onChanges(disturbance, where, { kind: 'reset', carriedOut: true })
    case 'changesDenied':
      return onChanges(disturbance, where, { kind: 'status', ...where.refusal })
    case 'silentChange':
      return onChanges(disturbance, where, { kind: 'status', status: 204, carriedOut: true })
    default:
      return []
  }
}

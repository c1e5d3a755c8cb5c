import { bearerTokenOf, type RateLimit, type RateLimiter, type Route } from '../../../src/simulator-kit/index.ts'
import { forbidden, refuse, unauthorized } from './errors.ts'
import type { WebexTokenDesk } from './tokens.ts'

export interface WebexRateLimit extends RateLimit {
  /** What `Retry-After` says; `null` for none. Default: the seconds until the window ends. Live values have been garbage. */
  readonly retryAfter?: string | null
}

export interface GuardOptions {
  readonly tokens: WebexTokenDesk
  readonly scopes: ReadonlySet<string>
  readonly takePlace: RateLimiter
  readonly retryAfter: string | null | undefined
}

/** An operation and the scopes of which one is needed. */
export interface Operation extends Route {
  readonly anyOf: readonly string[]
}

/** What every operation does first: token, rate limit, scope. */
export const guard =
  ({ tokens, scopes, takePlace, retryAfter }: GuardOptions) =>
  ({ method, path, anyOf, handle }: Operation): Route => ({
    method,
    path,
    handle: (request) => {
      const token = bearerTokenOf(request)
      if (token === undefined || !tokens.isValid(token)) return unauthorized(request)
      const verdict = takePlace(token)
      if (verdict !== undefined && !verdict.allowed) {
        const value = retryAfter === undefined ? String(verdict.resetSeconds) : retryAfter
        return refuse(request, 429, 'Too many requests.', value === null ? {} : { 'retry-after': value })
      }
      return anyOf.some((scope) => scopes.has(scope)) ? handle(request) : forbidden(request)
    },
  })

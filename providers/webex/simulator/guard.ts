import {
  bearerTokenOf,
  mediaTypeOf,
  type RateLimit,
  type RateLimiter,
  type Route,
} from '../../../src/simulator-kit/index.ts'
import { forbidden, tooManyRequests, unauthorized, unsupportedMediaType } from './errors.ts'
import type { WebexTokenDesk } from './tokens.ts'

/** How many requests a token may make, and what the refusal of a further one says. */
export interface WebexRateLimit extends RateLimit {
  /** What `Retry-After` says; `null` for none. Default: the seconds until the window ends. Live values have been garbage. */
  readonly retryAfter?: string | null | undefined
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

/** What every operation does first: token, rate limit, scope, kind of body. */
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
        return tooManyRequests(request, retryAfter === undefined ? String(verdict.resetSeconds) : retryAfter)
      }
      if (!anyOf.some((scope) => scopes.has(scope))) return forbidden(request)
      if (request.body !== '' && mediaTypeOf(request) !== 'application/json') return unsupportedMediaType(request)
      return handle(request)
    },
  })

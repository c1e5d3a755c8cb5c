import {
  type Answer,
  bearerTokenOf,
  mediaTypeOf,
  type RateLimiter,
  type Route,
  type SimulatedRequest,
  withDefaultHeaders,
} from '../../../src/simulator-kit/index.ts'
import { missingPermissions, refuse, tooManyRequests } from './errors.ts'
import type { GenesysClientKind, GenesysTokenDesk } from './tokens.ts'

export interface GuardOptions {
  readonly tokens: GenesysTokenDesk
  readonly permissions: ReadonlySet<string>
  readonly takePlace: RateLimiter
}

/** An operation and the permissions of which one is needed; none where every valid token will do. */
export interface Operation extends Route {
  readonly anyOf?: readonly string[]
  /** Whose client may call it. Default: that of the organization. */
  readonly client?: GenesysClientKind
}

const unauthenticated = (request: SimulatedRequest, code: string, message: string): Answer =>
  refuse(request, { status: 401, code, message })

const checkToken = (request: SimulatedRequest, tokens: GenesysTokenDesk): Answer | undefined => {
  const token = bearerTokenOf(request)
  if (token === undefined) {
    const message = 'No authentication bearer token specified in authorization header.'
    return unauthenticated(request, 'authentication.required', message)
  }
  switch (tokens.stateOf(token)) {
    case 'valid':
      return undefined
    case 'expired':
      return unauthenticated(request, 'credentials.expired', 'The supplied credentials are expired.')
    case 'unknown':
      return unauthenticated(request, 'bad.credentials', 'Invalid login credentials.')
  }
}

const notAuthorized = (request: SimulatedRequest): Answer =>
  refuse(request, {
    status: 403,
    code: 'not.authorized',
    message: 'You are not authorized to perform the requested action.',
  })

const unsupportedMediaType = (request: SimulatedRequest): Answer =>
  refuse(request, { status: 415, code: 'unsupported.media.type', message: 'HTTP 415 Unsupported Media Type' })

/** What every operation of the Platform API does first: token, rate limit, permissions, kind of body. */
export const guard =
  (options: GuardOptions) =>
  ({ method, path, anyOf = [], client = 'organization', handle }: Operation): Route => ({
    method,
    path,
    handle: (request) => {
      const refused = checkToken(request, options.tokens)
      if (refused !== undefined) return refused
      const verdict = options.takePlace(bearerTokenOf(request) ?? '')
      const proceed = (): Answer => {
        if (verdict !== undefined && !verdict.allowed) return tooManyRequests(request, verdict.resetSeconds)
        if (options.tokens.clientOf(bearerTokenOf(request) ?? '') !== client) return notAuthorized(request)
        if (anyOf.length > 0 && !anyOf.some((permission) => options.permissions.has(permission))) {
          return missingPermissions(request, anyOf)
        }
        if (request.body !== '' && mediaTypeOf(request) !== 'application/json') return unsupportedMediaType(request)
        return handle(request)
      }
      if (verdict === undefined) return proceed()
      return withDefaultHeaders(proceed(), {
        'inin-ratelimit-count': String(verdict.count),
        'inin-ratelimit-allowed': String(verdict.limit),
        'inin-ratelimit-reset': String(verdict.resetSeconds),
      })
    },
  })

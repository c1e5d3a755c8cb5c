import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  type Answer,
  createIdentifiers,
  formBodyOf,
  json,
  jsonBodyOf,
  mediaTypeOf,
  type Route,
  type SimulatedRequest,
  type SimulatorClock,
} from '../../../src/simulator-kit/index.ts'
import { refuse } from './errors.ts'

export interface WebexTokenOptions {
  readonly seed: number
  readonly organizationUuid: string
  readonly accessToken?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly refreshToken?: string | undefined
  /** A refresh gives another refresh token, and the one that was used is refused from then on. */
  readonly rotateRefreshToken: boolean
  /** Of refreshed access tokens; the first one is valid until it is expired. */
  readonly lifetimeSeconds: number
  readonly clock: SimulatorClock
}

/** The tokens of a simulator, for tests to look at and spoil. */
export interface WebexTokens {
  /** The one that a refresh takes now. */
  readonly refreshToken: () => string
  /** How often the tokens were refreshed. */
  readonly refreshed: () => number
  /** Every access token that is valid now is refused from now on. */
  readonly expire: () => void
  /** Refreshing is refused from now on. */
  readonly revokeRefreshToken: () => void
}

export interface WebexTokenDesk extends WebexTokens {
  readonly accessToken: string
  readonly client: { readonly clientId: string; readonly clientSecret: string }
  readonly isValid: (token: string) => boolean
  readonly route: Route
}

const Fields = t.record(t.string, t.string, 'Fields')

/** A form as documented; JSON works too. */
const fieldsOf = (request: SimulatedRequest): ReadonlyMap<string, string> => {
  if (mediaTypeOf(request) !== 'application/json') return new Map(formBodyOf(request))
  const body = jsonBodyOf(request)
  return new Map(E.isRight(body) && Fields.is(body.right) ? Object.entries(body.right) : [])
}

/** Ninety days less a second. */
const REFRESH_TOKEN_SECONDS = 7_775_999

export const createTokenDesk = (options: WebexTokenOptions): WebexTokenDesk => {
  const identifiers = createIdentifiers(options.seed, `webex token of ${options.organizationUuid}`)
  // The shape of live tokens: 64 characters, a cluster of four, the organization.
  const tokenFor = (index: number) =>
    `${[index * 2, index * 2 + 1].map((part) => identifiers.idOf(part).replaceAll('-', '')).join('')}_SIMU_${options.organizationUuid}`

  const accessToken = options.accessToken ?? tokenFor(0)
  const client = {
    clientId: options.clientId ?? `simulated-client-${options.seed}`,
    clientSecret: options.clientSecret ?? `simulated-secret-${identifiers.idOf(1_000_000)}`,
  }
  const expiries = new Map([[accessToken, Number.POSITIVE_INFINITY]])
  let refreshToken: string | undefined = options.refreshToken ?? tokenFor(1_000_001)
  let refreshed = 0

  const refresh = (request: SimulatedRequest): Answer => {
    const fields = fieldsOf(request)
    if (fields.get('grant_type') !== 'refresh_token') {
      return refuse(request, 400, 'unsupported_grant_type: the simulator knows the refresh_token grant only')
    }
    const isClient = fields.get('client_id') === client.clientId && fields.get('client_secret') === client.clientSecret
    if (!isClient) return refuse(request, 401, 'invalid_client: the client could not be authenticated')
    if (refreshToken === undefined || fields.get('refresh_token') !== refreshToken) {
      return refuse(
        request,
        400,
        'invalid_grant: the refresh token provided is expired, revoked, malformed, or invalid',
      )
    }
    refreshed += 1
    const minted = tokenFor(refreshed)
    expiries.set(minted, options.clock.now() + options.lifetimeSeconds * 1000)
    if (options.rotateRefreshToken) refreshToken = tokenFor(1_000_001 + refreshed)
    return json({
      access_token: minted,
      expires_in: options.lifetimeSeconds,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
      token_type: 'Bearer',
    })
  }

  return {
    accessToken,
    client,
    refreshToken: () => refreshToken ?? '',
    refreshed: () => refreshed,
    expire: () => expiries.clear(),
    revokeRefreshToken: () => {
      refreshToken = undefined
    },
    isValid: (token) => options.clock.now() < (expiries.get(token) ?? Number.NEGATIVE_INFINITY),
    route: { method: 'POST', path: '/v1/access_token', handle: refresh },
  }
}

import { createHash } from 'node:crypto'
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
  readonly routes: readonly Route[]
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

const CODE_MS = 600_000

/** The simulator's integration has any address on this machine. */
const REDIRECT_URI = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?\//

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

  /** What the codes are for that a person has allowed, until they are used. */
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string; readonly until: number }>()

  const mint = (): Answer => {
    refreshed += 1
    const minted = tokenFor(refreshed)
    expiries.set(minted, options.clock.now() + options.lifetimeSeconds * 1000)
    return json({
      access_token: minted,
      expires_in: options.lifetimeSeconds,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
      token_type: 'Bearer',
    })
  }

  const refresh = (request: SimulatedRequest, fields: ReadonlyMap<string, string>): Answer => {
    if (refreshToken === undefined || fields.get('refresh_token') !== refreshToken) {
      return refuse(
        request,
        400,
        'invalid_grant: the refresh token provided is expired, revoked, malformed, or invalid',
      )
    }
    if (options.rotateRefreshToken) refreshToken = tokenFor(1_000_002 + refreshed)
    return mint()
  }

  const redeem = (request: SimulatedRequest, fields: ReadonlyMap<string, string>): Answer => {
    const code = fields.get('code') ?? ''
    const allowed = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(fields.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      allowed !== undefined &&
      options.clock.now() < allowed.until &&
      allowed.redirectUri === fields.get('redirect_uri') &&
      (allowed.challenge === '' || allowed.challenge === challenge)
    if (!isRight) return refuse(request, 400, 'invalid_grant: the code is expired, used, or for another client')
    refreshToken ??= tokenFor(1_000_001)
    return mint()
  }

  const grant = (request: SimulatedRequest): Answer => {
    const fields = fieldsOf(request)
    const type = fields.get('grant_type')
    if (type !== 'refresh_token' && type !== 'authorization_code') {
      return refuse(request, 400, 'unsupported_grant_type: the simulator knows refresh_token and authorization_code')
    }
    const isClient = fields.get('client_id') === client.clientId && fields.get('client_secret') === client.clientSecret
    if (!isClient) return refuse(request, 401, 'invalid_client: the client could not be authenticated')
    return type === 'refresh_token' ? refresh(request, fields) : redeem(request, fields)
  }

  /** The page of the vendor on which an administrator allows it. Here, no person is asked. */
  const authorize = (request: SimulatedRequest): Answer => {
    const asked = request.query
    const redirectUri = asked.get('redirect_uri') ?? ''
    const isKnown = asked.get('client_id') === client.clientId && REDIRECT_URI.test(redirectUri)
    if (!isKnown) return refuse(request, 400, 'invalid_request: this client has no such redirect URI')
    const back = new URL(redirectUri)
    back.searchParams.set('state', asked.get('state') ?? '')
    if (asked.get('response_type') === 'code') {
      const code = identifiers.idOf(2_000_000 + codes.size + refreshed)
      const challenge = asked.get('code_challenge') ?? ''
      codes.set(code, { challenge, redirectUri, until: options.clock.now() + CODE_MS })
      back.searchParams.set('code', code)
    } else {
      back.searchParams.set('error', 'unsupported_response_type')
    }
    return { status: 302, headers: { location: back.href }, body: '' }
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
    routes: [
      { method: 'POST', path: '/v1/access_token', handle: grant },
      { method: 'GET', path: '/v1/authorize', handle: authorize },
    ],
  }
}

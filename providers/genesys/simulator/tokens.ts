import { createHash } from 'node:crypto'
import {
  type Answer,
  createIdentifiers,
  createRateLimiter,
  formBodyOf,
  json,
  type RateLimit,
  type Route,
  type SimulatedRequest,
  type SimulatorClock,
} from '../../../src/simulator-kit/index.ts'

/** Whose an OAuth client is. */
export type GenesysClientKind = 'organization' | 'partner'

export interface GenesysTokenOptions {
  readonly clientId: string
  readonly clientSecret: string
  /** The client of the partner. */
  readonly partner: { readonly clientId: string; readonly clientSecret: string }
  /** The client with which persons of the organization sign in. It shows no secret. */
  readonly personClientId: string
  readonly lifetimeSeconds: number
  /** How often a client may mint a token. */
  readonly rateLimit?: RateLimit | undefined
  readonly clock: SimulatorClock
}

/** The access tokens of a simulator, for tests to spoil. */
export interface GenesysTokens {
  /** How many were minted. */
  readonly minted: () => number
  /** All that were minted so far are answered with `credentials.expired`. */
  readonly expire: () => void
  /** All that were minted so far are answered with `bad.credentials`. */
  readonly revoke: () => void
  /** From now on the client's own credentials are refused, or accepted again. */
  readonly refuseClient: (refused: boolean) => void
}

export interface GenesysTokenDesk extends GenesysTokens {
  readonly clientOf: (token: string) => GenesysClientKind | undefined
  readonly stateOf: (token: string) => 'valid' | 'expired' | 'unknown'
  readonly routes: readonly Route[]
}

interface Client {
  readonly id: string
  readonly secret: string
}

const basicClientOf = (request: SimulatedRequest): Client | undefined => {
  const encoded = /^Basic +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { id, secret: secret.join(':') }
}

const formClientOf = (form: URLSearchParams): Client => ({
  id: form.get('client_id') ?? '',
  secret: form.get('client_secret') ?? '',
})

const oauthError = (error: string, description: string): Answer =>
  json({ error, description, error_description: description }, 400)

const CODE_MS = 600_000

/** The client of persons has any address on this machine. */
const REDIRECT_URI = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?\//

/** What a code is for that a person has allowed, until it is used. */
interface AllowedCode {
  readonly challenge: string
  readonly redirectUri: string
  readonly until: number
}

/**
 * The login host's part: mints tokens for the client of the organization and that of its partner and for
 * persons who sign in, and remembers them.
 */
export const createTokenDesk = (options: GenesysTokenOptions): GenesysTokenDesk => {
  const identifiers = createIdentifiers(0, 'genesys token')
  const codesIssued = createIdentifiers(0, 'genesys code')
  const takePlace = createRateLimiter(options.rateLimit, options.clock.now)
  const expiries = new Map<string, number>()
  const kinds = new Map<string, GenesysClientKind>()
  let minted = 0
  let clientRefused = false

  const codes = new Map<string, AllowedCode>()

  const mint = (kind: GenesysClientKind): Answer => {
    minted += 1
    const token = `simulated-${identifiers.idOf(minted)}`
    kinds.set(token, kind)
    expiries.set(token, options.clock.now() + options.lifetimeSeconds * 1000)
    return json({ access_token: token, token_type: 'bearer', expires_in: options.lifetimeSeconds })
  }

  const rateLimited = (clientId: string): Answer | undefined => {
    const verdict = takePlace(clientId)
    if (verdict === undefined || verdict.allowed) return undefined
    const limit = `${verdict.limit} tokens; retry in ${verdict.resetSeconds} seconds`
    return oauthError('invalid_request', `rate limit exceeded; the maximum is ${limit}`)
  }

  const mintForClient = (client: Client): Answer => {
    const isPartner = client.id === options.partner.clientId
    const expected = isPartner ? options.partner : options
    if (clientRefused || client.id !== expected.clientId) return oauthError('invalid_client', 'client not found')
    if (client.secret !== expected.clientSecret) return oauthError('invalid_client', 'authentication failed')
    return rateLimited(client.id) ?? mint(isPartner ? 'partner' : 'organization')
  }

  const redeem = (form: URLSearchParams): Answer => {
    const clientId = form.get('client_id') ?? ''
    if (clientRefused || clientId !== options.personClientId) return oauthError('invalid_client', 'client not found')
    const code = form.get('code') ?? ''
    const allowed = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      allowed !== undefined &&
      options.clock.now() < allowed.until &&
      allowed.redirectUri === form.get('redirect_uri') &&
      allowed.challenge === challenge
    if (!isRight) return oauthError('invalid_grant', 'the code is expired, used, or for another client')
    return rateLimited(clientId) ?? mint('organization')
  }

  const grant = (request: SimulatedRequest): Answer => {
    const form = formBodyOf(request)
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return mintForClient(basicClientOf(request) ?? formClientOf(form))
      case 'authorization_code':
        return redeem(form)
      default:
        return oauthError('unsupported_grant_type', 'the simulator knows client_credentials and authorization_code')
    }
  }

  /** The page of the vendor on which a person allows it. Here, no person is asked. */
  const authorize = (request: SimulatedRequest): Answer => {
    const asked = request.query
    const redirectUri = asked.get('redirect_uri') ?? ''
    const isKnown = asked.get('client_id') === options.personClientId && REDIRECT_URI.test(redirectUri)
    if (!isKnown) return oauthError('invalid_request', 'this client has no such redirect URI')
    const back = new URL(redirectUri)
    back.searchParams.set('state', asked.get('state') ?? '')
    const challenge = asked.get('code_challenge') ?? ''
    // A client without its secret must prove who it is.
    if (asked.get('response_type') === 'code' && asked.get('code_challenge_method') === 'S256' && challenge !== '') {
      const code = codesIssued.idOf(codes.size + minted)
      codes.set(code, { challenge, redirectUri, until: options.clock.now() + CODE_MS })
      back.searchParams.set('code', code)
    } else {
      back.searchParams.set('error', 'invalid_request')
    }
    return { status: 302, headers: { location: back.href }, body: '' }
  }

  return {
    minted: () => minted,
    expire: () => {
      for (const token of expiries.keys()) expiries.set(token, Number.NEGATIVE_INFINITY)
    },
    revoke: () => expiries.clear(),
    refuseClient: (refused) => {
      clientRefused = refused
    },
    clientOf: (token) => kinds.get(token),
    stateOf: (token) => {
      const expiresAt = expiries.get(token)
      if (expiresAt === undefined) return 'unknown'
      return options.clock.now() < expiresAt ? 'valid' : 'expired'
    },
    routes: [
      { method: 'POST', path: '/oauth/token', handle: grant },
      { method: 'GET', path: '/oauth/authorize', handle: authorize },
    ],
  }
}

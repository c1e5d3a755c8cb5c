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
  readonly route: Route
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

/** The login host's part: mints tokens for the client of the organization and that of its partner, and remembers them. */
export const createTokenDesk = (options: GenesysTokenOptions): GenesysTokenDesk => {
  const identifiers = createIdentifiers(0, 'genesys token')
  const takePlace = createRateLimiter(options.rateLimit, options.clock.now)
  const expiries = new Map<string, number>()
  const kinds = new Map<string, GenesysClientKind>()
  let minted = 0
  let clientRefused = false

  const mint = (request: SimulatedRequest): Answer => {
    const form = formBodyOf(request)
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError('unsupported_grant_type', 'the simulator knows the client_credentials grant only')
    }
    const client = basicClientOf(request) ?? formClientOf(form)
    const isPartner = client.id === options.partner.clientId
    const expected = isPartner ? options.partner : options
    if (clientRefused || client.id !== expected.clientId) return oauthError('invalid_client', 'client not found')
    if (client.secret !== expected.clientSecret) return oauthError('invalid_client', 'authentication failed')
    const verdict = takePlace(client.id)
    if (verdict !== undefined && !verdict.allowed) {
      const limit = `${verdict.limit} tokens; retry in ${verdict.resetSeconds} seconds`
      return oauthError('invalid_request', `rate limit exceeded; the maximum is ${limit}`)
    }
    minted += 1
    const token = `simulated-${identifiers.idOf(minted)}`
    kinds.set(token, isPartner ? 'partner' : 'organization')
    expiries.set(token, options.clock.now() + options.lifetimeSeconds * 1000)
    return json({ access_token: token, token_type: 'bearer', expires_in: options.lifetimeSeconds })
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
    route: { method: 'POST', path: '/oauth/token', handle: mint },
  }
}

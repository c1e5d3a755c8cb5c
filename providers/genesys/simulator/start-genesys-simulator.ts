import type { RunningSimulator, SimulatorOptions } from '../../../src/provider-kit/index.ts'
import {
  checkOrganizationSize,
  createIdentifiers,
  createRateLimiter,
  createSimulatorClock,
  createWriteScript,
  defaultSimulatorOptions,
  type Fault,
  type FaultProgram,
  type Given,
  type RateLimit,
  type RequestLog,
  type SimulatorClock,
  startOfDay,
  startServer,
  type WriteMisbehavior,
  type WriteProgram,
  withDefaults,
} from '../../../src/simulator-kit/index.ts'
import { analyticsOperations } from './analytics-operations.ts'
import { billingOperations } from './billing-operations.ts'
import type { GenesysCast } from './cast.ts'
import type { GenesysBillingOptions } from './contracts.ts'
import type { DirectoryOptions } from './directory-parameters.ts'
import { bodyTooLarge, correlationIdOf, methodNotAllowed, notFound } from './errors.ts'
import { explicitGenesysOrganization } from './explicit-organization.ts'
import { guard } from './guard.ts'
import { identityOperations } from './identity-operations.ts'
import { type LicenseListingOptions, licenseOperations } from './license-operations.ts'
import { odditiesCast } from './oddities-cast.ts'
import { createGenesysOrganization, type GenesysOrganization } from './organization.ts'
import { seededGenesysOrganization } from './seeded-organization.ts'
import { storyCast } from './story-cast.ts'
import { createTokenDesk, type GenesysTokens } from './tokens.ts'
import { userOperations } from './user-operations.ts'
import type { GenesysWorld } from './world.ts'
import { writeOperations } from './write-operations.ts'

/** How a Genesys Cloud simulator is started. Everything is optional: 200 people, seed 1, any port, no latency. */
export interface GenesysSimulatorOptions extends Given<SimulatorOptions> {
  /** An organization that is written out, in place of a seeded one; `users` is not looked at then. */
  readonly world?: GenesysWorld | undefined
  /** The OAuth client that is accepted. Default: one made from the seed, in `configuration`. */
  readonly clientId?: string | undefined
  /** Its secret. Default: likewise. */
  readonly clientSecret?: string | undefined
  /** What the OAuth client may do. Default: all that reading and changing licenses and reading contracts need. */
  readonly permissions?: readonly string[] | undefined
  /** Default 86,400. */
  readonly tokenLifetimeSeconds?: number | undefined
  /**
   * For each token; answers carry it in the `inin-ratelimit-*` headers. Default: 300,000 a minute, a thousand times what the
   * vendor allows, so that clients see the headers and do not wait.
   */
  readonly rateLimit?: RateLimit | undefined
  /** For minting tokens, refused with a 400. Default: none. */
  readonly tokenRateLimit?: RateLimit | undefined
  /** How `GET /api/v2/license/users` pages. Default: at most 100 rows, with a total and a page count. */
  readonly licenseListing?: LicenseListingOptions | undefined
  /** Limits of `GET /api/v2/users`. Default: as the vendor has them. */
  readonly directory?: DirectoryOptions | undefined
  /** Contracts and bills. Default: a seeded organization has a contract for all of its licenses. */
  readonly billing?: GenesysBillingOptions | undefined
  /**
   * Seats that can run out, by license id: an assignment beyond them is refused. `purchased`: those that a seeded
   * organization has purchased. Default: none run out, as the vendor does not document it.
   */
  readonly seats?: 'purchased' | Readonly<Record<string, number>> | undefined
  /**
   * The users of a seeded organization sign in by another system: their logins with a password are years old, or there are
   * none. Default: false. Not looked at with a story.
   */
  readonly singleSignOn?: boolean | undefined
  /** In force from the start. */
  readonly faults?: readonly Fault[] | undefined
  /** Likewise, for single licenses of single users: refused, ignored, late, half done and the like. */
  readonly writes?: readonly WriteMisbehavior[] | undefined
  /**
   * Milliseconds since the epoch, for tokens, rate limits and late writes. Users of a seeded organization were active until the
   * day on which it is started. Default: the system's clock.
   */
  readonly now?: (() => number) | undefined
}

/** A running simulator of Genesys Cloud: where it is, who may use it, and what its organization has. */
export interface GenesysSimulator extends RunningSimulator {
  readonly configuration: {
    readonly apiUrl: string
    readonly loginUrl: string
    readonly clientId: string
    readonly clientSecret: string
  }
  /** A configuration with which a person signs in. */
  readonly signInConfiguration: {
    readonly apiUrl: string
    readonly loginUrl: string
    readonly clientId: string
    readonly signIn: true
  }
  /** The `billing` of a configuration that reads the overview of the partner, with the partner's client. */
  readonly trustee: {
    readonly source: 'trustee'
    readonly clientId: string
    readonly clientSecret: string
    readonly organizationId: string
  }
  readonly faults: FaultProgram
  readonly writes: WriteProgram
  readonly requests: RequestLog
  readonly tokens: GenesysTokens
  readonly organization: GenesysOrganization
  readonly clock: SimulatorClock
  /** Ends every connection at once, where `stop` lets answers under way be given. */
  readonly destroy: () => Promise<void>
}

const PERMISSIONS = [
  'authorization:license:view',
  'authorization:grant:add',
  'directory:user:view',
  'billing:subscription:view',
  'analytics:userAggregate:view',
]
const RATE_LIMIT: RateLimit = { requests: 300_000 }
/** The documented `request.bytes.max`. */
const MAX_BODY_BYTES = 512_000

const seatsOf = (
  { seats = {} }: GenesysSimulatorOptions,
  { purchasedBy }: GenesysCast,
  users: number,
): ReadonlyMap<string, number> => (seats === 'purchased' ? purchasedBy(users) : new Map(Object.entries(seats)))

/**
 * Starts a simulator of the Genesys Cloud Platform API and its login host, both on one loopback port.
 *
 * @throws {RangeError} (as a rejection) where the number of people is not one that a seeded organization can have.
 */
export const startGenesysSimulator = async (options: GenesysSimulatorOptions = {}): Promise<GenesysSimulator> => {
  const { users, seed, port, latencyMs } = withDefaults(defaultSimulatorOptions, options)
  if (options.world === undefined) checkOrganizationSize(users)
  const clock = createSimulatorClock(options.now)
  const { story, singleSignOn = false } = options
  const at = startOfDay(clock.now())
  const cast =
    story === undefined
      ? odditiesCast({ seed, singleSignOn, activeUntil: at })
      : storyCast({ seed, at, today: startOfDay(story.today) })
  const base =
    options.world === undefined
      ? seededGenesysOrganization({ seed, users, cast })
      : explicitGenesysOrganization(options.world)
  const organization = createGenesysOrganization(base, clock.now)
  const clients = createIdentifiers(seed, 'genesys client')
  const clientId = options.clientId ?? clients.idOf(0)
  const clientSecret = options.clientSecret ?? `simulated-secret-${clients.idOf(1)}`
  const partner = { clientId: clients.idOf(2), clientSecret: `simulated-secret-${clients.idOf(3)}` }
  const personClientId = clients.idOf(4)
  const tokens = createTokenDesk({
    clientId,
    clientSecret,
    partner,
    personClientId,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 86_400,
    rateLimit: options.tokenRateLimit,
    clock,
  })
  const permissions: ReadonlySet<string> = new Set(options.permissions ?? PERMISSIONS)
  const guarded = guard({
    tokens,
    permissions,
    takePlace: createRateLimiter(options.rateLimit ?? RATE_LIMIT, clock.now),
  })
  const writes = createWriteScript(options.writes)
  const { billing = {} } = options
  const contractsNow = () =>
    billing.contracts ?? (options.world === undefined ? cast.contractsOf(base, users, clock.now()) : [])
  const operations = [
    ...licenseOperations(organization, options.licenseListing ?? {}),
    ...writeOperations(organization, { script: writes, seats: seatsOf(options, cast, users) }),
    ...userOperations(organization, options.directory ?? {}),
    ...analyticsOperations(organization),
    ...identityOperations(organization, clientId, permissions),
    ...billingOperations(organization, billing, contractsNow),
  ]
  const server = await startServer({
    vendor: 'Genesys Cloud',
    port,
    latencyMs,
    clock,
    faults: options.faults,
    cors: options.cors,
    maxBodyBytes: MAX_BODY_BYTES,
    routes: () => [...tokens.routes, ...operations.map(guarded)],
    refusals: { unknownPath: notFound, methodNotAllowed, bodyTooLarge },
    finish: (answer, request) => ({
      ...answer,
      headers: { ...answer.headers, 'inin-correlation-id': correlationIdOf(request) },
    }),
  })
  const { url, faults, requests, stop, destroy } = server
  const configuration = { apiUrl: url, loginUrl: url, clientId, clientSecret }
  const signInConfiguration = { apiUrl: url, loginUrl: url, clientId: personClientId, signIn: true } as const
  const trustee = { source: 'trustee', ...partner, organizationId: organization.id } as const
  return {
    url,
    configuration,
    signInConfiguration,
    trustee,
    faults,
    writes,
    requests,
    tokens,
    organization,
    clock,
    stop,
    destroy,
  }
}

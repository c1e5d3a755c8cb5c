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
  type RequestLog,
  type SimulatorClock,
  startOfDay,
  startServer,
  type WriteMisbehavior,
  type WriteProgram,
  withDefaults,
} from '../../../src/simulator-kit/index.ts'
import { accountOperations } from './account-operations.ts'
import { assignmentOperations } from './assignment-operations.ts'
import { bodyTooLarge, methodNotAllowed, notFound, trackingIdOf } from './errors.ts'
import { explicitWebexOrganization } from './explicit-organization.ts'
import { guard, type WebexRateLimit } from './guard.ts'
import { licenseOperations } from './license-operations.ts'
import { odditiesCast } from './oddities-cast.ts'
import { createWebexOrganization, type WebexBase, type WebexOrganization } from './organization.ts'
import { organizationOperations } from './organization-operations.ts'
import { peopleOperations } from './people-operations.ts'
import { seededWebexOrganization } from './seeded-organization.ts'
import { storyCast } from './story-cast.ts'
import { createTenancy } from './tenancy.ts'
import { createTokenDesk, type WebexTokens } from './tokens.ts'
import { workspaceOperations } from './workspace-operations.ts'
import type { WebexWorld } from './world.ts'

/** A customer's organization that a partner's token reaches too. */
export interface ManagedWebexOrganization {
  /** Written out; seeded where there is none. */
  readonly world?: WebexWorld | undefined
  /** Default: as many as the token's own has. */
  readonly users?: number | undefined
  /** Its people are those of this seed. Default: another one for each organization. */
  readonly seed?: number | undefined
  readonly name?: string | undefined
  /** Refused with a 403 until `GET /organizations/{orgId}` was called for it, as partners have seen it. Default false. */
  readonly dormant?: boolean | undefined
  /** Which lists have it: that of organizations, that of a partner's customers, `both` (default), or `none`. */
  readonly listed?: 'both' | 'organizations' | 'partner' | 'none' | undefined
}

/** How a Webex simulator is started. Everything is optional: 200 people, seed 1, any port, no latency. */
export interface WebexSimulatorOptions extends Given<SimulatorOptions> {
  /** The token's own organization, written out, in place of a seeded one; `users` is not looked at then. */
  readonly world?: WebexWorld | undefined
  /** Default: none. */
  readonly managed?: readonly ManagedWebexOrganization[] | undefined
  /** Default: all that reading and assigning need. */
  readonly scopes?: readonly string[] | undefined
  /** The access token that is accepted from the start. Default: one made from the seed, in `configuration`. */
  readonly accessToken?: string | undefined
  /** The integration that may refresh tokens. Default: one made from the seed, as are the next two; see `refresh`. */
  readonly clientId?: string | undefined
  /** Its secret. */
  readonly clientSecret?: string | undefined
  /** The refresh token that is accepted from the start. */
  readonly refreshToken?: string | undefined
  /** A refresh gives another refresh token, and the one that was used is refused from then on. Default false. */
  readonly rotateRefreshToken?: boolean | undefined
  /** Of refreshed access tokens. Default 1,209,599: fourteen days. */
  readonly tokenLifetimeSeconds?: number | undefined
  /** For each token. Default: none. */
  readonly rateLimit?: WebexRateLimit | undefined
  /** In force from the start. */
  readonly faults?: readonly Fault[] | undefined
  /** How assignments misbehave from the start: refused, ignored, late, half done and the like. */
  readonly writes?: readonly WriteMisbehavior[] | undefined
  /**
   * `limited`: no more seats can be assigned than were purchased. `overage` (default): more can. Webex
   * does not document which of them it does.
   */
  readonly seats?: 'limited' | 'overage' | undefined
  /** What the answer to an ignored write lists: what is held (`leftOut`, the default), or what was asked for (`claimed`). */
  readonly ignoredWrites?: 'leftOut' | 'claimed' | undefined
  /**
   * Whether records of people have the location of Webex Calling `always` (default) or `withCallingData` only. Webex does not
   * document which of them it does.
   */
  readonly personLocations?: 'always' | 'withCallingData' | undefined
  /** Accounts on a page of SCIM 2, at most, whatever is asked for. Default 1,000; Webex documents no limit. */
  readonly accountsPerPage?: number | undefined
  /** Milliseconds since the epoch, for tokens, rate limits and late writes. Default: the system's clock. */
  readonly now?: (() => number) | undefined
}

/** A running simulator of Webex: where it is, which tokens it takes, and what its organizations have. */
export interface WebexSimulator extends RunningSimulator {
  readonly configuration: { readonly apiUrl: string; readonly accessToken: string }
  /** The same with credentials that are refreshed, in place of the access token. */
  readonly refreshConfiguration: {
    readonly apiUrl: string
    readonly clientId: string
    readonly clientSecret: string
    readonly refreshToken: string
  }
  readonly faults: FaultProgram
  /** How assignments misbehave. */
  readonly writes: WriteProgram
  readonly requests: RequestLog
  readonly tokens: WebexTokens
  /** The token's own. */
  readonly organization: WebexOrganization
  /** The token's own first, then the managed ones in their order. */
  readonly organizations: readonly WebexOrganization[]
  readonly clock: SimulatorClock
  /** Ends every connection at once, where `stop` lets answers under way be given. */
  readonly destroy: () => Promise<void>
}

const SCOPES = [
  'spark-admin:licenses_read',
  'spark-admin:people_read',
  'spark-admin:people_write',
  'spark-admin:organizations_read',
  'spark-admin:workspaces_read',
  'spark-admin:devices_read',
  'spark-admin:resource_group_memberships_read',
  'spark:people_read',
  'identity:people_read',
]

/**
 * Starts a simulator of the Webex API on one loopback port, its base path `/v1`.
 *
 * @throws {RangeError} (as a rejection) where the number of people is not one that a seeded organization can have.
 */
export const startWebexSimulator = async (options: WebexSimulatorOptions = {}): Promise<WebexSimulator> => {
  const { users, seed, port, latencyMs } = withDefaults(defaultSimulatorOptions, options)
  const uuids = createIdentifiers(seed, 'webex organization')
  const clock = createSimulatorClock(options.now)

  const baseOf = (index: number, of: ManagedWebexOrganization): WebexBase => {
    if (of.world !== undefined) return explicitWebexOrganization(of.world)
    const size = of.users ?? users
    checkOrganizationSize(size)
    const name = of.name ?? (index === 0 ? 'Example Company (simulated)' : `Example Customer ${index} (simulated)`)
    const { story } = options
    const ownSeed = of.seed ?? seed + index
    const at = startOfDay(clock.now())
    const cast =
      story === undefined
        ? odditiesCast({ seed: ownSeed, activeUntil: at })
        : storyCast({ seed: ownSeed, users: size, at, today: startOfDay(story.today) })
    return seededWebexOrganization({ seed: ownSeed, users: size, name, uuid: uuids.idOf(index), cast })
  }
  const open = (index: number, of: ManagedWebexOrganization) => createWebexOrganization(baseOf(index, of), clock.now)
  const own = open(0, options.world === undefined ? {} : { world: options.world })
  const managed = (options.managed ?? []).map((organization, index) => ({
    organization: open(index + 1, organization),
    dormant: organization.dormant ?? false,
    listed: organization.listed ?? 'both',
  }))
  const tenancy = createTenancy(own, managed)

  const tokens = createTokenDesk({
    seed,
    organizationUuid: own.uuid,
    accessToken: options.accessToken,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    refreshToken: options.refreshToken,
    rotateRefreshToken: options.rotateRefreshToken ?? false,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 1_209_599,
    clock,
  })
  const guarded = guard({
    tokens,
    scopes: new Set(options.scopes ?? SCOPES),
    takePlace: createRateLimiter(options.rateLimit, clock.now),
    retryAfter: options.rateLimit?.retryAfter,
  })
  const writes = createWriteScript(options.writes)
  const firstRefreshToken = tokens.refreshToken()
  const server = await startServer({
    vendor: 'Cisco Webex',
    port,
    latencyMs,
    clock,
    faults: options.faults,
    cors: options.cors,
    routes: (url) => [
      ...tokens.routes,
      ...licenseOperations(tenancy, url).map(guarded),
      ...assignmentOperations(tenancy, {
        writes,
        seats: options.seats ?? 'overage',
        ignoredWrites: options.ignoredWrites ?? 'leftOut',
      }).map(guarded),
      ...peopleOperations(tenancy, url, { locations: options.personLocations ?? 'always' }).map(guarded),
      ...accountOperations(tenancy, { most: options.accountsPerPage ?? 1_000 }).map(guarded),
      ...workspaceOperations(tenancy, url).map(guarded),
      ...organizationOperations(tenancy).map(guarded),
    ],
    refusals: { unknownPath: notFound, methodNotAllowed, bodyTooLarge },
    finish: (answer, request) => ({ ...answer, headers: { ...answer.headers, trackingid: trackingIdOf(request) } }),
  })
  const { url, faults, requests, stop, destroy } = server
  const apiUrl = `${url}/v1`
  return {
    url,
    configuration: { apiUrl, accessToken: tokens.accessToken },
    refreshConfiguration: { apiUrl, ...tokens.client, refreshToken: firstRefreshToken },
    faults,
    writes: { add: writes.add, clear: writes.clear, active: writes.active },
    requests,
    tokens,
    organization: own,
    organizations: tenancy.all,
    clock,
    stop,
    destroy,
  }
}

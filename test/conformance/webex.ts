import { diagnoseWebex } from '../../providers/webex/diagnosis.ts'
import { createWebexProvider, type WebexUserSource } from '../../providers/webex/index.ts'
import { startWebexSimulator, webexLicenseId } from '../../providers/webex/simulator/index.ts'
import { createRequestBudget } from '../../src/provider-kit/index.ts'
import type { Fault, FaultMatch } from '../../src/simulator-kit/index.ts'
import { startServer } from '../../src/simulator-kit/index.ts'
import {
  type BesideAnother,
  type ConformanceHarness,
  conformancePageSize,
  faultsOf,
  hastyClock,
  holdersIn,
  misbehaviorsOf,
  pageScript,
  type RowOtherwise,
  type ScriptedPage,
  type World,
} from '../../src/testing/index.ts'
import { diagnosing } from '../support/diagnosing.ts'

type WorldUser = World['users'][number]

/** How the users are listed over one route: where, in what shape, and how the pages are told apart. */
interface Route {
  readonly source: WebexUserSource
  readonly path: (world: World) => string
  readonly query: Readonly<Record<string, string>>
  readonly rows: (world: World) => readonly unknown[]
  readonly bodyOf: (rows: readonly unknown[]) => unknown
  /** The row of the same user who holds another license; absent where a row does not tell. */
  readonly otherwise?: RowOtherwise
}

const holderRow = ({ id, kind, displayName, email }: WorldUser) => ({
  id,
  type: kind.toUpperCase(),
  displayName,
  email,
})

const personRow = ({ id, status, displayName, email, licenseIds, lastActiveAt }: WorldUser) => ({
  id,
  displayName,
  emails: email === undefined ? [] : [email],
  licenses: licenseIds,
  loginEnabled: status !== 'inactive',
  ...(lastActiveAt === undefined ? {} : { lastActivity: lastActiveAt }),
})

const byLicenses: Route = {
  source: 'licenses',
  path: ({ busiestLicenseId }) => `/v1/licenses/${busiestLicenseId}`,
  query: { limit: String(conformancePageSize) },
  rows: (world) => holdersIn(world, world.busiestLicenseId).map(holderRow),
  bodyOf: (users) => ({ id: 'license-main', name: 'Main', users }),
}

const byBoth: Route = { ...byLicenses, source: 'both' }

const byPeople: Route = {
  source: 'people',
  path: () => '/v1/people',
  query: { max: String(conformancePageSize) },
  rows: (world) => world.users.filter(({ inDirectory }) => inDirectory).map(personRow),
  bodyOf: (items) => ({ items }),
  otherwise: (row) => ({ ...Object(row), licenses: ['license-otherwise'] }),
}

const simulatedWorld = (world: World) => ({
  licenses: world.licenses.map(({ id, name, purchased, subscriptionId, siteUrl }) => ({
    id,
    name,
    ...(purchased.kind === 'known' ? { totalUnits: purchased.value } : {}),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(siteUrl === undefined ? {} : { siteUrl }),
  })),
  workspaces: world.workspaces.map(({ id, displayName, licenseIds }) => ({
    id,
    licenses: licenseIds,
    ...(displayName === undefined ? {} : { displayName }),
  })),
  people: world.users.map(({ id, kind, status, displayName, email, licenseIds, lastActiveAt, inDirectory }) => ({
    id,
    type: kind === 'external' ? ('EXTERNAL' as const) : ('INTERNAL' as const),
    loginEnabled: status !== 'inactive',
    listed: inDirectory,
    licenses: licenseIds,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    ...(lastActiveAt === undefined ? {} : { lastActivity: lastActiveAt }),
  })),
})

const linkOf = (
  { leadsTo }: ScriptedPage,
  address: (page: string) => string,
  pageNumber: number,
  elsewhere: string,
) => {
  switch (leadsTo) {
    case 'nowhere':
      return {}
    case 'no name':
      return { link: '<>; rel="next"' }
    case 'elsewhere':
      return { link: `<${elsewhere}>; rel="next"` }
    case 'itself':
      return { link: `<${address(String(pageNumber))}>; rel="next"` }
    case 'the next':
      return { link: `<${address(String(pageNumber + 1))}>; rel="next", <${address('1')}>; rel="first"` }
  }
}

const serve =
  (route: Route): ConformanceHarness['serve'] =>
  async (world, disturbance, { concurrency, onEvent } = {}) => {
    const clock = hastyClock()
    const simulator = await startWebexSimulator({ world: simulatedWorld(world), now: clock.now })
    const trap = await startServer({
      vendor: 'nobody',
      port: 0,
      latencyMs: 0,
      clock: simulator.clock,
      routes: () => [],
      refusals: {
        unknownPath: () => ({ status: 404, headers: {}, body: '' }),
        methodNotAllowed: () => ({ status: 405, headers: {}, body: '' }),
        bodyTooLarge: () => ({ status: 413, headers: {}, body: '' }),
      },
    })
    const path = route.path(world)
    const pages: FaultMatch = { path }
    const asked: FaultMatch = { path, query: route.query }
    const script = pageScript(disturbance, route.rows(world), route.otherwise)
    const scripted: readonly Fault[] =
      script === undefined
        ? []
        : [
            {
              match: pages,
              effect: {
                kind: 'rewrite',
                rewrite: (_, { query }) => {
                  const pageNumber = Number(query.get('next') ?? '1')
                  const page = script(pageNumber)
                  const address = (next: string) =>
                    `${simulator.url}${path}?${new URLSearchParams({ ...Object.fromEntries(query), next })}`
                  return {
                    status: 200,
                    headers: { 'content-type': 'application/json', ...linkOf(page, address, pageNumber, trap.url) },
                    body: JSON.stringify(route.bodyOf(page.rows)),
                  }
                },
              },
            },
          ]
    const faults = faultsOf(disturbance, {
      api: { method: 'GET' },
      pages,
      firstPage: asked,
      secondPage: { ...asked, skip: 1 },
      directory: { path: '/v1/people' },
      changes: { method: 'PATCH', path: '/v1/licenses/users' },
      refusal: {
        status: 403,
        body: { message: 'The access token is missing required scopes.', trackingId: 'ROUTERGW_1' },
      },
      expireTokens: simulator.tokens.expire,
    })
    for (const fault of [...scripted, ...faults]) simulator.faults.add(fault)
    // The answer lists what is held all the same: that it leaves a change out is all that tells.
    const refusal = { status: 403, message: 'The user cannot be changed.' }
    for (const one of misbehaviorsOf(disturbance, { world, refusal })) simulator.writes.add(one)

    const { apiUrl, ...credentials } = simulator.refreshConfiguration
    const refreshToken = disturbance === 'badCredentials' ? 'not-the-refresh-token' : credentials.refreshToken
    const paged = { userSource: route.source, pageSize: conformancePageSize }
    const config = { ...credentials, apiUrl, refreshToken, ...paged }
    const provider = createWebexProvider(config, {
      clock,
      onEvent,
      budget: createRequestBudget({ clock, concurrency }),
    })
    return {
      provider,
      diagnose: diagnosing(provider, (host) => diagnoseWebex(config, host), clock),
      requests: () => simulator.requests.count(),
      maximumInFlight: simulator.requests.maximumInFlight,
      foreignRequests: () => trap.requests.count(),
      secrets: [credentials.clientSecret, credentials.refreshToken, refreshToken, simulator.configuration.accessToken],
      stop: async () => {
        await Promise.all([simulator.destroy(), trap.destroy()])
      },
    }
  }

/** The partner, whose token it is, and the customer, whom the provider is bound to. */
const PARTNER = 'b0000000-0000-4000-8000-00000000000b'
const CUSTOMER = 'a0000000-0000-4000-8000-00000000000a'

/** The customer's ids tell nothing, as those of the documentation; the partner's tell whose they are. */
const beside = ({ source }: Route): BesideAnother => ({
  licenseId: (id) => webexLicenseId({ organizationUuid: PARTNER, offerCode: 'MS', uuid: id }),
  userId: (id) => `their-${id}`,
  serve: async (world, other) => {
    const worldAs = (uuid: string, of: World) => ({ organization: { uuid, name: uuid }, ...simulatedWorld(of) })
    const simulator = await startWebexSimulator({
      world: worldAs(PARTNER, other),
      managed: [{ world: worldAs(CUSTOMER, world) }],
    })
    const providerOf = (orgId: string) =>
      createWebexProvider(
        { ...simulator.configuration, orgId, userSource: source, pageSize: conformancePageSize },
        { clock: hastyClock() },
      )
    return {
      provider: providerOf(CUSTOMER),
      other: providerOf(PARTNER),
      requests: () => simulator.requests.count(),
      secrets: [simulator.configuration.accessToken],
      stop: simulator.destroy,
    }
  },
})

const NOT_AT_WEBEX = {
  deletedUser: 'a person who was deleted is not listed, whatever they held',
  pendingLicense: 'pending licenses are Webex provides it only in the answer to a change',
  sharedEmail: 'an e-mail address belongs to one person',
  totalMoves: 'no list gives a total',
}

const NO_DIRECTORY = { unreadableDirectory: 'there is no directory apart' }

const BY_HOLDERS = {
  licenseNotDefined: 'holders are found by way of the licenses that are listed',
  userWithoutLicense: 'only holders are listed',
  continuation: "no user's licenses are known before all holders are listed",
  repeatedRowsOtherwise: 'a row tells of one license only, that of the list',
  incrementalUsers: "no user's licenses are known before all holders are listed",
}

const NOT_TOLD = 'not part of the Licenses API'

/** The conformance of Webex over each route of its users. */
export const webexBy: Readonly<Record<WebexUserSource, ConformanceHarness>> = {
  licenses: {
    name: 'webex by licenses',
    diagnoses: true,
    serve: serve(byLicenses),
    beside: beside(byLicenses),
    unsupported: { ...NOT_AT_WEBEX, ...NO_DIRECTORY, ...BY_HOLDERS },
    untold: {
      licenseFields: { productCode: NOT_TOLD, metric: 'taken as a hint' },
      userFields: { status: 'not told with the holders', lastActiveAt: 'not told with the holders' },
    },
  },
  both: {
    name: 'webex by both',
    diagnoses: true,
    serve: serve(byBoth),
    beside: beside(byBoth),
    unsupported: { ...NOT_AT_WEBEX, ...BY_HOLDERS },
    untold: { licenseFields: { productCode: NOT_TOLD, metric: 'taken as a hint' } },
  },
  people: {
    name: 'webex by people',
    diagnoses: true,
    serve: serve(byPeople),
    beside: beside(byPeople),
    unsupported: {
      ...NOT_AT_WEBEX,
      ...NO_DIRECTORY,
      externalUser: 'external holders are not among the people',
      userNotInDirectory: 'the list is the directory',
    },
    untold: { licenseFields: { productCode: NOT_TOLD, metric: 'taken as a hint' } },
  },
}

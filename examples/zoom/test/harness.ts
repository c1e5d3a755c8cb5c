import { createRequestBudget, diagnoseProviders, known, type ProviderHost } from 'seatlens/provider-kit'
import { json } from 'seatlens/simulator-kit'
import {
  type ConformanceHarness,
  conformancePageSize,
  faultsOf,
  hastyClock,
  misbehaviorsOf,
  pageScript,
  type ScriptedPage,
  type World,
} from 'seatlens/testing'
import { createZoomProvider, diagnosis } from '../dist/index.js'
import { type SimulatedAccount, startZoomSimulator } from '../dist/simulator.js'

/** The licenses of the suite, as Zoom's: options beyond what a double can hold are among them. */
const IDS: Readonly<Record<string, string>> = {
  'license-main': 'plan_base:2',
  'license-second': 'phone:200',
  'license-bundle': 'phone:201:subscription-2',
  'license-unheld': `plan_zoom_one:${2n ** 57n}`,
  'license-over': 'phone:300',
  'license-free': 'phone:400',
  'license-retired': `plan_zoom_one:${2n ** 59n}`,
  constructor: 'phone:500',
}

const NAMES: Readonly<Record<string, string>> = {
  'plan_base:2': 'Zoom Meetings yearly',
  [`plan_zoom_one:${2n ** 57n}`]: `Zoom Workplace ${2n ** 57n}`,
}

const accountOf = (world: World): SimulatedAccount => ({
  plans: world.licenses.map(({ id, name, purchased }) => ({
    id,
    hosts: purchased.kind === 'known' ? purchased.value : 0,
    ...(id === 'plan_base:2' ? { type: 'yearly' } : {}),
    ...(id in NAMES ? {} : { name }),
  })),
  users: world.users.map(({ id, email = '', displayName, status, lastActiveAt, licenseIds }) => ({
    id,
    email,
    name: displayName,
    status: status === 'active' ? 'active' : 'inactive',
    lastLogin: lastActiveAt,
    licenseIds,
  })),
})

/** The token that leads from a page to the next one. An empty one ends the list. */
const tokenOf = (leadsTo: ScriptedPage['leadsTo'], pageNumber: number): string => {
  if (leadsTo === 'itself') return `active-${pageNumber}`
  return leadsTo === 'the next' ? `active-${pageNumber + 1}` : ''
}

export const zoomHarness: ConformanceHarness = {
  name: 'zoom',
  licenseId: (id) => IDS[id] ?? `plan_none:${id}`,
  asInCatalog: ({ id, name, purchased, subscriptionId }) => ({
    name: NAMES[id] ?? name,
    purchased: purchased.kind === 'known' ? purchased : known(50),
    subscriptionId: id.startsWith('phone:201') ? subscriptionId : undefined,
    siteUrl: undefined,
    includes: id.startsWith('plan_zoom_one') ? ['plan_base:2'] : [],
    requires: [],
    omits: id.startsWith('phone:') ? ['common areas and rooms'] : undefined,
  }),
  unsupported: {
    continuation: 'with Zoom Phone, a list of users begins with the phones of all',
    workspaces: 'rooms and common areas are not read',
    externalUser: 'Zoom lists no guests',
    deletedUser: 'deleted users are not listed',
    userNotInDirectory: 'the list is the directory',
    sharedEmail: 'an address is of one user',
    pendingLicense: 'seats take effect at once',
    emptyToken: 'an empty token is how Zoom ends a list',
    foreignNextLink: 'a token leads nowhere else',
    unreadableDirectory: 'there is no directory apart from the list',
    halfChange: 'a request has one change of each user',
  },
  diagnoses: true,
  serve: async (world, disturbance, { concurrency, onEvent } = {}) => {
    const clock = hastyClock()
    const zoom = await startZoomSimulator(accountOf(world), { now: clock.now })
    const script = pageScript(disturbance, zoom.recordsWith('active'), (row) => ({ ...Object(row), type: 1 }))
    if (script !== undefined) {
      const rewrite = (_: unknown, { query }: { readonly query: URLSearchParams }) => {
        const pageNumber = Number(query.get('next_page_token')?.split('-')[1] ?? 1)
        const { rows, total, leadsTo } = script(pageNumber)
        return json({ users: rows, total_records: total, next_page_token: tokenOf(leadsTo, pageNumber) })
      }
      zoom.faults.add({
        match: { path: '/v2/users', query: { status: 'active' } },
        effect: { kind: 'rewrite', rewrite },
      })
    }
    const users = '/v2/users'
    const faults = faultsOf(disturbance, {
      api: { path: '/v2/*' },
      pages: { path: users },
      firstPage: { path: users, query: { status: 'active' } },
      secondPage: { path: users, query: { next_page_token: `active-${conformancePageSize}` } },
      changes: [
        { method: 'POST', path: '/v2/users/features' },
        ...['POST', 'PUT', 'DELETE'].map((method) => ({ method, path: '/v2/phone/users/*' })),
      ],
      refusal: {
        status: 400,
        body: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:write:admin].' },
      },
      expireTokens: zoom.expireTokens,
    })
    for (const fault of faults) zoom.faults.add(fault)
    const misbehaviors = misbehaviorsOf(disturbance, { world, refusal: { message: 'Have upcoming events' } })
    for (const misbehavior of misbehaviors) zoom.writes.add(misbehavior)
    const { clientSecret, ...known } = zoom.credentials
    const secret = disturbance === 'badCredentials' ? 'not-the-secret-at-all' : clientSecret
    const urls = { apiUrl: `${zoom.url}/v2`, loginUrl: zoom.url }
    const config = { ...known, ...urls, clientSecret: secret, phone: true, pageSize: conformancePageSize }
    const provider = createZoomProvider(config, { clock, onEvent, budget: createRequestBudget({ clock, concurrency }) })
    const factory = { create: () => provider, diagnosis: (host: ProviderHost) => diagnosis(config, host) }
    const openTokenStore = () => ({ read: async () => undefined, write: async () => {} })
    return {
      provider,
      diagnose: diagnoseProviders([{ id: provider.id, factory }], { clock, openTokenStore }),
      requests: () => zoom.requests.count(),
      maximumInFlight: zoom.requests.maximumInFlight,
      secrets: [secret, clientSecret, ...zoom.tokens()],
      stop: zoom.destroy,
    }
  },
}

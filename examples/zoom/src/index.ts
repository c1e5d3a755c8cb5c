import * as kit from 'seatlens/provider-kit'
import { openZoom, required, settings, type ZoomConfig } from './api.ts'
import { reviewChanges, zoomChanges } from './changes.ts'
import { readPools } from './licenses.ts'
import { listUsers, NOT_RESUMABLE, readUser } from './users.ts'

export type { ZoomConfig } from './api.ts'

const { allSupported, conditional, unsupported } = kit
const FROM_PLANS = conditional('grant the scope `account:read:admin`, which not every account can have')
const capabilitiesWith = (phone: boolean): kit.Capabilities => ({
  operations: {
    ...allSupported('listLicenses', 'getLicense', 'listUsers', 'getUser'),
    resumeUsers: phone ? unsupported(NOT_RESUMABLE) : conditional('go on within 15 minutes, the life of a page token'),
    listHolders: unsupported('Zoom lists users with their plans, not plans with their users'),
    listWorkspaces: unsupported('rooms and common areas are not read'),
    changeAssignments: conditional('grant the scopes `user:write:admin`, and `phone:write:admin` for calling plans'),
  },
  licenseFields: {
    ...allSupported('name', 'metric', 'includes', 'requires'),
    ...{ purchased: FROM_PLANS, consumed: FROM_PLANS, siteUrl: unsupported('there are no sites') },
  },
  userFields: {
    ...allSupported('kind', 'status', 'invitePending', 'displayName', 'email', 'department', 'createdAt'),
    ...allSupported('lastActiveAt', 'neverActive'),
    pendingLicenseIds: unsupported('seats take effect at once'),
  },
})

/** Zoom as a provider: plans, Zoom Phone if configured, and users of every status. */
export const createZoomProvider = (config: ZoomConfig, runtime: kit.ProviderRuntime = {}): kit.LicenseProvider => {
  const api = openZoom(config, runtime)
  const { displayName = 'Zoom', phone = false } = config
  const list = { operation: 'GET /accounts/me/plans/usage', keyOf: ({ id }: kit.License) => id }
  return kit.createProvider(api, {
    ...{ vendor: 'zoom', displayName, reviewChanges, capabilities: capabilitiesWith(phone) },
    listLicenses: (request) =>
      kit.Lists.onOnePage(api, { ...list, fetch: (scope) => readPools(api, phone, scope) }, request),
    listUsers: (request) => listUsers(api, config, request),
    getUser: readUser(api, config),
    changes: zoomChanges(api, config),
  })
}

/** What each operation takes. Zoom Phone has scopes of its own. */
export const diagnosis = (config: ZoomConfig, host: kit.ProviderRuntime): kit.Diagnosis => {
  const [ofUsers, query] = [['listUsers', 'getUser', 'changeAssignments'] as const, { page_size: 1 }]
  const [plans, users, phones] = ['/accounts/me/plans/usage', '/users', '/phone/users'].map((path) => ({ path, query }))
  const needs: readonly kit.Need[] = [
    { anyOf: ['account:read:admin'], for: ['listLicenses'], lacks: 'what was bought', read: plans },
    { anyOf: ['user:read:admin'], for: ofUsers, read: users },
    { anyOf: ['user:write:admin'], for: ['changeAssignments'] },
  ]
  const ofPhone: readonly kit.Need[] = [
    { anyOf: ['phone:read:admin'], for: ['listLicenses', ...ofUsers], read: phones },
    { anyOf: ['phone:write:admin'], for: ['changeAssignments'] },
  ]
  return { api: openZoom(config, host), needs: config.phone ? [...needs, ...ofPhone] : needs }
}

export default kit.defineProvider({
  ...{ type: 'zoom', displayName: 'Zoom', settings, create: createZoomProvider, diagnosis, reviewChanges },
  check: (values) => required.map((field) => values[field] === undefined && { field, expected: 'what the app shows' }),
  configOf: (id, { accountId = '', clientId = '', clientSecret = '', ...others }) => {
    return { id, accountId, clientId, clientSecret, ...others }
  },
  startSimulator: async (options) => (await import('./simulator.ts')).startSeededZoom(options),
})

import * as kit from 'seatlens/provider-kit'
import { openZoom, type ZoomConfig } from './api.ts'
import { reviewChanges, zoomChanges } from './changes.ts'
import { readPools } from './licenses.ts'
import { listUsers, readUser } from './users.ts'

export type { ZoomConfig } from './api.ts'

const { allSupported, conditional, Fields, unsupported } = kit
const FROM_PLANS = conditional('grant the scope `account:read:admin`, which not every account can have')

const capabilitiesWith = (phone: boolean): kit.Capabilities => ({
  operations: {
    ...allSupported('listLicenses', 'getLicense', 'listUsers', 'getUser'),
    resumeUsers: phone
      ? unsupported('with Zoom Phone, a list of users begins with the phones of all')
      : conditional('go on within 15 minutes, as long as Zoom keeps a page token'),
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

const required = ['accountId', 'clientId', 'clientSecret'] as const

export default kit.defineProvider({
  ...{ type: 'zoom', displayName: 'Zoom', create: createZoomProvider, reviewChanges },
  settings: {
    accountId: Fields.plainText({ description: 'The account id of the app.', variable: 'ZOOM_ACCOUNT_ID' }),
    clientId: Fields.plainText({ description: 'Of a Server-to-Server OAuth app.', variable: 'ZOOM_CLIENT_ID' }),
    clientSecret: Fields.secretText({ description: 'Its secret.', variable: 'ZOOM_CLIENT_SECRET' }),
    phone: Fields.flag({ description: 'The account has Zoom Phone. Default: false.' }),
    apiUrl: Fields.webAddress({ description: 'Default: https://api.zoom.us/v2' }),
    loginUrl: Fields.webAddress({ description: 'Default: https://zoom.us' }),
    pageSize: Fields.positiveInteger({ description: 'Users per page. Default and maximum: 300.' }),
  },
  check: (values) => required.map((field) => values[field] === undefined && { field, expected: 'what the app shows' }),
  configOf: (id, { accountId = '', clientId = '', clientSecret = '', ...others }) => ({
    ...{ id, accountId, clientId, clientSecret, ...others },
  }),
  startSimulator: async (options) => (await import('./simulator.ts')).startSeededZoom(options),
})

import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Capabilities,
  conditional,
  createProvider,
  type License,
  type LicensedUser,
  type LicenseProvider,
  Lists,
  type ProviderRuntime,
  supported,
  unsupported,
} from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { openBilling } from './billing/open-billing.ts'
import { genesysChanges } from './change-assignments.ts'
import { clientOf } from './client.ts'
import { userIdOf } from './codecs.ts'
import type { GenesysBilling, GenesysConfig } from './config.ts'
import { MAX_PAGE_SIZE, readDirectory } from './directory.ts'
import { openExpansion } from './expansion.ts'
import { createUserFinder } from './find-user.ts'
import { createUsersFinder } from './find-users.ts'
import { joinDirectory, joinResumed } from './joined-directory.ts'
import { createLicenseReader } from './license-reader.ts'
import { userOf } from './mapping.ts'
import { openPresence, withPresence } from './presence.ts'
import { reviewChanges } from './review-changes.ts'
import { settleUnstated } from './unstated-licenses.ts'

/** What every public caller uses; the vendor documents no limit and caps without an error. */
export const USUAL_PAGE_SIZE = 100

const OVERRIDDEN = conditional('set it in `licenses` of the configuration; the License API does not provide it')
const FROM_DIRECTORY = conditional('let the credentials read the directory, `GET /api/v2/users`')
const FROM_EXTENDED = conditional('set `"directory": "extended"`')

/** What has to be done for what was bought and billed. */
const BOUGHT = {
  off: conditional(
    'set `"billing": { "source": "contracts" }`, or `"trustee"` with a partner\'s client; the License API does not provide it',
  ),
  contracts: conditional(
    'grant the permission `billing:subscription:view`, and name the products of a license as its `sku` in `licenses`',
  ),
  trustee: conditional(
    "grant the permission `affiliateOrganization:clientBilling:view` to the partner's client, and name the products of a license as its `sku` in `licenses`",
  ),
} satisfies Readonly<Record<GenesysBilling['source'], unknown>>

const capabilitiesWith = (billing: GenesysBilling['source']): Capabilities => ({
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: conditional('by e-mail address without reading all users, grant the permission `directory:user:view`'),
    listWorkspaces: unsupported('the vendor gives licenses to users only'),
    listHolders: unsupported('the vendor lists users with their licenses, not licenses with their users'),
    changeAssignments: conditional(
      'grant the permission `authorization:grant:add`, and turn off automatic license assignment',
    ),
  },
  licenseFields: {
    name: supported,
    productCode: unsupported('the license id is the stable key'),
    metric: OVERRIDDEN,
    services: conditional(
      'set it in `licenses` of the configuration; without that, it follows from the id, where that is known',
    ),
    purchased: billing === 'off' ? OVERRIDDEN : BOUGHT[billing],
    consumed: BOUGHT[billing],
    purchases: BOUGHT[billing],
    term: billing === 'off' ? OVERRIDDEN : BOUGHT[billing],
    subscriptionId: unsupported('not part of the License API'),
    siteUrl: unsupported('there are no sites'),
    includes: supported,
    requires: supported,
  },
  userFields: {
    kind: supported,
    status: FROM_DIRECTORY,
    pendingLicenseIds: unsupported('assignments take effect at once'),
    displayName: FROM_DIRECTORY,
    email: FROM_DIRECTORY,
    department: FROM_DIRECTORY,
    division: FROM_DIRECTORY,
    manager: FROM_DIRECTORY,
    location: FROM_EXTENDED,
    costCenter: unsupported('the directory has no cost centers'),
    employeeNumber: FROM_EXTENDED,
    createdAt: unsupported('the directory does not say when a user was created'),
    hiredAt: FROM_EXTENDED,
    lastActiveAt: FROM_DIRECTORY,
    neverActive: unsupported('the directory has no sign-in of such a user, and does not say why'),
    seats: unsupported('licenses follow from roles, and the License API does not say since when or by which'),
  },
})

/**
 * Genesys Cloud as a {@link LicenseProvider}. Assignments come from `GET /license/users`; names, addresses and states
 * are joined from the directory, read in bulk, and may be missing without making the assignments any less exact.
 */
export const createGenesysProvider = (config: GenesysConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openGenesysAccess(config, runtime)
  const client = clientOf(access)
  const { provider } = access
  const { pageSize, directory, activity } = config
  const reader = { ...access, client, pageSize, directory, activity }
  const findUser = createUserFinder(reader)
  const { readLicenses, getLicense } = createLicenseReader(access, client, openBilling(config, access, client))

  return createProvider(access, {
    vendor: 'genesys',
    displayName: config.displayName ?? 'Genesys Cloud',
    capabilities: capabilitiesWith(config.billing?.source ?? 'off'),
    listLicenses: (request) =>
      Lists.onOnePage<License>(
        access,
        {
          operation: 'GET /api/v2/license/definitions',
          keyOf: ({ id }) => id,
          contentOf: ({ raw: _, ...license }) => [JSON.stringify(license)],
          fetch: (scope) => readLicenses(request.includeRaw ?? false, scope),
        },
        request,
      ),
    getLicense: (licenseId, scope) => getLicense(licenseId, scope),
    listUsers: (request) =>
      Lists.byPageNumber<LicensedUser>(
        access,
        {
          operation: 'GET /api/v2/license/users',
          keyOf: ({ id }) => id,
          pageSize: { configured: pageSize, most: MAX_PAGE_SIZE, usual: USUAL_PAGE_SIZE },
          fetch: ({ scope, resumed, ids }) => {
            const expansion = openExpansion(reader)
            const openDirectory = readDirectory(reader, scope, expansion, ids)
            const presence = openPresence(reader, scope)
            const openWhole = withPresence(presence, openDirectory)
            // Read beside the first page. If that is refused, the directory is of no use, and stops with it.
            const directory = resumed
              ? joinResumed(client, scope, expansion, presence, openWhole)
              : joinDirectory(client, scope, expansion, openWhole())
            const settle = settleUnstated(client)
            return (ask) =>
              pipe(
                client.getLicenseUsers(ask, scope),
                TE.flatMapTask((page) => async () => {
                  const where = `page ${ask.pageNumber}`
                  const settled = await settle(page.unstated, where, scope)
                  const rows = [...page.records.map((row) => ({ listed: row, settled: row })), ...settled.rows]
                  const entries = await directory.entriesOf(rows.map(({ listed }) => userIdOf(listed)))
                  const { undecodable, gaps } = Lists.pageOf(page, where, userIdOf)
                  return {
                    items: rows.map(({ listed, settled: row }, place) => {
                      const user = userOf(provider, row, entries[place])
                      return request.includeRaw ? { ...user, raw: listed } : user
                    }),
                    undecodable: undecodable + settled.missing,
                    gaps: [...gaps, ...settled.gaps],
                    directory: directory.ledger,
                    pageSize: page.pageSize,
                    pageCount: page.pageCount,
                    total: page.total,
                  }
                }),
              )
          },
        },
        request,
      ),
    getUser: (user, scope) => ('id' in user ? findUser.byId(user.id, scope) : findUser.byEmail(user.email, scope)),
    findUsers: createUsersFinder(reader, findUser),
    changes: genesysChanges(access, client),
    reviewChanges,
  })
}

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
  Values,
} from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { genesysChanges } from './change-assignments.ts'
import { clientOf } from './client.ts'
import { userIdOf } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { MAX_PAGE_SIZE, readDirectory } from './directory.ts'
import { createUserFinder } from './find-user.ts'
import { createUsersFinder } from './find-users.ts'
import { joinDirectory, joinResumed } from './joined-directory.ts'
import { licenseOf, userOf } from './mapping.ts'
import { reviewChanges } from './review-changes.ts'
import { settleUnstated } from './unstated-licenses.ts'

/** What every public caller uses; the vendor documents no limit and caps without an error. */
const USUAL_PAGE_SIZE = 100

const OVERRIDDEN = conditional('set it in `licenses` of the configuration; the License API does not provide it')
const FROM_DIRECTORY = conditional('let the credentials read the directory, `GET /api/v2/users`')

const capabilities: Capabilities = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: conditional('by e-mail address without reading all users, grant the permission `directory:user:view`'),
    listHolders: unsupported('the vendor lists users with their licenses, not licenses with their users'),
    changeAssignments: conditional(
      'grant the permission `authorization:grant:add`, and turn off automatic license assignment',
    ),
  },
  licenseFields: {
    name: supported,
    productCode: unsupported('the license id is the stable key'),
    metric: OVERRIDDEN,
    purchased: OVERRIDDEN,
    consumed: unsupported('the License API has no counters'),
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
    lastActiveAt: FROM_DIRECTORY,
    seats: unsupported('licenses follow from roles, and the License API does not say since when or by which'),
  },
}

/**
 * Genesys Cloud as a {@link LicenseProvider}. Assignments come from `GET /license/users`; names, addresses and states
 * are joined from the directory, read in bulk, and may be missing without making the assignments any less exact.
 */
export const createGenesysProvider = (config: GenesysConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openGenesysAccess(config, runtime)
  const client = clientOf(access)
  const { provider } = access
  const reader = { ...access, client, pageSize: config.pageSize }
  const findUser = createUserFinder(reader)

  return createProvider(access, {
    vendor: 'genesys',
    displayName: config.displayName ?? 'Genesys Cloud',
    capabilities,
    listLicenses: (request) =>
      Lists.onOnePage<License>(
        access,
        {
          operation: 'GET /api/v2/license/definitions',
          keyOf: ({ id }) => id,
          contentOf: ({ raw: _, ...license }) => [JSON.stringify(license)],
          fetch: (scope) =>
            pipe(
              client.getLicenseDefinitions(scope),
              TE.map((definitions) =>
                Lists.pageOf(definitions, 'the license definitions', licenseOf(provider, request.includeRaw)),
              ),
            ),
        },
        request,
      ),
    getLicense: (licenseId, scope) => pipe(client.getLicenseDefinition(licenseId, scope), TE.map(licenseOf(provider))),
    listUsers: (request) =>
      Lists.byPageNumber<LicensedUser>(
        access,
        {
          operation: 'GET /api/v2/license/users',
          keyOf: ({ id }) => id,
          contentOf: Values.holdingWords,
          pageSize: { configured: config.pageSize, most: MAX_PAGE_SIZE, usual: USUAL_PAGE_SIZE },
          fetch: ({ scope, resumed }) => {
            const openDirectory = readDirectory(reader, scope)
            // Read beside the first page. If that is refused, the directory is of no use, and stops with it.
            const directory = resumed
              ? joinResumed(client, scope, openDirectory)
              : joinDirectory(client, scope, openDirectory())
            const settle = settleUnstated(client)
            return (ask) =>
              pipe(
                client.getLicenseUsers(ask, scope),
                TE.flatMapTask((page) => async () => {
                  const where = `page ${ask.pageNumber}`
                  const settled = await settle(page.unstated, where, scope)
                  const rows = [...page.records.map((row) => ({ listed: row, settled: row })), ...settled.rows]
                  const entryOf = await directory.peopleOf(rows.map(({ listed }) => userIdOf(listed)))
                  const { undecodable, gaps } = Lists.pageOf(page, where, userIdOf)
                  return {
                    items: rows.map(({ listed, settled: row }) => ({
                      ...userOf(provider, row, entryOf(userIdOf(row))),
                      ...(request.includeRaw ? { raw: listed } : {}),
                    })),
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

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  Calls,
  type Capabilities,
  conditional,
  type License,
  type LicensedUser,
  type LicenseProvider,
  Lists,
  type PageRequest,
  type ProviderRuntime,
  supported,
  unsupported,
  Values,
} from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { createGenesysChanges } from './change-assignments.ts'
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
const DEFAULT_PAGE_SIZE = 100

const DEFINITIONS = 'GET /api/v2/license/definitions'
const LICENSED_USERS = 'GET /api/v2/license/users'

const DECLARED = conditional("the License API does not provide it; declare it in the configuration's `licenses`")
const FROM_DIRECTORY = conditional('the directory, which must be readable')

const capabilities: Capabilities = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: conditional('by e-mail address: `directory:user:view`, else the whole directory is read'),
    listHolders: unsupported('the vendor lists users with their licenses, not licenses with their users'),
    changeAssignments: conditional(
      'the permission `authorization:grant:add`, and automatic license assignment being off',
    ),
  },
  licenseFields: {
    name: supported,
    productCode: unsupported('the license id is the stable key'),
    metric: DECLARED,
    purchased: DECLARED,
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
    lastActiveAt: conditional('the directory, which must be readable; it has the last login'),
  },
}

/**
 * Genesys Cloud as a {@link LicenseProvider}. Assignments come from `GET /license/users`; names, addresses and states
 * are joined from the directory, read in bulk, and may be missing without making the assignments any less exact.
 */
export const createGenesysProvider = (config: GenesysConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openGenesysAccess(config, runtime)
  const client = clientOf(access)
  const { provider, clock } = access
  const reader = { ...access, client, pageSize: config.pageSize }
  const findUser = createUserFinder(reader)
  const findUsers = createUsersFinder(reader, findUser)
  const changeAssignments = createGenesysChanges(access, client)

  async function* walkDefinitions(request: PageRequest, start: Lists.WalkStart): Lists.Walk<License> {
    // They come on one page, so that there is nothing to go on with.
    if (start.continuation !== undefined)
      return yield E.left(Lists.foreignContinuation({ provider, operation: DEFINITIONS }))
    const read = pipe(
      client.getLicenseDefinitions(start.scope),
      TE.map((definitions) => ({
        items: definitions.records.map(licenseOf(provider, request.includeRaw)),
        undecodable: definitions.undecodable,
        gaps: Answers.gapsOf(definitions, 'the license definitions'),
      })),
    )
    yield await read()
  }

  async function* walkUsers(request: PageRequest, start: Lists.WalkStart): Lists.Walk<LicensedUser> {
    const pageSize = Lists.clampPageSize(config.pageSize, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE)
    const from = Lists.readPagePosition(start.continuation, pageSize)
    if (from === undefined) return yield E.left(Lists.foreignContinuation({ provider, operation: LICENSED_USERS }))
    const openDirectory = readDirectory(reader, start.scope)
    // Read beside the first page. If that is refused, the directory is of no use, and stops with it.
    const directory = start.resumed
      ? joinResumed(client, start.scope, openDirectory)
      : joinDirectory(client, start.scope, openDirectory())
    const settle = settleUnstated(client)
    const pages = Lists.walkByPageNumber<LicensedUser>({
      from,
      readAhead: access.budget.concurrency,
      fetch: (ask) =>
        pipe(
          client.getLicenseUsers(ask, start.scope),
          TE.flatMapTask((page) => async () => {
            const where = `page ${ask.pageNumber}`
            const settled = await settle(page.unstated, where, start.scope)
            const rows = [...page.records.map((row) => ({ listed: row, settled: row })), ...settled.rows]
            const entryOf = await directory.peopleOf(rows.map(({ listed }) => userIdOf(listed)))
            return {
              items: rows.map(({ listed, settled: row }) => ({
                ...userOf(provider, row, entryOf(userIdOf(row))),
                ...(request.includeRaw ? { raw: listed } : {}),
              })),
              undecodable: page.undecodable + settled.missing,
              gaps: [...Answers.gapsOf(page, where), ...settled.gaps],
              rows: page.records.length + page.unstated.length + page.undecodable,
              pageSize: page.pageSize,
              pageCount: page.pageCount,
              ...(page.total === undefined ? {} : { total: page.total }),
            }
          }),
        ),
    })
    for await (const step of pages) {
      const ledger = directory.ledger()
      yield ledger === undefined
        ? step
        : E.map((page: Lists.FetchedPage<LicensedUser>) => ({ ...page, directory: ledger }))(step)
    }
  }

  return Calls.checkedCalls({
    specificationVersion: 'v1',
    id: provider,
    vendor: 'genesys',
    displayName: config.displayName ?? 'Genesys Cloud',
    capabilities,
    listLicenses: (request = {}) =>
      Lists.createPaged(
        {
          provider,
          operation: DEFINITIONS,
          clock,
          keyOf: ({ id }) => id,
          contentOf: ({ raw: _, ...license }) => [JSON.stringify(license)],
          walk: (start) => walkDefinitions(request, start),
        },
        request,
      ),
    getLicense: (licenseId, options = {}) =>
      pipe(
        Calls.whenRun(options, clock, (scope) => client.getLicenseDefinition(licenseId, scope)),
        TE.map(licenseOf(provider)),
      ),
    listUsers: (request = {}) =>
      Lists.createPaged<LicensedUser>(
        {
          provider,
          operation: LICENSED_USERS,
          clock,
          keyOf: ({ id }) => id,
          contentOf: Values.holdingWords,
          walk: (start) => walkUsers(request, start),
        },
        request,
      ),
    getUser: (user, options = {}) =>
      Calls.whenRun(options, clock, (scope) =>
        'id' in user ? findUser.byId(user.id, scope) : findUser.byEmail(user.email, scope),
      ),
    findUsers: (users, options = {}) => Calls.whenRun(options, clock, (scope) => findUsers(users, scope)),
    changeAssignments,
    reviewChanges,
  })
}

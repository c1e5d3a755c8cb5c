import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Capabilities,
  clockOf,
  conditional,
  createPaged,
  gapsOf,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  type PageRequest,
  type ProviderRuntime,
  type RequestScope,
  readPagePosition,
  scopeOf,
  supported,
  unsupported,
  type Walk,
  type WalkStart,
  walkByPageNumber,
  walkByToken,
} from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import { clientOf } from './client.ts'
import { type UserLicenses, userIdOf } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { readDirectory } from './directory.ts'
import { licenseOf, type Person, personOf, userOf } from './mapping.ts'

/** What every public caller uses; the vendor documents no limit and caps without an error. */
const DEFAULT_PAGE_SIZE = 100
const MAX_PAGE_SIZE = 500

const NOT_TOLD = conditional("not told by the License API; declare it in the configuration's `licenses`")
const FROM_DIRECTORY = conditional('the directory, which must be readable')

const capabilities: Capabilities = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    getUser: conditional('by e-mail address: `directory:user:view`, else the whole directory is read'),
    listHolders: unsupported('the vendor lists users with their licenses, not licenses with their users'),
  },
  licenseFields: {
    name: supported,
    productCode: unsupported('the license id is the stable key'),
    metric: NOT_TOLD,
    purchased: NOT_TOLD,
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
    lastActiveAt: unsupported('not asked for'),
  },
}

/**
 * Genesys Cloud as a {@link LicenseProvider}. Assignments come from `GET /license/users`; names, addresses and states
 * are joined from the directory, read in bulk, and may be missing without making the assignments any less exact.
 */
export const createGenesysProvider = (config: GenesysConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openGenesysAccess(config, runtime)
  const client = clientOf(access)
  const clock = clockOf(runtime)
  const { provider } = access
  const reader = { provider, client, clock, readAhead: access.budget.concurrency }

  async function* walkUsers(request: PageRequest, start: WalkStart): Walk<LicensedUser> {
    const hint = Math.min(MAX_PAGE_SIZE, Math.max(1, request.pageSize ?? DEFAULT_PAGE_SIZE))
    const from = readPagePosition(start.continuation, hint)
    if (from === undefined) {
      const message = 'the continuation is not one of this list'
      return yield E.left({ _tag: 'RequestRejected', provider, operation: 'GET /api/v2/license/users', message })
    }
    const { people, ledger: directory } = await readDirectory(reader, start.scope)()
    yield* walkByPageNumber<LicensedUser>({
      from,
      readAhead: access.budget.concurrency,
      fetch: (position) =>
        pipe(
          client.getLicenseUsers(position, start.scope),
          TE.map((page) => ({
            items: page.records.map((row) => userOf(provider, row, people.get(userIdOf(row)), request.includeRaw)),
            undecodable: page.undecodable,
            gaps: gapsOf(page, `page ${position.pageNumber}`),
            rows: page.records.length + page.undecodable,
            pageSize: page.pageSize,
            pageCount: page.pageCount,
            ...(page.total === undefined ? {} : { total: page.total }),
            directory,
          })),
        ),
    })
  }

  /** The directory's record of somebody; without one they are still a holder. */
  const personById = (userId: string, scope: RequestScope): TaskEither<LicenseError, Person | undefined> =>
    pipe(
      client.getUser(userId, scope),
      TE.map((user): Person | undefined => personOf(user)),
      TE.orElse((error) =>
        error._tag === 'NotFound' || error._tag === 'PermissionDenied' ? TE.right(undefined) : TE.left(error),
      ),
    )

  const getUserById = (userId: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      client.getLicenseUser(userId, scope),
      TE.flatMap((row) =>
        pipe(
          personById(userId, scope),
          TE.map((person) => userOf(provider, row, person)),
        ),
      ),
    )

  /** Whoever has this address, in any state: by search, or where that is refused, in the whole directory. */
  const peopleByEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, ReadonlyMap<string, Person>> => {
    const matching = (people: Iterable<readonly [string, Person]>) =>
      new Map([...people].filter(([, person]) => person.email?.toLowerCase() === email.toLowerCase()))
    return pipe(
      client.searchUsersByEmail(email, scope),
      TE.map(({ records }) => matching(records.map((user) => [user.id, personOf(user)] as const))),
      TE.orElse((error) => {
        if (error._tag !== 'PermissionDenied' && error._tag !== 'RequestRejected' && error._tag !== 'NotFound') {
          return TE.left(error)
        }
        return async () => {
          const { people, ledger } = await readDirectory(reader, scope)()
          const found = matching(people)
          const unread = ledger.gaps.find((gap) => gap.error !== undefined)?.error
          return found.size === 0 && unread !== undefined ? E.left(unread) : E.right(found)
        }
      }),
    )
  }

  /** An address can be that of a deleted account and of a present one; the active one is meant. */
  const chooseOne = (people: ReadonlyMap<string, Person>): E.Either<LicenseError, readonly [string, Person]> => {
    const operation = 'getUser'
    const entries = [...people]
    const active = entries.filter(([, { status }]) => status === 'active')
    const [chosen, ...others] = active.length > 0 ? active : entries
    if (chosen === undefined) {
      return E.left({ _tag: 'NotFound', provider, operation, message: 'nobody has this e-mail address' })
    }
    if (others.length === 0) return E.right(chosen)
    const ids = [chosen, ...others].map(([id]) => id).join(', ')
    return E.left({ _tag: 'Conflict', provider, operation, message: `several users have this e-mail address: ${ids}` })
  }

  const getUserByEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      peopleByEmail(email, scope),
      TE.flatMapEither(chooseOne),
      TE.flatMap(([id, person]) =>
        pipe(
          client.getLicenseUser(id, scope),
          // The directory knows them, so that no record of licenses means no license.
          TE.orElse(
            (error): TaskEither<LicenseError, UserLicenses> =>
              error._tag === 'NotFound' ? TE.right({ id, licenses: [] }) : TE.left(error),
          ),
          TE.map((row) => userOf(provider, row, person)),
        ),
      ),
    )

  return {
    specificationVersion: 'v1',
    id: provider,
    vendor: 'genesys',
    displayName: config.displayName ?? 'Genesys Cloud',
    capabilities,
    listLicenses: (request = {}) =>
      createPaged(
        {
          provider,
          operation: 'GET /api/v2/license/definitions',
          clock,
          keyOf: ({ id }) => id,
          walk: ({ scope }) =>
            walkByToken({
              provider,
              operation: 'GET /api/v2/license/definitions',
              first: 'only',
              fetch: () =>
                pipe(
                  client.getLicenseDefinitions(scope),
                  TE.map((definitions) => ({
                    items: definitions.records.map(licenseOf(provider, request.includeRaw)),
                    undecodable: definitions.undecodable,
                    gaps: gapsOf(definitions, 'the license definitions'),
                  })),
                ),
            }),
        },
        request,
      ),
    getLicense: (licenseId, options = {}) =>
      pipe(client.getLicenseDefinition(licenseId, scopeOf(options, clock)), TE.map(licenseOf(provider))),
    listUsers: (request = {}) =>
      createPaged(
        {
          provider,
          operation: 'GET /api/v2/license/users',
          clock,
          keyOf: ({ id }) => id,
          walk: (start) => walkUsers(request, start),
        },
        request,
      ),
    getUser: (user, options = {}) => {
      const scope = scopeOf(options, clock)
      return 'id' in user ? getUserById(user.id, scope) : getUserByEmail(user.email, scope)
    },
  }
}

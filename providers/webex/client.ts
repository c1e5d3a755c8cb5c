import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  type DecodedRecords,
  Http,
  type LicenseError,
  type ProviderRuntime,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess, type WebexAccess } from './access.ts'
import { type AssignLicenses, assignLicensesOver } from './assign-licenses.ts'
import {
  Account,
  Accounts,
  type Device,
  Items,
  idsIn,
  License,
  LicenseUser,
  LicenseUsers,
  LicenseWithOrWithoutUsers,
  type Membership,
  Person,
  type Workspace,
} from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { idKey, isSameId } from './hydra-id.ts'
import { organizationUuidOf } from './license-id.ts'
import { createListReader, type LinkedPage, type Listing } from './list-reader.ts'
import { answerOfAnother, LICENSE_OF_ANOTHER } from './own-organization.ts'
import { ACCOUNTS_READ, LICENSES_READ, PEOPLE_READ } from './scopes.ts'
import { workspaceListings } from './workspace-listings.ts'

/** What an operation gives when it is started. */
export type Answer<A> = TaskEither<LicenseError, A>

/** Which page of a list is requested. */
export interface CursorQuery {
  /** `next` of the page before. Default: the first page. */
  readonly cursor?: string | undefined
  /** Is told `next` of this page as soon as it is known, before the rows are read, where the vendor sends a link to it. */
  readonly onNext?: ((cursor: string) => void) | undefined
}

/** What of one license is requested, under the names of the vendor. */
export interface LicenseQuery {
  /** Asks for the holders as well. */
  readonly includeAssignedTo?: 'user' | undefined
  /** The vendor's own cursor of a page of holders. */
  readonly next?: string | undefined
  /** Holders on a page, at most 300, which is also the vendor's default. */
  readonly limit?: number | undefined
}

/** One license, and the first page of its holders. */
export interface LicenseDetails {
  readonly license: License
  /** The first page of the holders; empty where they were not asked for. */
  readonly users: LinkedPage<LicenseUser>
}

/** How a page of a list is requested. */
export interface SizedQuery extends CursorQuery {
  /** The caller can ask for fewer rows: what is too much (413, 504, no answer in time) is soon given up. Default: false. */
  readonly divisible?: boolean | undefined
}

/** Which holders of a license are requested. */
export interface HoldersQuery extends SizedQuery {
  /** Holders on a page, at most 300, which is also the vendor's default. */
  readonly limit?: number | undefined
}

/** Which people are requested. */
export interface PeopleQuery extends SizedQuery {
  readonly email?: string | undefined
  /** People on a page; the vendor's default is 100, and more than 1,000 are not given. */
  readonly max?: number | undefined
}

/** Which page of workspaces or devices is requested. */
export interface WorkspacesQuery extends SizedQuery {
  /** Rows on a page. Webex states neither a default nor a limit. */
  readonly max?: number | undefined
}

/** Which memberships of resource groups are requested. */
export interface MembershipsQuery extends WorkspacesQuery {
  readonly type: 'User' | 'Workspace'
}

/** What of one person is requested. */
export interface PersonQuery {
  /** Asks for number, extension and location of a user of Webex Calling as well. Default: what the vendor gives. */
  readonly callingData?: true | undefined
}

/** Which accounts of the identity service are requested, under the names of the vendor. */
export interface AccountsQuery {
  /** The first of them, from 1. Default: 1. */
  readonly startIndex?: number | undefined
  /** Accounts on a page. The vendor documents a default of 100, and no limit. */
  readonly count?: number | undefined
  /** In the language of SCIM 2: `id eq "…"`. Default: all. */
  readonly filter?: string | undefined
  /** What of an account is requested, separated by commas. Default: all. */
  readonly attributes?: string | undefined
  /** The caller can ask for fewer rows: what is too much (413, 504, no answer in time) is soon given up. Default: false. */
  readonly divisible?: boolean | undefined
}

/** A page of accounts. `total`: of all pages. */
export interface AccountsPage extends DecodedRecords<Account> {
  readonly total?: number | undefined
}

/**
 * The Licenses API of Webex, operation by operation, under the vendor's own names, and what the People API has of
 * licenses.
 *
 * Source: "Licenses" and "People" of the Webex Admin API reference.
 */
export interface WebexClient {
  /** All licenses of the organization; the vendor documents one page of them. Needs `spark-admin:licenses_read`. */
  readonly listLicenses: (query?: CursorQuery, scope?: RequestScope) => Answer<LinkedPage<License>>
  /** One license, with `includeAssignedTo` also its holders. Needs `spark-admin:licenses_read`. */
  readonly getLicense: (licenseId: string, query?: LicenseQuery, scope?: RequestScope) => Answer<LicenseDetails>
  /** The holders alone: `getLicense` with `includeAssignedTo`, of whose answer nothing else is read. */
  readonly getLicenseUsers: (
    licenseId: string,
    query?: HoldersQuery,
    scope?: RequestScope,
  ) => Answer<LinkedPage<LicenseUser>>
  /** People of the organization; external users are not among them. Needs `spark-admin:people_read`. */
  readonly listPeople: (query?: PeopleQuery, scope?: RequestScope) => Answer<LinkedPage<Person>>
  /** One person. Needs `spark-admin:people_read`. */
  readonly getPersonDetails: (personId: string, scope?: RequestScope, query?: PersonQuery) => Answer<Person>
  /**
   * Accounts of the identity service (SCIM 2), which tell neither licenses nor activity. `orgId`: the bare uuid. Needs
   * `identity:people_read`.
   */
  readonly searchUsers: (orgId: string, query?: AccountsQuery, scope?: RequestScope) => Answer<AccountsPage>
  /**
   * Workspaces of the organization, with the calling licenses that they hold. Webex documents an offset and no next link: the
   * list has ended with a page that brings no workspace, or only some that came before. Needs `spark-admin:workspaces_read`.
   */
  readonly listWorkspaces: (query?: WorkspacesQuery, scope?: RequestScope) => Answer<LinkedPage<Workspace>>
  /** Devices of the organization, in workspaces or of people. Needs `spark-admin:devices_read`. */
  readonly listDevices: (query?: WorkspacesQuery, scope?: RequestScope) => Answer<LinkedPage<Device>>
  /** Who has a hybrid license: users, or workspaces. Needs `spark-admin:resource_group_memberships_read`. */
  readonly listMemberships: (query: MembershipsQuery, scope?: RequestScope) => Answer<LinkedPage<Membership>>
  /**
   * Adds and removes licenses of one user, in one request that may succeed in part (206): what counts is the licenses in
   * the answer. Repeated after failures, as its end state is the same. Needs `spark-admin:people_write`.
   */
  readonly assignLicenses: AssignLicenses
}

const LICENSES = '/licenses'
const ONE_LICENSE = '/licenses/{licenseId}'
const PEOPLE = '/people'
const ONE_PERSON = '/people/{personId}'

/** The vendor's own limits. */
export const MAX_HOLDERS_PER_PAGE = 300
export const MAX_PEOPLE_PER_PAGE = 1_000

/** The client over an access that is open already. */
export const clientOf = (access: WebexAccess): WebexClient => {
  const { provider, apiUrl, orgId, organization, send, call } = access
  const named = (path: string) => `GET /v1${path}`
  const rejected = (path: string, message: string): E.Either<LicenseError, never> =>
    E.left({ _tag: 'RequestRejected', provider, operation: named(path), message })
  /** A license that may be asked for. */
  const ownLicense = (licenseId: string): E.Either<LicenseError, string> =>
    organization.isOfAnother(licenseId) ? rejected(ONE_LICENSE, LICENSE_OF_ANOTHER) : E.right(licenseId)

  /** Whether an answer is about the license that was asked for, as far as the ids show. */
  const isAbout = (
    licenseId: string,
    { id, orgId: its }: { readonly id?: unknown; readonly orgId?: unknown },
  ): boolean => {
    if (organization.isAnother(its)) return false
    if (typeof id !== 'string') return true
    if (organization.isOfAnother(id)) return false
    const areTold = organizationUuidOf(id) !== undefined && organizationUuidOf(licenseId) !== undefined
    return !areTold || idKey(id) === idKey(licenseId)
  }

  const { read, readPage } = createListReader(access)

  const itemsIn = (operation: string) => (response: Http.HttpResponse) =>
    pipe(
      Answers.readBody(provider, named(operation), Items, response),
      E.map(({ items }) => items),
    )
  const licenses: Listing<License> = {
    list: { provider, operation: named(LICENSES), name: 'licenses', apiUrl, path: LICENSES, orgId, fixed: {} },
    path: LICENSES,
    needs: LICENSES_READ,
    rowsIn: itemsIn(LICENSES),
    record: License,
    own: (license) =>
      organization.isAnother(license.orgId) || organization.isOfAnother(license.id) ? undefined : license,
  }
  /**
   * A person without the licenses of another organization. A record without `orgId` is recognized by its licenses.
   */
  const ownPerson = (person: Person): Person | undefined => {
    const { orgId: its, licenses: held } = person
    if (organization.uuid === undefined) return person
    if (organization.isAnother(its)) return undefined
    const licenses = idsIn(held ?? [])
    if (!licenses.some(organization.isOfAnother)) return person
    return typeof its === 'string' && organization.isOwn(its)
      ? { ...person, licenses: licenses.filter((id) => !organization.isOfAnother(id)) }
      : undefined
  }
  const people = (email: string | undefined): Listing<Person> => ({
    list: {
      provider,
      operation: named(PEOPLE),
      name: 'people',
      apiUrl,
      path: PEOPLE,
      orgId,
      fixed: { email, displayName: undefined, id: undefined, roles: undefined, locationId: undefined },
      pageSize: { parameter: 'max', most: MAX_PEOPLE_PER_PAGE },
    },
    path: PEOPLE,
    needs: PEOPLE_READ,
    rowsIn: itemsIn(PEOPLE),
    record: Person,
    own: ownPerson,
    defaultRows: 100,
  })
  const { workspaces, devices, memberships } = workspaceListings(access, itemsIn)
  const usersIn =
    (licenseId: string): Listing<LicenseUser>['rowsIn'] =>
    (response, isOnlyPage) => {
      const operation = named(ONE_LICENSE)
      const body = Answers.readBody(provider, operation, LicenseWithOrWithoutUsers, response)
      if (E.isLeft(body)) return body
      if (!isAbout(licenseId, body.right)) return E.left(answerOfAnother(provider, operation, response.status))
      if (isOnlyPage || LicenseUsers.is(body.right)) return E.right(body.right.users ?? [])
      return E.left(
        Answers.invalidResponse(provider, operation, ['users: expected a list on every page'], response.status),
      )
    }
  const holders = (licenseId: string): E.Either<LicenseError, Listing<LicenseUser>> =>
    pipe(
      ownLicense(licenseId),
      E.flatMap((id) => {
        const segment = Http.pathSegment(id)
        return segment === undefined ? rejected(ONE_LICENSE, 'this is not an id') : E.right(`${LICENSES}/${segment}`)
      }),
      E.map(
        (path): Listing<LicenseUser> => ({
          list: {
            provider,
            operation: named(ONE_LICENSE),
            name: `holders/${encodeURIComponent(idKey(licenseId))}`,
            apiUrl,
            path,
            fixed: { includeAssignedTo: 'user' },
            pageSize: { parameter: 'limit', most: MAX_HOLDERS_PER_PAGE },
          },
          path: ONE_LICENSE,
          needs: LICENSES_READ,
          rowsIn: usersIn(licenseId),
          record: LicenseUser,
          // Holders from outside are the organization's business.
          own: (holder) => holder,
          defaultRows: MAX_HOLDERS_PER_PAGE,
        }),
      ),
    )

  const readDetails = (
    licenseId: string,
    { includeAssignedTo, next, limit }: LicenseQuery,
    response: Http.HttpResponse,
  ): E.Either<LicenseError, LicenseDetails> =>
    pipe(
      E.Do,
      E.bind('license', () =>
        pipe(
          Answers.readBody(provider, named(ONE_LICENSE), License, response),
          E.filterOrElse(
            (license) => isAbout(licenseId, license),
            () => answerOfAnother(provider, named(ONE_LICENSE), response.status),
          ),
        ),
      ),
      E.bind('users', () =>
        includeAssignedTo === undefined
          ? E.right({ records: [], undecodable: 0, issues: [] })
          : pipe(
              holders(licenseId),
              E.flatMap((listing) => readPage(listing, limit, next === undefined, response)),
            ),
      ),
    )

  return {
    listLicenses: ({ cursor, onNext } = {}, scope = {}) => read(licenses, { cursor, onNext }, scope),
    getLicense: (licenseId, query = {}, scope = {}) =>
      pipe(
        TE.fromEither(ownLicense(licenseId)),
        TE.flatMap((id) =>
          send({ method: 'GET', path: ONE_LICENSE, id, query: { ...query }, needs: LICENSES_READ }, scope),
        ),
        TE.flatMapEither((response) => readDetails(licenseId, query, response)),
      ),
    getLicenseUsers: (licenseId, { limit, ...wish } = {}, scope = {}) =>
      pipe(
        TE.fromEither(holders(licenseId)),
        TE.flatMap((listing) => read(listing, { ...wish, rows: limit }, scope)),
      ),
    listPeople: ({ email, max, ...wish } = {}, scope = {}) => read(people(email), { ...wish, rows: max }, scope),
    listWorkspaces: ({ max, ...wish } = {}, scope = {}) => read(workspaces, { ...wish, rows: max }, scope),
    listDevices: ({ max, ...wish } = {}, scope = {}) => read(devices, { ...wish, rows: max }, scope),
    listMemberships: ({ type, max, ...wish }, scope = {}) => read(memberships(type), { ...wish, rows: max }, scope),
    getPersonDetails: (personId, scope = {}, query = {}) =>
      pipe(
        call({ method: 'GET', path: ONE_PERSON, id: personId, query: { ...query }, needs: PEOPLE_READ }, Person, scope),
        // `me` is the owner of the token, which is not the id of the request.
        TE.filterOrElse(
          ({ id }) => isSameId(personId, id),
          (): LicenseError =>
            Answers.invalidResponse(provider, named(ONE_PERSON), ['id: expected the one that was asked for']),
        ),
        TE.flatMapEither((person) =>
          E.fromNullable<LicenseError>({
            _tag: 'NotFound',
            provider,
            operation: named(ONE_PERSON),
            message: 'this person belongs to another organization than the one that orgId names',
          })(ownPerson(person)),
        ),
      ),
    searchUsers: (orgId, { divisible, ...query } = {}, scope = {}) =>
      pipe(
        access.identity.call(
          { method: 'GET', path: '/scim/{orgId}/v2/Users', id: orgId, query, divisible, needs: ACCOUNTS_READ },
          Accounts,
          scope,
        ),
        TE.map(({ Resources, totalResults }) => ({
          ...Answers.decodeRecords(Account, Resources ?? []),
          total: totalResults ?? undefined,
        })),
      ),
    assignLicenses: assignLicensesOver(access),
  }
}

/** A client of its own, without a provider: for programs that need the vendor's operations as they are. */
export const createWebexClient = (config: WebexConfig, runtime: ProviderRuntime = {}): WebexClient =>
  clientOf(openWebexAccess(config, runtime))

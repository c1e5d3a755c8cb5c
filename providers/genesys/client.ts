import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import {
  Answers,
  type DecodedRecords,
  type Http,
  type LicenseError,
  type ProviderRuntime,
  type RequestScope,
  Values,
} from '../../src/provider-kit/index.ts'
import { openGenesysAccess } from './access.ts'
import {
  BillingContract,
  BillingContractEntry,
  BillingContractListing,
  BillingPeriod,
  Organization,
  TrusteeBillingOverview,
} from './billing/codecs.ts'
import {
  CursorListing,
  Definitions,
  EntityListing,
  HeldLicenses,
  LicenseDefinition,
  LicensedUserId,
  LicenseIds,
  LicenseOrganization,
  LicenseOrgToggle,
  licenseIdOf,
  rowsOf,
  SearchListing,
  User,
  UserAggregate,
  UserAggregates,
  UserLicenses,
  UsersLicenses,
  userIdOf,
} from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { type LicenseAssignmentRequest, type LicenseUpdates, updateLicenses } from './update-licenses.ts'

/** What an operation gives when it is started. */
export type Answer<A> = TaskEither<LicenseError, A>

/** Whether the caller can ask again for a smaller page. */
export interface PageAskQuery {
  /** The caller can ask for fewer rows: what is too much (413, 504, no answer in time) is soon given up. Default: false. */
  readonly divisible?: boolean | undefined
}

/** Which page of a list by page number is requested, and how large. */
export interface PageNumberQuery extends PageAskQuery {
  /** 1 for the first page. The vendor's default: 1. */
  readonly pageNumber?: number | undefined
  /** The vendor's default: 25. A size that is too large is capped without an error. */
  readonly pageSize?: number | undefined
}

/**
 * A field of users that has to be asked for. `dateLastLogin`: the last login with a password. `lasttokenissued`: the last
 * token, by whatever sign-in. Both are of the vendor's best effort.
 */
export type UserField = 'dateLastLogin' | 'lasttokenissued' | 'employerInfo' | 'locations'

/** Further fields of users. */
export interface UserExpansion {
  /** Default: none. */
  readonly expand?: readonly UserField[] | undefined
}

/** Of which users, and of which time, presences are asked for. */
export interface UserAggregateQuery {
  /** At most 100. */
  readonly userIds: readonly string[]
  /** ISO 8601: the beginning and the end. */
  readonly interval: readonly [from: string, to: string]
}

/** One page of a listing; records that could not be decoded are counted, not lost silently. */
export interface Listing<A> extends DecodedRecords<A> {
  /** The page size that the vendor returned, which may be smaller than the one asked for. */
  readonly pageSize?: number | undefined
  /** The page that this is, 1 for the first, as the vendor says it. */
  readonly pageNumber?: number | undefined
  /** Pages of the whole listing. */
  readonly pageCount?: number | undefined
  /** Rows of the whole listing. */
  readonly total?: number | undefined
}

/** One page of users with the licenses that they hold. */
export interface LicenseUsers extends Listing<UserLicenses> {
  /** Rows without licenses, or with licenses that cannot be read. They are not counted in `undecodable`. */
  readonly unstated: readonly LicensedUserId[]
}

/** One page of a listing that is walked by cursor. */
export interface CursorPage<A> extends DecodedRecords<A> {
  /** Absent on the last page. */
  readonly cursor?: string | undefined
}

/**
 * The License API of Genesys Cloud, operation by operation, under the vendor's own names, and the few operations of
 * the Users API with the names of license holders, and of the Billing API with what was bought. `postLicenseOrganization` alone changes anything.
 *
 * Source: the tag "License" of the Platform API's specification; `GET /license/organization` only in versions before
 * July 2019.
 */
export interface GenesysClient {
  /** All license definitions available to the organization. Not paged. Needs `authorization:license:view` or `authorization:grant:add`. */
  readonly getLicenseDefinitions: (scope?: RequestScope) => Answer<DecodedRecords<LicenseDefinition>>
  /** One license definition. Needs the same permission. */
  readonly getLicenseDefinition: (licenseId: string, scope?: RequestScope) => Answer<LicenseDefinition>
  /** A page of users with the ids of the licenses that they hold. Needs no permission of its own. */
  readonly getLicenseUsers: (query?: PageNumberQuery, scope?: RequestScope) => Answer<LicenseUsers>
  /** The licenses of one user. Needs the permission for definitions. */
  readonly getLicenseUser: (userId: string, scope?: RequestScope) => Answer<UserLicenses>
  /**
   * The license ids of several users, by user id. The vendor documents no limit; stay near 100. Needs the permission
   * for definitions. It is a reading operation in spite of its method. Users whose licenses cannot be read are left out.
   */
  readonly postLicenseUsers: (
    userIds: readonly string[],
    scope?: RequestScope,
  ) => Answer<ReadonlyMap<string, readonly string[]>>
  /** The ids of the licenses that a combination of roles would need. */
  readonly postLicenseInfer: (roleIds: readonly string[], scope?: RequestScope) => Answer<readonly string[]>
  /**
   * Gives licenses to users and takes them away; what fails for one of them does not fail for the others. Needs
   * `authorization:grant:add`. The vendor documents no values of `result`: to know what became of it, read what the users
   * hold. Repeated only where it was throttled, as it may have had its effect whatever else fails. `RequestRejected`,
   * without being sent, for bodies of 512,000 bytes and more.
   */
  readonly postLicenseOrganization: (
    assignments: readonly LicenseAssignmentRequest[],
    scope?: RequestScope,
  ) => Answer<LicenseUpdates>
  /** @deprecated The vendor answers `true` for every feature, and says that no alternative is required. */
  readonly getLicenseToggle: (featureName: string, scope?: RequestScope) => Answer<LicenseOrgToggle>
  /** @deprecated The vendor says that it has no effect, and that no alternative is required. */
  readonly postLicenseToggle: (featureName: string, scope?: RequestScope) => Answer<LicenseOrgToggle>
  /** @deprecated The vendor withdrew it in July 2019 in favor of `getLicenseUsers`; expect `NotFound`. */
  readonly getLicenseOrganization: (scope?: RequestScope) => Answer<LicenseOrganization>
  /** A page of the directory, by default of active users only. */
  readonly getUsers: (
    query: PageNumberQuery &
      UserExpansion & {
        readonly state?: 'active' | 'inactive' | 'deleted' | 'any' | undefined
        /** These only. The vendor documents no limit to them. Default: all. */
        readonly id?: readonly string[] | undefined
      },
    scope?: RequestScope,
  ) => Answer<Listing<User>>
  /** A page of the directory by cursor, for organizations of which `getUsers` does not list all users. Needs `directory:user:view`. */
  readonly getUsersQuery: (
    query: PageAskQuery &
      UserExpansion & {
        readonly cursor?: string | undefined
        /** Default: the vendor's. */
        readonly pageSize?: number | undefined
        readonly state?: string | undefined
      },
    scope?: RequestScope,
  ) => Answer<CursorPage<User>>
  /** One user, by default only where they are active. The vendor documents no state but these two. */
  readonly getUser: (
    userId: string,
    scope?: RequestScope,
    query?: UserExpansion & { readonly state?: 'active' | 'deleted' | undefined },
  ) => Answer<User>
  /** The organization of the credentials. Needs no permission. */
  readonly getOrganizationsMe: (scope?: RequestScope) => Answer<Organization>
  /**
   * A page of the organization's contracts. Needs `billing:subscription:view`. The vendor calls this and the next two a
   * preview, which may change at any time.
   */
  readonly getBillingContracts: (
    query?: PageAskQuery & {
      readonly status?: 'Active' | 'Inactive' | undefined
      /** The cursor of the page before. */
      readonly after?: string | undefined
      /** At most 200. The vendor has it as text. */
      readonly pageSize?: string | undefined
    },
    scope?: RequestScope,
  ) => Answer<CursorPage<BillingContractEntry>>
  /** One contract with its plans and billing periods. Needs the same permission. */
  readonly getBillingContract: (contractId: string, scope?: RequestScope) => Answer<BillingContract>
  /** What was billed by a contract in one period. Needs the same permission. */
  readonly getBillingContractBillingperiod: (
    contractId: string,
    billingPeriodId: string,
    scope?: RequestScope,
  ) => Answer<BillingPeriod>
  /**
   * What a customer was billed in the running period. For the credentials of the partner only, with
   * `affiliateOrganization:clientBilling:view`.
   */
  readonly getBillingTrusteebillingoverviewTrustorOrgId: (
    trustorOrgId: string,
    scope?: RequestScope,
  ) => Answer<TrusteeBillingOverview>
  /** Users with this e-mail address, in any state. Needs `directory:user:view`. */
  readonly searchUsersByEmail: (
    email: string,
    scope?: RequestScope,
    expansion?: UserExpansion,
  ) => Answer<DecodedRecords<User>>
  /**
   * How long users were in each presence (`tSystemPresence`), day by day. Users without any presence may be left out. Needs
   * `analytics:userAggregate:view`. It is a reading operation in spite of its method.
   */
  readonly postAnalyticsUsersAggregatesQuery: (
    query: UserAggregateQuery,
    scope?: RequestScope,
  ) => Answer<DecodedRecords<UserAggregate>>
}

const LICENSE_VIEW = ['authorization:license:view', 'authorization:grant:add']
const USER_VIEW = ['directory:user:view']
const BILLING_VIEW = ['billing:subscription:view']
const CLIENT_BILLING_VIEW = ['affiliateOrganization:clientBilling:view']
const AGGREGATE_VIEW = ['analytics:userAggregate:view']

/** The permissions that operations need, one of each list, by what they are about. */
export const needs = {
  licenses: LICENSE_VIEW,
  users: USER_VIEW,
  billing: BILLING_VIEW,
  clientBilling: CLIENT_BILLING_VIEW,
  aggregates: AGGREGATE_VIEW,
}

/**
 * The cursor in a next link, of which host and path are never used. A link without one says that there is more but not
 * where, so that its cursor is the empty one, which no walk takes for the end.
 */
const cursorIn = (nextUri: string | null | undefined, name = 'cursor'): string | undefined => {
  if (nextUri === null || nextUri === undefined) return undefined
  const base = 'https://relative.invalid'
  return URL.canParse(nextUri, base) ? (new URL(nextUri, base).searchParams.get(name) ?? '') : ''
}

/** The client over an access that is open already. */
export const clientOf = (access: Http.ApiAccess): GenesysClient => {
  const { provider, call } = access
  /** For the operations that change nothing, and may be repeated, whatever their method. */
  const reading =
    (method: 'GET' | 'POST') =>
    <A>(
      path: string,
      codec: t.Type<A>,
      scope: RequestScope,
      asked: Omit<Http.ApiRequest, 'method' | 'path'>,
    ): Answer<A> =>
      call({ ...asked, method, path: `/api/v2${path}`, repeatable: true }, codec, scope)
  const get = reading('GET')
  const ask = reading('POST')
  const listing =
    <A>(codec: t.Type<A>) =>
    ({ entities, pageSize, pageNumber, pageCount, total }: EntityListing): Listing<A> => ({
      ...Answers.decodeRecords(codec, entities),
      pageSize: Values.wholeNumberOf(pageSize),
      pageNumber: Values.wholeNumberOf(pageNumber),
      pageCount: Values.wholeNumberOf(pageCount),
      total: Values.wholeNumberOf(total),
    })
  /** The requested record. A record of another id is an error. */
  const about =
    <A>(operation: string, id: string, idOf: (record: A) => string) =>
    (record: Answer<A>): Answer<A> =>
      pipe(
        record,
        TE.filterOrElse(
          (one) => idOf(one) === id,
          (): LicenseError => Answers.invalidResponse(provider, operation, ['id: expected the one that was asked for']),
        ),
      )
  const licenseUsers = (page: EntityListing): LicenseUsers => {
    const { records: rows, ...rest } = listing(LicensedUserId)(page)
    const { left: unstated, right: records } = RA.partition((row: LicensedUserId): row is UserLicenses =>
      UserLicenses.is(row),
    )(rows)
    return { ...rest, records, unstated }
  }

  return {
    getLicenseDefinitions: (scope = {}) =>
      pipe(
        get('/license/definitions', Definitions, scope, { needs: LICENSE_VIEW }),
        TE.map((definitions) => Answers.decodeRecords(LicenseDefinition, definitions)),
      ),
    getLicenseDefinition: (id, scope = {}) =>
      get('/license/definitions/{licenseId}', LicenseDefinition, scope, { id, needs: LICENSE_VIEW }),
    getLicenseUsers: ({ pageNumber, pageSize, divisible } = {}, scope = {}) =>
      pipe(
        get('/license/users', EntityListing, scope, { query: { pageSize, pageNumber }, divisible }),
        TE.map(licenseUsers),
      ),
    getLicenseUser: (id, scope = {}) =>
      pipe(
        get('/license/users/{userId}', UserLicenses, scope, { id, needs: LICENSE_VIEW }),
        about('GET /api/v2/license/users/{userId}', id, (row) => userIdOf(row)),
      ),
    postLicenseUsers: (userIds, scope = {}) =>
      pipe(
        ask('/license/users', UsersLicenses, scope, { json: userIds, needs: LICENSE_VIEW }),
        TE.map((users) => {
          const readable = Object.entries(users).flatMap(([userId, held]) =>
            HeldLicenses.is(held)
              ? [[userId, ('licenses' in held ? held.licenses : held).map(licenseIdOf)] as const]
              : [],
          )
          return new Map(readable)
        }),
      ),
    postLicenseInfer: (roleIds, scope = {}) => ask('/license/infer', LicenseIds, scope, { json: roleIds }),
    postLicenseOrganization: (assignments, scope = {}) => updateLicenses(access, assignments, scope),
    getLicenseToggle: (id, scope = {}) => get('/license/toggles/{featureName}', LicenseOrgToggle, scope, { id }),
    postLicenseToggle: (id, scope = {}) => ask('/license/toggles/{featureName}', LicenseOrgToggle, scope, { id }),
    getLicenseOrganization: (scope = {}) => get('/license/organization', LicenseOrganization, scope, {}),
    getUsers: ({ pageNumber, pageSize, state, expand, id, divisible }, scope = {}) =>
      pipe(
        get('/users', EntityListing, scope, {
          query: { state, expand: expand?.join(','), pageSize, pageNumber, id: id?.join(',') },
          needs: USER_VIEW,
          divisible,
        }),
        TE.map(listing(User)),
      ),
    getUsersQuery: ({ cursor, pageSize, state, expand, divisible }, scope = {}) =>
      pipe(
        get('/users/query', CursorListing, scope, {
          query: { state, expand: expand?.join(','), pageSize, cursor },
          needs: USER_VIEW,
          divisible,
        }),
        TE.map((page) => ({
          ...Answers.decodeRecords(User, rowsOf(page)),
          cursor: page.cursor ?? cursorIn(page.nextUri),
        })),
      ),
    getUser: (id, scope = {}, { expand, state } = {}) =>
      pipe(
        get('/users/{userId}', User, scope, { id, query: { expand: expand?.join(','), state } }),
        about('GET /api/v2/users/{userId}', id, (user) => user.id),
      ),
    getOrganizationsMe: (scope = {}) => get('/organizations/me', Organization, scope, {}),
    getBillingContracts: ({ status, after, pageSize, divisible } = {}, scope = {}) =>
      pipe(
        get('/billing/contracts', BillingContractListing, scope, {
          query: { status, pageSize, after },
          needs: BILLING_VIEW,
          divisible,
        }),
        TE.map(({ entities, nextUri }) => ({
          ...Answers.decodeRecords(BillingContractEntry, entities),
          cursor: cursorIn(nextUri, 'after'),
        })),
      ),
    getBillingContract: (id, scope = {}) =>
      pipe(
        get('/billing/contracts/{contractId}', BillingContract, scope, { id, needs: BILLING_VIEW }),
        about('GET /api/v2/billing/contracts/{contractId}', id, (contract) => contract.id),
      ),
    getBillingContractBillingperiod: (contractId, id, scope = {}) =>
      pipe(
        get('/billing/contracts/{contractId}/billingperiods/{billingPeriodId}', BillingPeriod, scope, {
          id: contractId,
          within: id,
          needs: BILLING_VIEW,
        }),
        about('GET /api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}', id, (period) => period.id),
      ),
    getBillingTrusteebillingoverviewTrustorOrgId: (id, scope = {}) =>
      get('/billing/trusteebillingoverview/{trustorOrgId}', TrusteeBillingOverview, scope, {
        id,
        needs: CLIENT_BILLING_VIEW,
      }),
    searchUsersByEmail: (email, scope = {}, { expand } = {}) =>
      pipe(
        ask('/users/search', SearchListing, scope, {
          json: {
            pageSize: 25,
            pageNumber: 1,
            ...(expand === undefined ? {} : { expand }),
            query: [
              { type: 'EXACT', fields: ['email'], value: email },
              { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] },
            ],
          },
          needs: USER_VIEW,
        }),
        TE.map((listed) =>
          Answers.decodeRecords(User, 'results' in listed && t.UnknownArray.is(listed.results) ? listed.results : []),
        ),
      ),
    postAnalyticsUsersAggregatesQuery: ({ userIds, interval }, scope = {}) =>
      pipe(
        ask('/analytics/users/aggregates/query', UserAggregates, scope, {
          json: {
            interval: interval.join('/'),
            granularity: 'P1D',
            groupBy: ['userId'],
            metrics: ['tSystemPresence'],
            filter: { type: 'or', predicates: userIds.map((value) => ({ dimension: 'userId', value })) },
          },
          needs: AGGREGATE_VIEW,
        }),
        TE.map((answer) =>
          Answers.decodeRecords(UserAggregate, t.UnknownArray.is(answer.results) ? answer.results : []),
        ),
      ),
  }
}

/** A client of its own, without a provider: for programs that need the vendor's operations as they are. */
export const createGenesysClient = (config: GenesysConfig, runtime: ProviderRuntime = {}): GenesysClient =>
  clientOf(openGenesysAccess(config, runtime))

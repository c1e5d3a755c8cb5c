import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { checkedCalls } from '../contract/checked-calls.ts'
import type { LicenseProvider, UserReference, UsersRequest } from '../contract/license-provider.ts'
import { answerOf, type UserLookup, unlessAllFailed } from '../contract/user-lookup.ts'
import { trimmedText } from '../model/folded-text.ts'
import { isWhole } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Holder, LicensedUser } from '../model/licensed-user.ts'
import { withoutRaw } from '../model/without-raw.ts'
import type { Workspace } from '../model/workspace.ts'
import { toReadonlyArray } from '../paging/collect.ts'
import type { ListRequest } from '../paging/list-events.ts'
import type { Paged } from '../paging/paged.ts'
import type { PageRequest } from '../paging/request.ts'
import { type RequestScope, whenRun } from '../paging/request-scope.ts'
import type { ApiAccess } from './api-access.ts'
import type { VendorChanges } from './changes/change-adapter.ts'
import { createChangeAssignments } from './changes/create-change-assignments.ts'
import { watched } from './changes/watch-attempts.ts'
import type { ProgressEvent } from './transport/events.ts'

/**
 * How users are found, as `getUser` and `findUsers` of the contract say: many at once, where that saves requests, or one by
 * one. With `findUsers` alone, `getUser` is a search for one.
 */
export type UserSearch =
  | {
      readonly findUsers: (users: readonly UserReference[], scope: RequestScope) => Task<readonly UserLookup[]>
      readonly getUser?:
        | ((user: UserReference, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>)
        | undefined
    }
  | {
      readonly findUsers?: undefined
      readonly getUser: (user: UserReference, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
    }

type FindOne = NonNullable<UserSearch['getUser']>
type FindMany = NonNullable<UserSearch['findUsers']>

/**
 * What one vendor's provider does, for `createProvider`: the contract without what is the same with every vendor. `raw` may
 * always be there: the kit takes it off where a caller has not asked for it.
 */
export type VendorProvider = Pick<LicenseProvider, 'vendor' | 'displayName' | 'capabilities' | 'reviewChanges'> &
  UserSearch & {
    readonly listLicenses: (request: ListRequest) => Paged<License>
    /** Default: the one in the list of licenses, for vendors that give all of them in few requests. */
    readonly getLicense?: ((licenseId: string, scope: RequestScope) => TaskEither<LicenseError, License>) | undefined
    readonly listUsers: (request: UsersRequest & ListRequest) => Paged<LicensedUser>
    readonly listHolders?: ((licenseId: string, request: ListRequest) => Paged<Holder>) | undefined
    readonly listWorkspaces?: ((request: UsersRequest & ListRequest) => Paged<Workspace>) | undefined
    /** How seats are given and taken. Absent: the provider cannot. */
    readonly changes?: VendorChanges | undefined
  }

const NOT_FOUND: UserLookup = { kind: 'notFound' }

/** An address without the spaces around it, as a vendor's search needs it. */
const asAsked = (user: UserReference): UserReference =>
  'id' in user ? user : { ...user, email: trimmedText(user.email) }

const searchOf = (
  { provider }: Pick<ApiAccess, 'provider'>,
  { findUsers, getUser }: UserSearch,
): { readonly findUsers: FindMany | undefined; readonly getUser: FindOne } => {
  if (findUsers === undefined) return { findUsers, getUser: (user, scope) => getUser(asAsked(user), scope) }
  const findAsked: FindMany = (users, scope) => findUsers(users.map(asAsked), scope)
  const findOne: FindOne = (user, scope) =>
    pipe(
      findAsked([user], scope),
      T.map(([lookup = NOT_FOUND]) => answerOf({ provider, operation: 'getUser' }, lookup)),
    )
  return {
    findUsers: findAsked,
    getUser: getUser === undefined ? findOne : (user, scope) => getUser(asAsked(user), scope),
  }
}

/** The license in the list. Where the list has a gap, a license that is not in it is not known to be missing. */
const fromTheList =
  ({ provider }: Pick<ApiAccess, 'provider'>, listLicenses: VendorProvider['listLicenses']) =>
  (licenseId: string, scope: RequestScope): TaskEither<LicenseError, License> =>
    pipe(
      toReadonlyArray(listLicenses(scope)),
      TE.flatMapEither(({ items, ledger }): E.Either<LicenseError, License> => {
        const found = items.find(({ id }) => id === licenseId)
        const name = { provider, operation: 'getLicense' }
        if (found !== undefined) return E.right(found)
        return isWhole(ledger)
          ? E.left({ _tag: 'NotFound', ...name, message: 'there is no such license' })
          : E.left({
              _tag: 'Incomplete',
              ...name,
              message: 'the list of licenses, which lacks it, is not whole',
              ledger,
            })
      }),
    )

/**
 * Makes the provider. Its calls refuse wrong arguments without a request, get a scope, whose deadline counts from when a call is run, and `changes` goes through the
 * engine, which sends no change that is a problem to `reviewChanges`.
 */
export const createProvider = (
  access: Pick<ApiAccess, 'provider' | 'clock' | 'events'>,
  vendor: VendorProvider,
): LicenseProvider => {
  const { provider, clock, events } = access
  /** The same request, whose reading tells the host how far it has come. */
  const told = <R extends PageRequest>(operation: ProgressEvent['operation'], request: R): R & ListRequest => ({
    ...request,
    deadlineAt: undefined,
    onProgress: (progress) => events.emit({ type: 'progress', provider, operation, ...progress }),
  })
  const {
    listLicenses,
    getLicense = fromTheList(access, vendor.listLicenses),
    listUsers,
    listHolders,
    listWorkspaces,
    changes,
    reviewChanges,
    ...about
  } = vendor
  const { findUsers, getUser } = searchOf(access, vendor)
  return checkedCalls({
    specificationVersion: 'v1',
    id: provider,
    vendor: about.vendor,
    displayName: about.displayName,
    capabilities: about.capabilities,
    listLicenses: (request = {}) => listLicenses(told('listLicenses', request)),
    getLicense: (licenseId, options = {}) =>
      whenRun(options, clock, (scope) => pipe(getLicense(licenseId, scope), TE.map(withoutRaw))),
    listUsers: (request = {}) => listUsers(told('listUsers', request)),
    getUser: (user, options = {}) => whenRun(options, clock, (scope) => pipe(getUser(user, scope), TE.map(withoutRaw))),
    ...(findUsers === undefined
      ? {}
      : {
          findUsers: (users, options = {}) =>
            whenRun(options, clock, (scope) => pipe(findUsers(users, scope), T.map(unlessAllFailed))),
        }),
    ...(listHolders === undefined
      ? {}
      : { listHolders: (licenseId, request = {}) => listHolders(licenseId, told('listHolders', request)) }),
    ...(listWorkspaces === undefined
      ? {}
      : { listWorkspaces: (request = {}) => listWorkspaces(told('listWorkspaces', request)) }),
    ...(changes === undefined
      ? {}
      : {
          changeAssignments: createChangeAssignments({
            ...changes,
            send: watched(changes),
            provider,
            clock,
            reviewChanges,
          }),
        }),
    ...(reviewChanges === undefined ? {} : { reviewChanges }),
  })
}

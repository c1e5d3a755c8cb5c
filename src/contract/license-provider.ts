import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Holder, LicensedUser } from '../model/licensed-user.ts'
import type { Workspace } from '../model/workspace.ts'
import type { Paged } from '../paging/paged.ts'
import type { PageRequest, RequestOptions } from '../paging/request.ts'
import type {
  AssignmentChange,
  AssignmentOutcome,
  ChangeRemark,
  ChangeRequest,
  ChangeSurroundings,
} from './assignment-change.ts'
import type { Capabilities } from './capabilities.ts'
import type { DeclaredLicenses } from './declared-license.ts'
import type { UserLookup } from './user-lookup.ts'

/**
 * One user, by the vendor's id or by any of their e-mail addresses. Addresses are compared as `foldedText` says: the case of
 * A to Z does not matter.
 */
export type UserReference = { readonly id: string } | { readonly email: string }

/** How a list of users, or of workspaces, is requested. */
export interface UsersRequest extends PageRequest {
  /** The licenses, where the caller has just listed them. A provider that needs them for the list then need not list them. */
  readonly licenses?: readonly License[] | undefined
}

/**
 * The license seats of one organization of one vendor, in terms that are the same for all vendors.
 *
 * Single results are fp-ts `TaskEither`s: call them to start them. They never throw. Lists are {@link Paged}.
 * Nothing is requested before a task is called or a list is iterated.
 */
export interface LicenseProvider {
  /** The version of this contract. A later version will have another value. */
  readonly specificationVersion: 'v1'
  /** A lower-case slug, unique in a run: `webex-emea`. Every item and error carries it. */
  readonly id: string
  /** `genesys`, `webex`, or another vendor's name. */
  readonly vendor: string
  /** For people. */
  readonly displayName: string
  readonly capabilities: Capabilities
  /** The overrides that `withDeclaredLicenses` got, for licenses that users hold and the vendor does not list. */
  readonly declaredLicenses?: DeclaredLicenses | undefined
  /** The licenses of the organization. Users may hold licenses that are not in it. */
  readonly listLicenses: (request?: PageRequest) => Paged<License>
  /** `NotFound` where the vendor has no such license. */
  readonly getLicense: (licenseId: string, options?: RequestOptions) => TaskEither<LicenseError, License>
  /**
   * Every user in the vendor's lists of license holders, with everything that they hold. A holder without a record in the
   * directory is listed too.
   */
  readonly listUsers: (request?: UsersRequest) => Paged<LicensedUser>
  /**
   * `NotFound` where the vendor knows no such user. `Conflict` where several users have the e-mail address and
   * `meantByAddress` does not choose one; of a user who has left and one who has not, it chooses the latter. `Incomplete`
   * where the user may hold more than could be read: a user in the result is complete.
   */
  readonly getUser: (user: UserReference, options?: RequestOptions) => TaskEither<LicenseError, LicensedUser>
  /**
   * Looks up many users with fewer requests than `getUser`, where the vendor can; for any provider, see the function
   * `findUsers`. One result for each reference, in their order, the same as that of `getUser`, with one exception: an address
   * of several users may be `ambiguous` where `getUser` takes the only active one. A `Left` only where nothing could be read
   * at all.
   */
  readonly findUsers?:
    | ((users: readonly UserReference[], options?: RequestOptions) => TaskEither<LicenseError, readonly UserLookup[]>)
    | undefined
  /**
   * The workspaces that hold licenses, or may, where the vendor has such and the credentials may read them. They are in no
   * list of users.
   */
  readonly listWorkspaces?: ((request?: UsersRequest) => Paged<Workspace>) | undefined
  /** The users who hold one license, where the vendor can list them; for any provider, see the function `listHolders`. */
  readonly listHolders?: ((licenseId: string, request?: PageRequest) => Paged<Holder>) | undefined
  /**
   * Assigns and removes licenses, where the vendor can. It yields one outcome for each change, as it becomes known, in no
   * particular order. Changes of one user may go into one request, and must not contradict each other. Nothing is requested
   * before iteration, and iterating never throws because of the vendor. A change that is a problem to `reviewChanges` is
   * `refused` and not sent.
   *
   * An outcome is final: callers need not read again. `applied`: what the user holds was read after the request and shows the
   * change, or the vendor's answer lists everything that the user holds now and shows it. A status, or a word of success, is
   * not enough. `refused`: it was not done. Anything else is `unknown`, with `unread` where reading failed. With
   * `beforeSending`, every change is announced before the request that carries it. `createProvider` of the provider
   * kit does all of this.
   */
  readonly changeAssignments?:
    | ((changes: readonly AssignmentChange[], request?: ChangeRequest) => AsyncIterable<AssignmentOutcome>)
    | undefined
  /** Says, without a request, what the vendor is known to refuse or to change implicitly. Absent: nothing is known. */
  readonly reviewChanges?:
    | ((changes: readonly AssignmentChange[], surroundings: ChangeSurroundings) => readonly ChangeRemark[])
    | undefined
}

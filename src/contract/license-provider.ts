import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Holder, LicensedUser } from '../model/licensed-user.ts'
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
 * One person, by the vendor's id or by e-mail address: any of those that they have, compared as `foldedText` says, without
 * regard to the case of A to Z.
 */
export type UserReference = { readonly id: string } | { readonly email: string }

export interface UsersRequest extends PageRequest {
  /** The licenses, where the caller has just listed them: spares the providers that walk license by license a listing. */
  readonly licenses?: readonly License[] | undefined
}

/**
 * One vendor's license seats, in one organization, in the neutral vocabulary.
 *
 * One-shot results are fp-ts `TaskEither`s: call them to start them; they never throw. Lists are {@link Paged}.
 * Nothing is requested before a task is called or a list is iterated.
 */
export interface LicenseProvider {
  /** The version of this contract. A later one will be another literal, so that both can be told apart. */
  readonly specificationVersion: 'v1'
  /** A lower-case slug, unique in a run: `webex-emea`. Every item and error carries it. */
  readonly id: string
  /** `genesys`, `webex`, or a third party's own. */
  readonly vendor: string
  /** For people. */
  readonly displayName: string
  readonly capabilities: Capabilities
  /** What `withDeclaredLicenses` was told, for licenses that are held and could not be listed. */
  readonly declaredLicenses?: DeclaredLicenses
  /** The pools of seats that the vendor defines for the organization. Held licenses may be missing from it. */
  readonly listLicenses: (request?: PageRequest) => Paged<License>
  /** `NotFound` where the vendor defines no such license. */
  readonly getLicense: (licenseId: string, options?: RequestOptions) => TaskEither<LicenseError, License>
  /**
   * Every user that the vendor's license listing names, with all that they hold. A holder whose directory record is
   * missing is still listed.
   */
  readonly listUsers: (request?: UsersRequest) => Paged<LicensedUser>
  /**
   * `NotFound` where the vendor knows nobody by that reference, `Conflict` where an e-mail address names several of whom
   * `meantByAddress` does not take one: an address of a user who has left and of one who has not means the latter;
   * `Incomplete` where they may hold more than what could be read: a user who is given is whole.
   */
  readonly getUser: (user: UserReference, options?: RequestOptions) => TaskEither<LicenseError, LicensedUser>
  /**
   * Many users for fewer requests than `getUser` takes, where the vendor can; see the function `findUsers` for any
   * provider. One result for each reference, in their order, and the same as that of `getUser`, but that an address of
   * several users may be `ambiguous` where `getUser` takes the only active one of them. A `Left` only where nothing could
   * be read at all.
   */
  readonly findUsers?: (
    users: readonly UserReference[],
    options?: RequestOptions,
  ) => TaskEither<LicenseError, readonly UserLookup[]>
  /** The holders of one license, where the vendor can list them; see the function `listHolders` for any provider. */
  readonly listHolders?: (licenseId: string, request?: PageRequest) => Paged<Holder>
  /**
   * Gives and takes seats, where the vendor can: one outcome for every change, as it becomes known, in no particular
   * order. Changes of one user may go into one request; two of them must not contradict each other. Nothing is requested
   * before iteration, and it never throws for what the vendor does. A change that `reviewChanges` finds a problem with
   * is `refused` and not sent.
   *
   * An outcome is final, and callers do not read again what it says. `applied`: what the user holds was read after the
   * request and shows it, or the vendor's answer tells all that the user holds now and shows it; a status, or a word of
   * success, is not enough. `refused` was not done. Anything else is `unknown`, with `unread` where reading failed. With
   * `beforeSending` every change is announced before the request that carries it. `createChangeAssignments` of the
   * provider kit keeps to all of this.
   */
  readonly changeAssignments?: (
    changes: readonly AssignmentChange[],
    request?: ChangeRequest,
  ) => AsyncIterable<AssignmentOutcome>
  /** What the vendor is known to refuse, or to do besides, told without a request. Absent: nothing is known. */
  readonly reviewChanges?: (
    changes: readonly AssignmentChange[],
    surroundings: ChangeSurroundings,
  ) => readonly ChangeRemark[]
}

import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AssignmentChange, ChangeRemark, ChangeSurroundings, TakenSeat } from '../../contract/assignment-change.ts'
import type { License } from '../../model/license.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import type { Clock } from '../../paging/clock.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { KeyOfId } from './user-changes.ts'

/** What a user holds, by a reading or an answer. */
export type Holdings = Pick<LicensedUser, 'kind' | 'licenseIds' | 'pendingLicenseIds'>

/**
 * The result of reading what a user holds. `Left`: it could not be read; `NotFound` where the vendor knows no such user.
 * `undefined`: these credentials may not read it, so that only the answer to a change shows it.
 */
export type HoldingsReading = Either<LicenseError, Holdings | undefined>

/** What the vendor said of one change in its answer to a request. */
export type Reply =
  /** It accepted the change. Where readings do not show it yet, the engine waits for them. */
  | {
      readonly kind: 'accepted'
      /** Added to the reason where readings do not show the change in time. Default: nothing. */
      readonly words?: Pick<LicenseError, 'vendorCode' | 'vendorMessage' | 'correlationId'> | undefined
    }
  /** It says that there was nothing to do: another has made the change since it was read. Undoing this call must not take it back. */
  | { readonly kind: 'alreadySo' }
  /** It accepted the change, which is not in force yet, for example until the user accepts an invitation. */
  | { readonly kind: 'pending' }
  /** It refused the change. */
  | { readonly kind: 'declined'; readonly reason: LicenseError }
  /** Its words are not documented. Readings decide; where they do not show the change soon, it is refused with this reason. */
  | { readonly kind: 'unclear'; readonly reason: LicenseError }

/** What the vendor answered to one request that carries changes. */
export interface Answered {
  readonly replyTo: (change: AssignmentChange) => Reply
  /** What a user holds now, where the answer lists all of it. Default: it does not. */
  readonly holdingsOf?: ((userId: string) => Holdings | undefined) | undefined
  /** Called for each change that readings show, for adapters that learn the vendor's words. */
  readonly onDone?: ((change: AssignmentChange) => void) | undefined
}

/** What became of one request that carries changes. */
export type Sent =
  | ({ readonly kind: 'answered' } & Answered)
  /** It failed before anything was sent, for example because there is no token. */
  | { readonly kind: 'unsent'; readonly error: LicenseError }
  | {
      readonly kind: 'failed'
      readonly error: LicenseError
      /** Whether the vendor may have carried out the request: its answer was lost. */
      readonly mayHaveTakenEffect: boolean
      /**
       * What the failure is about: `credential`, and so every further request, or the `changes` of this one. By the vendor's
       * words only, and not by other requests: else the outcome would depend on which one is answered first.
       */
      readonly about: 'credential' | 'changes'
    }

/** Changes of one user that are sent as they are, or not at all. */
export interface ChangePart {
  /** Which request it fits into. Parts of several users with the same name share a request. */
  readonly request: string
  /** Of those that were given, and not copies. */
  readonly changes: readonly AssignmentChange[]
}

/** How changes go into requests. */
export interface RequestShape {
  /** Users in one request, at most. */
  readonly users: number
  /** Changes in one request, at most; a single user may have more. */
  readonly changes: number
  /** Whether a request is small enough otherwise. Default: any is. */
  readonly fits?: ((changes: readonly AssignmentChange[]) => boolean) | undefined
  /** Requests under way at once. Default: 1. */
  readonly concurrency?: number | undefined
  /**
   * `together`: the vendor changes a user in one step, and all changes of a user are in one request: half a swap would take a
   * seat away. `assignFirst`: removals of a user are sent only once readings show the assignments, so that a user is never
   * left without both licenses.
   */
  readonly order: 'together' | 'assignFirst'
  /**
   * For vendors whose requests do one thing each: the given changes of one user in parts. A removal and an assignment in one
   * part are a swap that the vendor makes in one step; with `assignFirst` it is sent before removals. Default: any changes
   * fit into one request.
   */
  readonly partsOf?: ((changes: readonly AssignmentChange[]) => readonly ChangePart[]) | undefined
  /** How often changes whose answer was lost are sent. Default: 1. */
  readonly sendings?: number | undefined
}

/** How one vendor changes assignments. The engine does everything else. */
export interface VendorChanges {
  /** The operation that changes, for errors: `PATCH /v1/licenses/users`. */
  readonly operation: string
  readonly requests: RequestShape
  /** Reads what users hold, many with few requests. One entry for each id. Must not reject. */
  readonly readHoldings: (
    userIds: readonly string[],
    scope: RequestScope,
  ) => Promise<ReadonlyMap<string, HoldingsReading>>
  /** Users who are read at once, and changed between two readings. Default: 300. */
  readonly usersAtOnce?: number | undefined
  /** A key for comparing ids of users and licenses, where the vendor writes one id in several ways. Default: the id. */
  readonly keyOf?: KeyOfId | undefined
  /**
   * Reads, directly before a request, what its removals take and an assignment can give back. Without what could not be read.
   * Must not reject. Default: nothing is read.
   */
  readonly readTaken?:
    | ((
        changes: readonly AssignmentChange[],
        /** By id, as far as the caller has given them. */
        licenses: ReadonlyMap<string, License>,
        scope: RequestScope,
      ) => Promise<readonly TakenSeat[]>)
    | undefined
  /**
   * Sends one request, with one change or more, in the scope that it is given: its `onAttempt` hears from the kit's transport
   * whether a request was sent, and whether the vendor may have carried it out. Requests that go another way must tell it.
   */
  readonly send: (changes: readonly AssignmentChange[], scope: RequestScope) => TaskEither<LicenseError, Answered>
  /**
   * Whether a failure of a request is about the credential, and so every further request would fail too. By the vendor's words
   * only. Default: `PermissionDenied` is.
   */
  readonly isAboutCredential?: ((error: LicenseError) => boolean) | undefined
  /**
   * Why a change is never sent, whatever its user holds: then the user is not read either. Undefined where it may be sent.
   * Default: every change may be.
   */
  readonly refusalOf?: ((change: AssignmentChange) => string | undefined) | undefined
}

/** The same with what else the engine needs. */
export interface ChangeAdapter extends Omit<VendorChanges, 'send' | 'isAboutCredential'> {
  /** Sends one request. Must not reject. */
  readonly send: (changes: readonly AssignmentChange[], scope: RequestScope) => Promise<Sent>
  readonly provider: string
  readonly clock: Clock
  /** What the vendor is known to refuse. With a problem, no change of that user is sent. Default: nothing. */
  readonly reviewChanges?:
    | ((changes: readonly AssignmentChange[], surroundings: ChangeSurroundings) => readonly ChangeRemark[])
    | undefined
}

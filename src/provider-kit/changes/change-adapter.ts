import type { Either } from 'fp-ts/lib/Either.js'
import type { AssignmentChange, ChangeRemark, ChangeSurroundings, TakenSeat } from '../../contract/assignment-change.ts'
import type { License } from '../../model/license.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import type { Clock } from '../../paging/clock.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { KeyOfId } from './user-changes.ts'

/** What a user holds, as a reading or an answer tells it. */
export type Holdings = Pick<LicensedUser, 'kind' | 'licenseIds' | 'pendingLicenseIds'>

/**
 * What a user was found to hold. `Left`: it could not be read; `NotFound` where the vendor knows no such user.
 * `undefined`: these credentials are not shown it, so that only the answer to a change tells.
 */
export type HoldingsReading = Either<LicenseError, Holdings | undefined>

/** What the vendor said of one change in its answer to a request. */
export type Reply =
  /** It took the change on. Where readings do not show it yet, they are waited for. */
  | {
      readonly kind: 'accepted'
      /** What goes with the reason where it is not seen in time. Default: nothing. */
      readonly words?: Pick<LicenseError, 'vendorCode' | 'vendorMessage' | 'correlationId'>
    }
  /** It took the change on, and it is not in force before a user accepts it, for example. */
  | { readonly kind: 'pending' }
  /** It said no. */
  | { readonly kind: 'declined'; readonly reason: LicenseError }
  /** Its words are not documented. Readings decide, and `reason` is given where they do not show the change soon. */
  | { readonly kind: 'unclear'; readonly reason: LicenseError }

/** What became of one request that carries changes. */
export type Sent =
  | {
      readonly kind: 'answered'
      readonly replyTo: (change: AssignmentChange) => Reply
      /** What a user holds now, where the answer tells all of it. Default: it does not tell. */
      readonly holdingsOf?: (userId: string) => Holdings | undefined
      /** Called for changes that readings show, for adapters that learn the vendor's words. */
      readonly onDone?: (change: AssignmentChange) => void
    }
  /** It failed before anything was sent, for example for want of a token. */
  | { readonly kind: 'unsent'; readonly error: LicenseError }
  | {
      readonly kind: 'failed'
      readonly error: LicenseError
      /** Whether the vendor may have carried the request out all the same: its answer was lost. */
      readonly mayHaveTakenEffect: boolean
      /**
       * What the failure is about by the vendor's own words: every further request (`credential`), or the changes of this
       * one. Never by what became of other requests: the outcome would depend on which of them was answered first.
       */
      readonly about: 'credential' | 'changes'
    }

/** How changes go into requests. */
export interface RequestShape {
  /** Users in one request, at most. */
  readonly users: number
  /** Changes in one request, at most; a single user may have more. */
  readonly changes: number
  /** Whether a request is small enough otherwise. Default: any is. */
  readonly fits?: (changes: readonly AssignmentChange[]) => boolean
  /** Requests under way at once. Default: 1. */
  readonly concurrency?: number
  /**
   * `together`: the vendor changes a user in one step; the changes of one user are not torn apart, as half a swap takes a
   * seat away. `assignFirst`: what a user loses is sent only once what they get
   * was seen, so that a user is never left with neither.
   */
  readonly order: 'together' | 'assignFirst'
  /** How often changes whose answer was lost are sent. Default: 1. */
  readonly sendings?: number
}

/** What one vendor's adapter says of changing assignments. The engine does the rest. */
export interface ChangeAdapter {
  readonly provider: string
  /** The operation that changes, for errors: `PATCH /v1/licenses/users`. */
  readonly operation: string
  readonly clock: Clock
  readonly requests: RequestShape
  /** What users hold, many of them for few requests. One entry for each id. Must not reject. */
  readonly readHoldings: (
    userIds: readonly string[],
    scope: RequestScope,
  ) => Promise<ReadonlyMap<string, HoldingsReading>>
  /** Users whose holdings are read in one go: what is sent between two readings. Default: 300. */
  readonly usersAtOnce?: number
  /** What ids of users and licenses are compared by, where the vendor writes one in several ways. Default: as they are. */
  readonly keyOf?: KeyOfId
  /**
   * What the removals among the changes of one request take that an assignment can give back, read right before the
   * request. Without what could not be read. Must not reject. Default: nothing is read.
   */
  readonly readTaken?: (
    changes: readonly AssignmentChange[],
    /** By id, as far as the caller has given them. */
    licenses: ReadonlyMap<string, License>,
    scope: RequestScope,
  ) => Promise<readonly TakenSeat[]>
  /** Sends one request. Must not reject. */
  readonly send: (changes: readonly AssignmentChange[], scope: RequestScope) => Promise<Sent>
  /**
   * Why a change is never sent, whatever its user holds, so that the vendor is not asked about this user at all; undefined
   * where there is nothing against it. Default: never.
   */
  readonly refusalOf?: (change: AssignmentChange) => string | undefined
  /** What the vendor is known to refuse; a problem keeps all changes of its user from being sent. Default: nothing. */
  readonly reviewChanges?:
    | ((changes: readonly AssignmentChange[], surroundings: ChangeSurroundings) => readonly ChangeRemark[])
    | undefined
}

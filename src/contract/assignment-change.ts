import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { RequestOptions } from '../paging/request.ts'

/** What a seat for phone calls needs. The provider's `reviewChanges` says which licenses need what. */
export interface CallingProperties {
  /** The vendor's id of the location that the phone belongs to. */
  readonly locationId?: string | undefined
  /** In E.164 form: `+15551234567`. */
  readonly phoneNumber?: string | undefined
  /** Digits. */
  readonly extension?: string | undefined
}

/** One seat of one license, to be assigned to one user or removed from them. */
export interface AssignmentChange {
  readonly action: 'assign' | 'remove'
  readonly userId: string
  readonly licenseId: string
  /** Only with `assign`. */
  readonly calling?: CallingProperties | undefined
}

/** What a removal takes from a user and an assignment can give back, read before the request is sent. */
export interface TakenSeat {
  readonly change: AssignmentChange
  readonly calling: CallingProperties
}

/** What the vendor changed for a user without being asked, as read directly after a request. */
export interface ImplicitChanges {
  /** Ids of licenses that the user held directly before the request and does not hold directly after it. */
  readonly lost: readonly string[]
  /** Ids of licenses that the user holds directly after the request and did not hold directly before it. */
  readonly gained: readonly string[]
}

/**
 * What became of one change. What the user holds afterwards decides, as the vendor gives it: a status of success is not
 * enough for `applied`.
 */
export type AssignmentOutcome = {
  readonly change: AssignmentChange
  /** What the same request changed implicitly. Only one of the user's outcomes has it. Absent: nothing was seen. */
  readonly implicit?: ImplicitChanges | undefined
} & (
  | { readonly result: 'applied' }
  /** The user held it already, or did not hold it any more: nothing was sent, or the vendor said so. */
  | { readonly result: 'alreadySo' }
  /** The vendor accepted it, and it is not in force yet, for example until an invitation is accepted. */
  | { readonly result: 'pending' }
  /** It was not done: the vendor refused it or left it out, or it was never sent. */
  | { readonly result: 'refused'; readonly reason: LicenseError }
  /** It was sent, and whether it was done is unknown; or the vendor accepted it, and readings do not show it yet. */
  | {
      readonly result: 'unknown'
      readonly reason: LicenseError
      /** What the user holds could not be read after the request. Absent: it was read, and does not show the change. */
      readonly unread?: true | undefined
    }
)

/** A wait for changes that were sent and readings do not show yet. */
export interface ChangeWait {
  /** Changes that are waited for. */
  readonly changes: number
  /** The longest time from now on, in milliseconds. */
  readonly ms: number
}

/** What a call of `changeAssignments` is given beside its changes. All of it is optional. */
export interface ChangeRequest extends RequestOptions {
  /**
   * The users as the caller has just read them, by id. A user who already is as the changes want is not read again. What
   * other users hold is read directly before it is changed; where the credentials may not read it, it is taken from here.
   */
  readonly users?: ReadonlyMap<string, LicensedUser> | undefined
  /** The licenses, where the caller has just listed them. A provider may know more of a license by its name. */
  readonly licenses?: readonly License[] | undefined
  /**
   * Awaited directly before each request that carries changes, with those changes, and with what their removals take as far
   * as it could be read. Where it rejects, the request is not sent, and the iteration rejects. For callers who keep a
   * journal.
   */
  readonly beforeSending?:
    | ((changes: readonly AssignmentChange[], taken: readonly TakenSeat[]) => Promise<void>)
    | undefined
  /**
   * How long to wait until readings show the changes that the vendor accepted, in milliseconds. Only their users are read
   * again, with growing pauses. After that time the changes are `unknown`. Default: 60,000.
   */
  readonly settleWithinMs?: number | undefined
  /** Called before each pause of that wait, for progress displays. What it throws is ignored. */
  readonly onWait?: ((wait: ChangeWait) => void) | undefined
}

/** A remark on a change, made without asking the vendor. */
export interface ChangeRemark {
  readonly change: AssignmentChange
  /** `problem`: it must be mended before anything is sent. `warning`: it is for the person who decides. */
  readonly severity: 'problem' | 'warning'
  /** A stable id: `missing-calling-properties`. */
  readonly rule: string
  /** One line for people. */
  readonly message: string
  /** `license`: it applies to every user who gets this change. Default: it is about this user. */
  readonly about?: 'license' | undefined
  /** It tells of something that undoing the change does not bring back, so that it is said before undo too. Default: it does not. */
  readonly lostForGood?: true | undefined
}

/** What is known when changes are reviewed before they are made. */
export interface ChangeSurroundings {
  readonly licenses: ReadonlyMap<string, License>
  /** The users as they are before the changes. */
  readonly users: ReadonlyMap<string, LicensedUser>
}

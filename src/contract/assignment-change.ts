import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { RequestOptions } from '../paging/request.ts'

/** What a seat for making phone calls needs to know; which licenses need what, says the provider's `reviewChanges`. */
export interface CallingProperties {
  /** The vendor's id of the location that the phone belongs to. */
  readonly locationId?: string
  /** In E.164 form: `+15551234567`. */
  readonly phoneNumber?: string
  /** Digits. */
  readonly extension?: string
}

/** One seat of one license, to be given to one user or taken from them. */
export interface AssignmentChange {
  readonly action: 'assign' | 'remove'
  readonly userId: string
  readonly licenseId: string
  /** Only with `assign`. */
  readonly calling?: CallingProperties
}

/** What a removal takes that an assignment can give back, read before the request is sent. */
export interface TakenSeat {
  readonly change: AssignmentChange
  readonly calling: CallingProperties
}

/** What the vendor changed for a user though no change asked for it, seen directly after a request. */
export interface ImplicitChanges {
  /** Ids of licenses that the user held directly before the request and does not hold directly after it. */
  readonly lost: readonly string[]
  /** Ids of licenses that the user holds directly after the request and did not hold directly before it. */
  readonly gained: readonly string[]
}

/**
 * What became of one change. A status is not enough for `applied`: what the vendor says that the user holds afterwards is
 * what counts.
 */
export type AssignmentOutcome = {
  readonly change: AssignmentChange
  /** With one outcome of a user: what the same requests did to that user besides. Absent: nothing that was seen. */
  readonly implicit?: ImplicitChanges
} & (
  | { readonly result: 'applied' }
  /** The user held it already, or held it no more: nothing was sent for it. */
  | { readonly result: 'alreadySo' }
  /** The vendor took it on, and it is not in force yet, for example until an invitation is accepted. */
  | { readonly result: 'pending' }
  /** It was not done: the vendor said so, or left it out, or it was never sent. */
  | { readonly result: 'refused'; readonly reason: LicenseError }
  /** It was sent, and it is not known whether it was done, or it was accepted and is not seen yet. */
  | {
      readonly result: 'unknown'
      readonly reason: LicenseError
      /** What the user holds could not be read after it was sent. Absent: it was read, and does not show the change. */
      readonly unread?: true
    }
)

/** A wait for changes that were sent and that readings do not show yet. */
export interface ChangeWait {
  /** How many changes are looked for. */
  readonly changes: number
  /** How long at most from now on, in milliseconds. */
  readonly ms: number
}

export interface ChangeRequest extends RequestOptions {
  /**
   * The users as the caller has just read them, by id. Nothing is read for a user for whom everything is so already; what
   * the others hold is read directly before it is changed, and taken from here where these credentials are not shown it.
   */
  readonly users?: ReadonlyMap<string, LicensedUser> | undefined
  /** The licenses, where the caller has just listed them: for what the provider knows of them by their names. */
  readonly licenses?: readonly License[] | undefined
  /**
   * Awaited right before each request that carries changes, with those changes and with what their removals take, as far
   * as it could be read (empty where nothing was); where it rejects, the request is not sent and the iteration rejects.
   * For callers who keep a journal.
   */
  readonly beforeSending?:
    | ((changes: readonly AssignmentChange[], taken: readonly TakenSeat[]) => Promise<void>)
    | undefined
  /**
   * How long changes that the vendor accepted are waited for until readings show them, in milliseconds; only they are
   * read again, in growing pauses. After that they are `unknown`. Default: 60,000.
   */
  readonly settleWithinMs?: number | undefined
  /** Called before each pause of that waiting, so that it can be shown; what it throws is ignored. */
  readonly onWait?: ((wait: ChangeWait) => void) | undefined
}

/** Something that can be said of a change without asking the vendor. */
export interface ChangeRemark {
  readonly change: AssignmentChange
  /** A `problem` must be mended before anything is sent; a `warning` is for whoever decides. */
  readonly severity: 'problem' | 'warning'
  /** A stable id: `missing-calling-properties`. */
  readonly rule: string
  /** One line for people. */
  readonly message: string
  /** `license`: it is as true of every user of whom the change is made. Default: it is about this user. */
  readonly about?: 'license'
}

/** What is known where changes are looked at before they are made. */
export interface ChangeSurroundings {
  readonly licenses: ReadonlyMap<string, License>
  /** The users as they are before the changes. */
  readonly users: ReadonlyMap<string, LicensedUser>
}

import type { ChangeWait } from '../contract/assignment-change.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { JournaledOutcome } from './follow-journal.ts'
import type { ImplicitLicense } from './journal-entry.ts'
import type { PlannedChange, PlanWarning } from './plan.ts'

/** A wait for changes that were sent and readings do not show yet. */
export interface ApplyWait extends ChangeWait {
  readonly provider: string
}

/** How far the changes of a plan have come. */
export interface ApplyProgress {
  readonly provider: string
  /** Changes that have an outcome. */
  readonly done: number
  /** All changes of the plan. */
  readonly total: number
  /** The change that has an outcome now, as `followJournal` tells it. A later outcome with the same place takes its place. */
  readonly change: JournaledOutcome
}

/** A change of a plan with its result: done, refused, unknown, or not sent, and why. */
export type AppliedChange = PlannedChange &
  (
    | { readonly result: 'applied' | 'alreadySo' | 'pending' }
    | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }
    /** The user or the license is not as the plan found it. Nothing was sent. */
    | { readonly result: 'drifted'; readonly drift: string }
    /** The run ended before it. Nothing was sent. */
    | { readonly result: 'notSent' }
  )

/** A license that a user of the plan lost or gained and no change asked for. */
export interface ImplicitSeat extends ImplicitLicense {
  readonly userId: string
  /** The e-mail address, else the name, else the id. */
  readonly user: string
  readonly effect: 'lost' | 'gained'
}

/** The result of applying a plan, or of taking it back, change by change. */
export interface PlanResult {
  readonly schemaVersion: 1
  /** The hash of the plan. */
  readonly plan: string
  readonly provider: string
  /** The changes of the plan were taken back. */
  readonly undo?: true | undefined
  readonly finishedAt: string
  /**
   * Every change was made, was already so, or is pending; what users hold was read and shows it; and no user lost a
   * purchased license implicitly.
   */
  readonly complete: boolean
  /** Whether what users hold could be read after each request of this run. */
  readonly verified: boolean
  /** Why the journal could no longer be written. From then on nothing was sent. */
  readonly journalProblem?: string | undefined
  readonly counts: Readonly<Record<AppliedChange['result'], number>>
  readonly changes: readonly AppliedChange[]
  /**
   * What the vendor changed implicitly for users of the plan, as readings directly before and after a request show it.
   * Also what users lost in earlier runs and do not hold again. Absent: nothing that was seen.
   */
  readonly implicit?: readonly ImplicitSeat[] | undefined
  /** Warnings, such as protected seats that protect nothing. Absent: none. */
  readonly warnings?: readonly PlanWarning[] | undefined
}

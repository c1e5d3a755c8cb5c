import type { ChangeWait } from '../contract/assignment-change.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { ImplicitLicense } from './journal-entry.ts'
import type { PlannedChange, PlanWarning } from './plan.ts'

/** A wait for changes that were sent and that the provider does not show yet. */
export interface ApplyWait extends ChangeWait {
  readonly provider: string
}

export interface ApplyProgress {
  readonly provider: string
  /** Changes of which it is known what became of them. */
  readonly done: number
  readonly total: number
}

/** What became of one change of a plan. */
export type AppliedChange = PlannedChange &
  (
    | { readonly result: 'applied' | 'alreadySo' | 'pending' }
    | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }
    /** The world is not as the plan found it; nothing was sent. */
    | { readonly result: 'drifted'; readonly drift: string }
    /** It was not its turn any more; nothing was sent. */
    | { readonly result: 'notSent' }
  )

/** A license that the vendor took from a user of the plan, or gave them, though no change asked for it. */
export interface ImplicitSeat extends ImplicitLicense {
  readonly userId: string
  /** The e-mail address, else the name, else the id. */
  readonly user: string
  readonly effect: 'lost' | 'gained'
}

/** What became of a plan. */
export interface PlanResult {
  readonly schemaVersion: 1
  /** The hash of the plan. */
  readonly plan: string
  readonly provider: string
  /** Present where the changes take back those of the plan. */
  readonly undo?: true
  readonly finishedAt: string
  /**
   * Every change is as it should be, or pending, what users hold was read and says so, and no user lost a bought license
   * besides.
   */
  readonly complete: boolean
  /** Whether what users hold could be read after everything that this run has sent. */
  readonly verified: boolean
  /** Why the journal lacks something. Then nothing more was sent. */
  readonly journalProblem?: string
  readonly counts: Readonly<Record<AppliedChange['result'], number>>
  readonly changes: readonly AppliedChange[]
  /**
   * What the vendor did to users of the plan besides, as readings directly before and after a request show it; also what
   * earlier runs saw users lose and what they do not hold yet again. Absent: nothing that was seen.
   */
  readonly implicit?: readonly ImplicitSeat[]
  /** What to know of it: protected seats that protect nothing. Absent: nothing. */
  readonly warnings?: readonly PlanWarning[]
}

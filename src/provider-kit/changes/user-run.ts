import type { ImplicitChanges } from '../../contract/assignment-change.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { Holdings } from './change-adapter.ts'
import type { ChangeResult } from './change-outcome.ts'
import type { Wanted } from './user-changes.ts'

/** A change that was taken on, or may have been, and that readings do not show yet. */
export interface Open {
  readonly wanted: Wanted
  /** What it comes to where it is not seen within that time; `again`: it is sent once more. */
  readonly otherwise: ChangeResult | 'again'
  readonly withinMs: number
}

/** One user on the way through their changes. */
export interface UserRun {
  readonly userId: string
  /** What is still to be sent, in this order; a step is sent once all of the one before it was seen. */
  steps: readonly (readonly Wanted[])[]
  /** As last read. */
  held: Holdings | undefined
  open: readonly Open[]
  waitedMs: number
  /** How often the present step was sent. */
  sendings: number
  /** Why it is not known whether an earlier sending had its effect. */
  doubt: LicenseError | undefined
  /** Not told yet. */
  implicit: ImplicitChanges | undefined
}

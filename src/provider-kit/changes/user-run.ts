import type { AssignmentOutcome, ImplicitChanges } from '../../contract/assignment-change.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { Holdings } from './change-adapter.ts'
import type { ChangeCall } from './change-call.ts'
import { type ChangeResult, outcomesFor, refused, unsent } from './change-outcome.ts'
import type { Wanted } from './user-changes.ts'

/** A change that the vendor accepted, or may have carried out, and that readings do not show yet. */
export interface Open {
  readonly wanted: Wanted
  /** The result where readings show it. */
  readonly done: ChangeResult
  /** The result where readings do not show it within that time; `again`: it is sent once more. */
  readonly otherwise: ChangeResult | 'again'
  readonly withinMs: number
}

/** One user on the way through their changes. */
export interface UserRun {
  readonly userId: string
  /** What is still to be sent, in this order; a step is sent once readings show all of the one before it. */
  steps: readonly (readonly Wanted[])[]
  /** As last read. */
  held: Holdings | undefined
  /** What of the present step is waited for. */
  open: readonly Open[]
  waitedMs: number
  /** How often the present step was sent. */
  sendings: number
  /** The failure of an earlier sending of the present step that the vendor may have carried out all the same. */
  lostAnswer: LicenseError | undefined
  /** Goes with the next outcome of this user. */
  implicit: ImplicitChanges | undefined
}

export const openRun = (userId: string, held: Holdings | undefined): UserRun => ({
  userId,
  steps: [],
  held,
  open: [],
  waitedMs: 0,
  sendings: 0,
  lostAnswer: undefined,
  implicit: undefined,
})

/** The outcomes of one seat. The first outcome of a user after a request has what the vendor changed implicitly. */
export const outcomesOf = (run: UserRun, { copies }: Wanted, result: ChangeResult): readonly AssignmentOutcome[] => {
  const { implicit } = run
  run.implicit = undefined
  return outcomesFor(copies, result).map((outcome, place) =>
    implicit === undefined || place > 0 ? outcome : { ...outcome, implicit },
  )
}

/** Refuses the steps after the present one, which was not done. The present one may still be sent once more. */
export const dropLaterSteps = (call: ChangeCall, run: UserRun): readonly AssignmentOutcome[] => {
  const [step = [], ...later] = run.steps
  run.steps = [step]
  const end = call.ended()
  const reason = end === undefined ? call.reasons.earlierStepFailed : unsent(end)
  return later.flat().flatMap((wanted) => outcomesOf(run, wanted, refused(reason)))
}

export const goToNextStep = (run: UserRun): void => {
  run.steps = run.steps.slice(1)
  run.sendings = 0
  run.lostAnswer = undefined
  run.waitedMs = 0
}

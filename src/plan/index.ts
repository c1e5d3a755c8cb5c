export type { CallerFunction } from '../model/caller-fault.ts'
export { type ApplyPlanOptions, applyPlan, hasBegun } from './apply-plan.ts'
export { brakeOf, brakeText, removalsOf } from './brake.ts'
export { type CreatePlanOptions, createPlan } from './create-plan.ts'
export { failuresOf } from './failures-of.ts'
export { followJournal, type JournaledOutcome } from './follow-journal.ts'
export { type FindingBasis, Intent } from './intent.ts'
export { type FindingSelection, type IntentsOfFindings, intentsOfFindings } from './intents-of-findings.ts'
export {
  type CreateJournalOptions,
  createJournal,
  createJournalInPieces,
  type Journal,
  type JournaledChange,
  type JournalLease,
  type JournalState,
  readJournal,
} from './journal.ts'
export { type ImplicitEffect, type ImplicitLicense, JournalEntry } from './journal-entry.ts'
export type { ApplyPermissions } from './may-apply.ts'
export { rulesWithoutFix } from './no-fix.ts'
export {
  type OmittedSeats,
  Plan,
  type PlannedBrake,
  type PlannedChange,
  type PlannedCost,
  type PlannedFinding,
  type PlannedIntent,
  type PlannedLicense,
  type PlannedSaving,
  type PlannedUser,
  type PlanWarning,
} from './plan.ts'
export {
  type AlreadyRunning,
  type AmbiguousLicense,
  type AmbiguousUser,
  type Brake,
  type ChangesUnsupported,
  type Contradiction,
  type Defect,
  type Drifted,
  type Expired,
  type FailedSeat,
  type FailureCodes,
  type FunctionFailed,
  failureLines,
  failuresIn,
  type InvalidInput,
  isPlanFailure,
  type JournalUnavailable,
  type NothingToSwap,
  type OtherProvider,
  type PlanFailure,
  type PlanFailureDetails,
  type PlanFailures,
  type ProtectedSeatChange,
  planFailureCodes,
  type Refused,
  type Tampered,
  type UnknownLicense,
  type UnknownUser,
  type UnlistedLicense,
  type Unreadable,
} from './plan-failure.ts'
export { type ReadPlanHistoryOptions, readPlanHistory } from './plan-history.ts'
export type { AppliedChange, ApplyProgress, ApplyWait, ImplicitSeat, PlanResult } from './plan-result.ts'
export type { ProtectedSeat } from './protected-seat.ts'
export type { ReadOptions, StateProgress } from './provider-state.ts'
export { hasExpired, readPlan } from './read-plan.ts'
export { applyUndo, createUndo, isLostForGood, type Undo, type UndoOptions } from './undo-plan.ts'

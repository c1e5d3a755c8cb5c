export { type ApplyPlanOptions, applyPlan, hasBegun } from './apply-plan.ts'
export { brakeOf, brakeText, removalsOf } from './brake.ts'
export { type CreatePlanOptions, createPlan } from './create-plan.ts'
export { failuresOf } from './failures-of.ts'
export { Intent } from './intent.ts'
export {
  type CreateJournalOptions,
  createJournal,
  createJournalInPieces,
  type ImplicitEffect,
  type ImplicitLicense,
  type Journal,
  type JournalEntry,
  type JournalLease,
  type JournalledChange,
  type JournalState,
  readJournal,
} from './journal.ts'
export type { ApplyPermissions } from './may-apply.ts'
export {
  Plan,
  type PlannedBrake,
  type PlannedChange,
  type PlannedCost,
  type PlannedLicense,
  type PlanWarning,
} from './plan.ts'
export * from './plan-failure.ts'
export type { AppliedChange, ApplyProgress, ApplyWait, ImplicitSeat, PlanResult } from './plan-result.ts'
export type { ProtectedSeat } from './protected-seat.ts'
export type { ReadOptions, StateProgress } from './provider-state.ts'
export { hasExpired, readPlan } from './read-plan.ts'
export { applyUndo, createUndo, isLostForGood, type Undo } from './undo-plan.ts'

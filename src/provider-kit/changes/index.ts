export type { ChangeAdapter, Holdings, HoldingsReading, Reply, RequestShape, Sent } from './change-adapter.ts'
export { rejected } from './change-outcome.ts'
export { createChangeAssignments } from './create-change-assignments.ts'
export { changesByUser, isAlreadySo, isAmong, isDone, type KeyOfId, type UserChanges } from './user-changes.ts'

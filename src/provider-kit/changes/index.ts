export type { ChangeAdapter, Holdings, HoldingsReading, Reply, RequestShape, Sent } from './change-adapter.ts'
export { rejected } from './change-outcome.ts'
export { createChangeAssignments } from './create-change-assignments.ts'
export { mayHaveTakenEffect } from './may-have-taken-effect.ts'
export { type Remark, reviewUserByUser, type UserAfterwards } from './review-user-by-user.ts'
export {
  changesByUser,
  internalHoldings,
  isAlreadySo,
  isAmong,
  isDone,
  type KeyOfId,
  type UserChanges,
} from './user-changes.ts'
export { type WatchedAttempts, watchAttempts } from './watch-attempts.ts'

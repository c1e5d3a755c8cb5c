export type {
  ChangePart,
  Holdings,
  HoldingsReading,
  Reply,
  RequestShape,
  Sent,
  VendorChanges,
} from './change-adapter.ts'
export { mayHaveTakenEffect } from './may-have-taken-effect.ts'
export { readOneByOne } from './read-one-by-one.ts'
export { type Remark, reviewUserByUser, type UserAfterwards } from './review-user-by-user.ts'
export { internalHoldings, isDone, type KeyOfId } from './user-changes.ts'
export { type Answered, sending } from './watch-attempts.ts'

export type {
  Answered,
  ChangePart,
  Holdings,
  HoldingsReading,
  Reply,
  RequestShape,
  VendorChanges,
} from './change-adapter.ts'
export { readOneByOne } from './read-one-by-one.ts'
export { type Remark, reviewUserByUser, type UserAfterwards } from './review-user-by-user.ts'
export { internalHoldings, isDone, type KeyOfId } from './user-changes.ts'

/** What was bought, billed and used, as contracts, bills, files and sign-ins tell it. */
export { type Activity, activityOf, lastActiveOf } from '../model/activity.ts'
export { Purchase } from '../model/codecs.ts'
export {
  type BillingPeriod,
  type ContractPrice,
  noticeDayOf,
  type Origin,
  seatsTold,
  type Term,
} from '../model/purchase.ts'
export { joinPurchases } from './join-purchases.ts'

/** What was bought and billed, joined with licenses, and activity by source. */
export { joinPurchases } from '../contract/join-purchases.ts'
export { type Activity, lastActiveOf } from '../model/activity.ts'
export { Purchase } from '../model/codecs.ts'
export { type BillingPeriod, type ContractPrice, type Origin, seatsTold, type Term } from '../model/purchase.ts'

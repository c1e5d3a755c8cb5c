export { type Activity, activityOf, lastActiveOf } from './activity.ts'
export * from './codec.ts'
export { Capacity, Count, Ledger, License, LicensedUser, LicenseError, Purchase, Workspace } from './codecs.ts'
export {
  type KnownCount,
  known,
  type NotApplicable,
  notApplicable,
  type UnknownCount,
  type Unlimited,
  unknown,
  unlimited,
} from './count.ts'
export { type Gap, gapLines, isWhole, type ListVerdict } from './ledger.ts'
export type { LicenseHolders, LicenseMetric, OverriddenValue } from './license.ts'
export * from './license-error.ts'
export * from './license-exception.ts'
export type { AssignedBy, Holder, Seat, UserKind, UserStatus, WorkspaceHolder } from './licensed-user.ts'
export { isProviderId, providerIdOf } from './provider-id.ts'
export { type BillingPeriod, type ContractPrice, type Origin, seatsTold, type Term } from './purchase.ts'
export type { TaggedFailure } from './tagged-failure.ts'
export type { Given } from './with-defaults.ts'

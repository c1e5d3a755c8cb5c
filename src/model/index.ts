export * from './codec.ts'
export { Capacity, Count, Ledger, License, LicensedUser, LicenseError, Workspace } from './codecs.ts'
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
export { type Gap, gapLines, isWhole, type ListVerdict, leavesComplete } from './ledger.ts'
export {
  type LicenseHolders,
  type LicenseMetric,
  type LicenseService,
  licenseServices,
  type OverriddenValue,
} from './license.ts'
export * from './license-error.ts'
export * from './license-exception.ts'
export type { AssignedBy, Holder, Seat, UserKind, UserStatus, WorkspaceHolder } from './licensed-user.ts'
export { isProviderId, providerIdOf } from './provider-id.ts'
export type { TaggedFailure } from './tagged-failure.ts'
export type { Given } from './with-defaults.ts'

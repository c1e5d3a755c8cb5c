export * from './assignment-change.ts'
export { boundedProvider } from './bounded-provider.ts'
export {
  allSupported,
  type Capabilities,
  conditional,
  everythingSupported,
  type LicenseField,
  type NotStated,
  type Operation,
  type Stated,
  type Support,
  supported,
  supportOf,
  type UserField,
  unsupported,
  type WorkspaceField,
} from './capabilities.ts'
export type { DeclaredLicense, DeclaredLicenses } from './declared-license.ts'
export * from './declared-licenses.ts'
export { providerWith } from './delegate.ts'
export { ActivityFact, Facts, LicenseFact } from './facts.ts'
export * from './find-users.ts'
export { handingOn } from './handed-on.ts'
export * from './license-provider.ts'
export * from './list-holders.ts'
export { declarationsById } from './match-declarations.ts'
export { PlanHistory, type SeatChange } from './plan-history.ts'
export {
  contradictionsInPrices,
  type Price,
  type PriceContradiction,
  type PriceRule,
  priceRules,
  requiredOfPrice,
} from './price.ts'
export type * from './provider-diagnosis.ts'
export * from './to-promise.ts'
export type { UserLookup } from './user-lookup.ts'
export * from './with-facts.ts'

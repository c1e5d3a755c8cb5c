/** Genesys Cloud: a license provider, and the vendor's License API as it is. */
export * from '../../src/provider-kit/for-callers.ts'
export { createGenesysCredentials } from './access.ts'
export type {
  BillingContract,
  BillingContractEntry,
  BillingPeriod,
  Organization,
  TrusteeBillingOverview,
} from './billing/codecs.ts'
export {
  type Answer,
  type CursorPage,
  createGenesysClient,
  type GenesysClient,
  type LicenseUsers,
  type Listing,
  type PageAskQuery,
  type PageNumberQuery,
  type UserAggregateQuery,
  type UserExpansion,
  type UserField,
} from './client.ts'
export type {
  LicenseDefinition,
  LicensedUserId,
  LicenseOrganization,
  LicenseOrgToggle,
  LicenseUpdateStatus,
  User,
  UserAggregate,
  UserLicenses,
} from './codecs.ts'
export type { GenesysBilling, GenesysConfig, GenesysCredentials, GenesysPlace } from './config.ts'
export { createGenesysProvider } from './provider.ts'
export type { LicenseAssignmentRequest, LicenseUpdates } from './update-licenses.ts'

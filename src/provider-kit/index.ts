// biome-ignore-all assist/source/organizeImports: in the order in which an author of a provider meets them.
/**
 * What providers are made of. A provider imports this and nothing else of the core, in this package or in another one: the
 * contract and its terms by name, and the parts of the kit as namespaces.
 */
// The contract and its terms.
export * from '../contract/assignment-change.ts'
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
} from '../contract/capabilities.ts'
export * from '../contract/find-users.ts'
export * from '../contract/license-provider.ts'
export { listHolders } from '../contract/list-holders.ts'
export type * from '../contract/provider-diagnosis.ts'
export { toPromise } from '../contract/to-promise.ts'
export type { UserLookup } from '../contract/user-lookup.ts'
export * from '../model/codec.ts'
export { Capacity, Count, Ledger, License, LicensedUser, LicenseError, Workspace } from '../model/codecs.ts'
export {
  type KnownCount,
  known,
  type NotApplicable,
  notApplicable,
  type UnknownCount,
  type Unlimited,
  unknown,
  unlimited,
} from '../model/count.ts'
export { type Gap, isWhole, type ListVerdict } from '../model/ledger.ts'
export type { LicenseHolders, LicenseMetric, LicenseService, OverriddenValue } from '../model/license.ts'
export type {
  Aborted,
  AuthenticationFailed,
  Conflict,
  DeadlineExceeded,
  Incomplete,
  InvalidResponse,
  LicenseErrorDetails,
  NotFound,
  PermissionDenied,
  RateLimited,
  RequestRejected,
  Unavailable,
  Unsupported,
  Untrusted,
} from '../model/license-error.ts'
export * from '../model/license-exception.ts'
export type { AssignedBy, Holder, Seat, UserKind, UserStatus, WorkspaceHolder } from '../model/licensed-user.ts'
export { isProviderId, providerIdOf } from '../model/provider-id.ts'
export type { TaggedFailure } from '../model/tagged-failure.ts'
export { type Page, type Paged, type PageRequest, type RequestOptions, toReadonlyArray } from '../paging/index.ts'
// createProvider makes the provider of a vendor: what is the same with every vendor is done here.
export { createProvider, type UserSearch, type VendorProvider } from './create-provider.ts'
// defineProvider describes it for the command line: settings, how to make it, how to start its simulator.
export * from './provider-definition.ts'
// The organizations that a credential reaches, for vendors that list them.
export {
  type FoundOrganization,
  type FoundOrganizations,
  findOrganization,
  findOrganizations,
  organizationProviderId,
  unreadableProvider,
} from './organizations.ts'
export { createOrganizationSource, type ToldOrganization, type VendorOrganizations } from './organization-source.ts'
// How a person signs in at a vendor, for definitions that offer it.
export type { SignIn, SignInRequest } from './sign-in.ts'
// What credentials must be allowed to do, and what was found of that.
export type { Diagnosis, DiagnosticRead, Identified, Need } from './diagnosis/diagnosis.ts'
export { type DiagnosedProvider, type DiagnoseOptions, diagnoseProviders } from './diagnosis/diagnose-providers.ts'
// readProviderDefinition checks one that comes from another package.
export { type DefinitionFlaw, readProviderDefinition } from './read-definition.ts'
// Forecasts say what a provider will ask of its vendor, before it does.
export * as Forecasts from './forecasts.ts'
// tallyRequests counts what providers do, by their events.
export {
  type OperationTally,
  type RequestTallies,
  type RequestTally,
  tallyRequests,
} from './transport/request-tally.ts'
// The fields of a configuration.
export * as Fields from './fields.ts'
// Requests: access to an API, tokens, and the transport that waits and repeats.
export * as Http from './http.ts'
// Decoding of a vendor's answers: what cannot be decoded becomes a gap.
export * as Answers from './answers.ts'
// Lists that are walked page by page.
export * as Lists from './lists.ts'
// Looking up users by reference.
export * as Lookups from './lookups.ts'
// The one engine that assigns and removes licenses, and its adapters.
export * as Changes from './changes/index.ts'
// What was bought and billed, joined with licenses, and activity by source.
export * as Purchases from './purchases.ts'
// Comparing and counting what vendors send.
export * as Values from './values.ts'
// The bounds of a call.
export * as Calls from './calls.ts'
// What callers need to make a provider. A provider exports it too.
export * from './for-callers.ts'

// biome-ignore-all assist/source/organizeImports: in the order in which an author of a provider meets them.
/**
 * What providers are made of. A provider imports this and nothing else of the core, in this package or in another one: the
 * contract and its terms by name, and the parts of the kit as namespaces.
 */
// The contract and its terms, as callers have them.
export * from '../contract/index.ts'
export * from '../model/index.ts'
export {
  type Page,
  type Paged,
  type PageRequest,
  type ReadList,
  type RequestOptions,
  reduce,
  toReadonlyArray,
} from '../paging/index.ts'
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
export * as Purchases from '../contract/purchases.ts'
// Comparing and counting what vendors send.
export * as Values from './values.ts'
// The bounds of a call.
export * as Calls from './calls.ts'
// What callers need to make a provider. A provider exports it too.
export * from './for-callers.ts'

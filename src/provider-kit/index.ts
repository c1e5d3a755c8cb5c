/**
 * What a provider is made of. A provider imports this and nothing else of the core, whether it lives in this package or in
 * another: the contract and its vocabulary by name, and what it is built of in parts.
 */
export * from '../contract/index.ts'
export * from '../model/index.ts'
export {
  type Clock,
  type Page,
  type Paged,
  type PageRequest,
  type ReadList,
  type RequestOptions,
  type RequestScope,
  reduce,
  toReadonlyArray,
} from '../paging/index.ts'
// What a vendor answers, decoded: nothing that cannot be read vanishes.
export * as Answers from './answers.ts'
// One call of a caller, with its bounds.
export * as Calls from './calls.ts'
// The one engine that gives and takes seats, and what an adapter tells it.
export * as Changes from './changes/index.ts'
// Records of an answer, as the functions of a vendor's client give them.
export type { DecodedRecords } from './decode.ts'
// The fields of a configuration.
export * as Fields from './fields.ts'
// Requests: credentials, budgets, and the transport that waits and repeats.
export * as Http from './http.ts'
// Lists that are walked page by page.
export * as Lists from './lists.ts'
// Users by reference.
export * as Lookups from './lookups.ts'
// The description of a provider to a command line: settings, how to make it, how to start its simulator.
export * from './provider-definition.ts'
// What people and programs hand to a provider when they make it.
export type { AccessToken, AccessTokenSource, Credentials } from './transport/credentials.ts'
export { createRequestBudget, type RequestBudget } from './transport/request-budget.ts'
export type { RetryPolicy } from './transport/retry-policy.ts'
export type { ProviderRuntime, TransportEvent } from './transport/runtime.ts'
export type { SecretBook } from './transport/secret-book.ts'
// What vendors write, as it is compared, counted and told.
export * as Values from './values.ts'

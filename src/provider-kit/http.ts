/** Requests to a vendor: access to an API, credentials, rate budgets, tokens that are kept. */

export { maskSensitive } from '../model/mask.ts'
export {
  type ApiAccess,
  type ApiAccessOptions,
  type ApiRequest,
  type ConnectionOptions,
  type LoginOptions,
  openApi,
  openCredentials,
  type PlaceOptions,
} from './api-access.ts'
export { pathSegment, type Query, urlOf } from './json-api.ts'
export { describeStoreFailure } from './token-store.ts'
export type { AccessToken, AccessTokenSource, Credentials } from './transport/credentials.ts'
export type { HttpRequest, HttpResponse } from './transport/http-message.ts'
export {
  type BudgetOptions,
  createRequestBudget,
  type RateReading,
  type RequestBudget,
} from './transport/request-budget.ts'
export type { RetryPolicy } from './transport/retry-policy.ts'
export type { ProviderRuntime, TransportEvent } from './transport/runtime.ts'
export type { SecretBook } from './transport/secret-book.ts'

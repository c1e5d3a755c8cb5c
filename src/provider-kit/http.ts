/** Requests to a vendor: addresses, credentials, rate budgets, and the transport that waits and repeats. */

export { maskSensitive } from '../model/mask.ts'
export { pathSegment, type Query, urlOf } from './json-api.ts'
export { describeStoreFailure, type TokenStore, TokenStoreFailure } from './token-store.ts'
export {
  type ApiAccess,
  type ApiAccessOptions,
  type LoginOptions,
  openApi,
  openLogin,
  type PlaceOptions,
} from './transport/api-access.ts'
export { createTransport, type Transport, type TransportOptions } from './transport/create-transport.ts'
export {
  type AccessToken,
  type AccessTokenSource,
  type Credentials,
  fixedCredentials,
  givenCredentials,
  type MintedCredentialsOptions,
  mintedCredentials,
  sourcedCredentials,
} from './transport/credentials.ts'
export type { HttpRequest, HttpResponse } from './transport/http-message.ts'
export {
  type BudgetOptions,
  createRequestBudget,
  type Hold,
  type RateReading,
  type RequestBudget,
} from './transport/request-budget.ts'
export { defaultRetryPolicy, type RetryPolicy } from './transport/retry-policy.ts'
export type { ProviderRuntime, TransportEvent } from './transport/runtime.ts'
export { createSecretBook, type SecretBook } from './transport/secret-book.ts'
export { addressProblem } from './transport/trusted-url.ts'

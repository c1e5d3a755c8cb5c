/**
 * What callers need to make a provider, whatever the vendor: the parts of its configuration and of its runtime. Every provider
 * exports all of it beside its own.
 */

export type { Given } from '../model/with-defaults.ts'
export type { Clock } from '../paging/clock.ts'
export type { ListProgress, PageEvent } from '../paging/list-events.ts'
export type { RequestScope } from '../paging/request-scope.ts'
export type { DecodedRecords } from './decode.ts'
export type { ListedOrganization, OrganizationSource } from './organizations.ts'
export type { ProviderConfig, TokenConfig } from './provider-config.ts'
export type { TokenStore } from './token-store.ts'
export type { AccessToken, Credentials } from './transport/credentials.ts'
export type { AttemptEvent, AttemptFailure, ProgressEvent, TransportEvent, WaitEvent } from './transport/events.ts'
export type { Fetch, FetchAnswer, FetchedBody, FetchInit } from './transport/fetch.ts'
export type { AnswerKeeper, KeptAnswer, ReadingRequest } from './transport/kept-answers.ts'
export {
  type BudgetOptions,
  createRequestBudget,
  type Hold,
  type Pace,
  type RateReading,
  type RemainingRate,
  type RequestBudget,
  type Turn,
} from './transport/request-budget.ts'
export type { RetryPolicy } from './transport/retry-policy.ts'
export type { ProviderRuntime } from './transport/runtime.ts'
export type { SecretBook } from './transport/secret-book.ts'
export type { AccessTokenFailure, AccessTokenRequest, AccessTokenSource } from './transport/token-source.ts'

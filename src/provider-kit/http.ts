/**
 * Requests to a vendor: access to an API, and tokens that are kept. What callers give too (credentials, budgets, retries) is in
 * the kit by name.
 */

export { maskSensitive } from '../model/mask.ts'
export { thrownText } from '../model/thrown-text.ts'
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
export { type ClientLogin, clientLogin } from './client-login.ts'
export { type CodeSignIn, codeSignIn } from './code-sign-in.ts'
export { pathSegment, type Query, urlOf } from './json-api.ts'
export { keptLogin } from './kept-login.ts'
export type { KeptClient } from './kept-tokens.ts'
export { createProviderEvents, type ProviderEvents } from './transport/events.ts'
export type { HttpHead, HttpRequest, HttpResponse } from './transport/http-message.ts'
export type { SharedRuntime } from './transport/runtime.ts'
export { basicToken, inHeader, type TokenCarrier } from './transport/token-carrier.ts'

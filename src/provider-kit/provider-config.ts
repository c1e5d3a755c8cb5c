import type { Given } from '../model/with-defaults.ts'
import type { RetryPolicy } from './transport/retry-policy.ts'
import type { AccessTokenSource } from './transport/token-source.ts'

/** What every provider can be configured with. */
export interface ProviderConfig {
  /** A lower-case slug, unique in a run. Default: the vendor's name as a slug, such as `webex`. */
  readonly id?: string | undefined
  /** For people. Default: the vendor's name. */
  readonly displayName?: string | undefined
  /** When and how often requests are repeated. Default: see `RetryPolicy`. */
  readonly retry?: Given<RetryPolicy> | undefined
}

/** A configuration whose tokens the caller gets: from a vault, or from a sign-in of its own. */
export interface TokenConfig {
  /** A token, or a function that gets tokens. */
  readonly accessToken: string | AccessTokenSource
}

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { RequestOptions } from '../paging/request.ts'

/**
 * One sign-in of a person in a browser, by the authorization code flow (RFC 6749, 4.1) with PKCE (RFC 7636). The host makes
 * the texts at random, anew for each sign-in.
 */
export interface SignInRequest {
  /** Where the vendor sends the person back: one of the addresses that it knows for this client. */
  readonly redirectUri: string
  /** Comes back with the code, so that the host knows its own sign-in again. */
  readonly state: string
  /** The secret behind `codeChallenge`: 43 to 128 letters, digits, `-`, `.`, `_` or `~`. */
  readonly codeVerifier: string
  /** Its SHA-256, in base64url. */
  readonly codeChallenge: string
  /** What the tokens may be used for, by the vendor's names. */
  readonly scopes: readonly string[]
}

/** How a person signs in at a vendor, so that the provider has tokens of that person from then on. */
export interface SignIn {
  /** The scopes that reading needs, as the provider is configured. */
  readonly scopes: readonly string[]
  /** The scopes that changes need besides. */
  readonly scopesOfChanges: readonly string[]
  /** Where the person allows it. */
  readonly addressOf: (request: SignInRequest) => URL
  /** Exchanges the code that came back for tokens, and keeps them in the token store of the provider. */
  readonly redeem: (code: string, request: SignInRequest, options?: RequestOptions) => TaskEither<LicenseError, void>
}

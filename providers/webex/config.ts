import type { ProviderConfig, TokenConfig } from '../../src/provider-kit/index.ts'

/** The tokens of an integration or a service app, as they are now. */
export interface WebexTokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** Milliseconds since the epoch, where the vendor said how long the access token lives. */
  readonly expiresAt?: number | undefined
}

/** Keeps the tokens that the vendor rotates from one run to the next. */
export interface WebexTokenKeeper {
  readonly load: () => Promise<WebexTokens | undefined>
  /**
   * Rejects where `save` would, and otherwise keeps room for it: called before a refresh token is spent, so that its
   * successor is not lost. Default: nothing is checked.
   */
  readonly ready?: (() => Promise<void>) | undefined
  /** Gives back what `ready` keeps: called where no `save` follows. Default: there is nothing to give back. */
  readonly release?: (() => Promise<void>) | undefined
  /** Called with new tokens before they are used; they are lost if it fails, so a failure ends the call. */
  readonly save: (tokens: WebexTokens) => Promise<void>
}

/** An access token, or what a new one is obtained with. */
export type WebexCredentials =
  | TokenConfig
  | {
      /** Of the integration or the service app. */
      readonly clientId: string
      readonly clientSecret: string
      /** Where no kept token is newer. */
      readonly refreshToken: string
      /** Default: nothing is kept, and the next run starts with `refreshToken` again. */
      readonly tokens?: WebexTokenKeeper | undefined
    }

/**
 * Where the users come from. `licenses`: the holders of every license, one request for 300 of them; the only route that
 * names external holders. `people`: the list of all people of the organization, 1,000 a request; also names people
 * without a license.
 */
export type WebexUserSource = 'licenses' | 'people'

/** One organization of Cisco Webex: credentials, and how it is read. `id`: default `webex`. `displayName`: default `Webex`. */
export type WebexConfig = ProviderConfig &
  WebexCredentials & {
    /** A managed organization, for partners. Default: the organization of the token. */
    readonly orgId?: string | undefined
    /** Default: `https://webexapis.com/v1`. FedRAMP: `https://api-usgov.webex.com/v1`. */
    readonly apiUrl?: string | undefined
    /** Default: `licenses`. */
    readonly userSource?: WebexUserSource | undefined
    /** Rows per page. Default and maximum: 300 holders of a license, 1,000 people. */
    readonly pageSize?: number | undefined
  }

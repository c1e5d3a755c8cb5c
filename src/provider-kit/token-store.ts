/**
 * Keeps the tokens that a vendor rotates, so that the next run has them. It keeps one text; what the text means is up to the
 * provider. `createFileTokenStore` of `seatlens/node` is one in a file.
 *
 * If one of its functions rejects, the call that needs the tokens fails. The message is shown only if the store rejects with
 * a `LicenseException`: any other may have a token in it.
 */
export interface TokenStore {
  /** The place of the store, for messages. Default: `the token store`. */
  readonly place?: string | undefined
  /** How a person signs in anew, for messages: `seatlens login webex`. Default: they do not say how. */
  readonly signIn?: string | undefined
  /** The text that was written last; undefined where there is none. */
  readonly read: () => Promise<string | undefined>
  /** Resolves once the text is durable. Called with new tokens before they are used. */
  readonly write: (text: string) => Promise<void>
  /**
   * Rejects where `write` would; otherwise reserves room for it. Called before a token is used up, so that its successor is
   * not lost. Default: nothing is checked.
   */
  readonly ready?: (() => Promise<void>) | undefined
  /** Frees what `ready` reserved. Called where no `write` follows. Default: nothing is reserved. */
  readonly release?: (() => Promise<void>) | undefined
  /**
   * Runs a renewal while no other one runs, in any process that shares the store: for tokens that can be used once. Within it
   * the tokens are read again, as another renewal may have just ended. Calls the renewal once, and resolves to its result.
   * Default: two processes may renew at once, and the vendor may refuse one of them.
   */
  readonly alone?: (<A>(renewal: () => Promise<A>) => Promise<A>) | undefined
}

/** The end of a message that asks a person to sign in. */
export const signInText = (store: TokenStore | undefined): string =>
  store?.signIn === undefined ? '' : `: ${store.signIn}`

/** The message for an error of a token store. Only the text of a `LicenseException` is shown: others may have a token in it. */
export const describeStoreFailure = (what: string, thrown: unknown): string =>
  thrown instanceof Error && thrown.name === 'LicenseException' ? `${what}: ${thrown.message}` : what

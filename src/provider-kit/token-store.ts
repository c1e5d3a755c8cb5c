/** Keeps the tokens that a vendor rotates, so that the next run has them. */
export interface TokenStore {
  /** The place of the store, for messages. */
  readonly place: string
  /** Rejects where `write` would; otherwise reserves room for it. Called before a token is used up. */
  readonly ready: () => Promise<void>
  /** Frees what `ready` reserved. Called where no `write` follows. Default: nothing is reserved. */
  readonly release?: (() => Promise<void>) | undefined
  /** The text that was written last; undefined where there is none. */
  readonly read: () => Promise<string | undefined>
  /** Resolves once the text is durable. */
  readonly write: (text: string) => Promise<void>
}

/** Why tokens cannot be kept or read. Stores that throw it guarantee that its message is safe to show. */
export class TokenStoreFailure extends Error {
  override readonly name = 'TokenStoreFailure'
  readonly _tag = 'TokenStoreFailure'
}

/** The message for an error of a token store. Only the text of a `TokenStoreFailure` is shown: others may have a token in it. */
export const describeStoreFailure = (what: string, thrown: unknown): string =>
  thrown instanceof Error && thrown.name === 'TokenStoreFailure' ? `${what}: ${thrown.message}` : what

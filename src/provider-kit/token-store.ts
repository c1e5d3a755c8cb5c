/** Keeps the tokens that a vendor rotates, so that the next run has them. */
export interface TokenStore {
  /** Where it is, for messages. */
  readonly place: string
  /** Rejects where `write` would, and otherwise keeps room for what it will write. Called before a token is spent. */
  readonly ready: () => Promise<void>
  /** Gives back what `ready` keeps: called where no `write` follows. Default: there is nothing to give back. */
  readonly release?: (() => Promise<void>) | undefined
  /** The text kept last, or undefined where there is none. */
  readonly read: () => Promise<string | undefined>
  /** Resolves when the text is safely kept. */
  readonly write: (text: string) => Promise<void>
}

/** Why tokens cannot be kept or read, in words that are fit to be shown: whoever throws it vouches for that. */
export class TokenStoreFailure extends Error {
  override readonly name = 'TokenStoreFailure'
}

/** What to say of an error that keeping or reading tokens threw: of one that nobody vouches for nothing, as it may hold a token. */
export const describeStoreFailure = (what: string, thrown: unknown): string =>
  thrown instanceof Error && thrown.name === 'TokenStoreFailure' ? `${what}: ${thrown.message}` : what

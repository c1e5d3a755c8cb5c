/** What a `fetch` is called with beside the address. */
export interface FetchInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** `null`: none. */
  readonly body: string | null
  /** Redirects are not followed: credentials go to the configured origins only. */
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** What is read of a body, piece by piece. */
export interface FetchedBody {
  readonly getReader: () => {
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    readonly cancel: () => Promise<void>
  }
}

/** What is used of an answer. */
export interface FetchAnswer {
  readonly status: number
  /** `cors` where a browser shows an answer of another origin, some headers of which it hides. */
  readonly type: string
  readonly headers: {
    readonly get: (name: string) => string | null
    /** Visits all of them. Absent: answers of this implementation cannot be kept (see `AnswerKeeper`). */
    readonly forEach?: ((visit: (value: string, name: string) => void) => void) | undefined
  }
  readonly body: FetchedBody | null
}

/**
 * The way to the network, as a host gives it. It is called with an address and options, never with a `Request`. The global
 * `fetch` is one, and so is that of the package `undici`, with its dispatchers for proxies.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>

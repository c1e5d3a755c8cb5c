/** Which requests a fault is for. What is absent fits every request. */
export interface RequestPattern {
  readonly method?: string | undefined
  /** `/v1/licenses/:id`: `:name` stands for any segment, `*` at the end for any rest. */
  readonly path?: string | undefined
  /** Query parameters that the request must have, with these values. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** How many fitting requests to let pass first. Default: 0. */
  readonly skip?: number | undefined
  /** How many fitting requests to strike after that. Default: all. */
  readonly times?: number | undefined
}

/** What a fault does to an answer. */
export type WireEffect =
  /**
   * Another answer in place of the real one. The request is carried out only where `carriedOut` is true. Default: false. A
   * body that is not text is sent as JSON.
   */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>> | undefined
      readonly body?: unknown
      readonly carriedOut?: boolean | undefined
    }
  /** The answer comes later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer, and the connection stays open. */
  | { readonly kind: 'hang' }
  /** No answer, and the connection is reset. The request is carried out only where `carriedOut` is true. Default: false. */
  | { readonly kind: 'reset'; readonly carriedOut?: boolean | undefined }
  /** Half of the body, as if it were all of it. */
  | { readonly kind: 'truncate' }
  /** Called when the answer is made, and gives it back as it is. */
  | { readonly kind: 'rewrite'; readonly rewrite: <A>(answer: A) => A }

/**
 * One thing that goes wrong between a vendor and a provider, as plain data. A request is struck by the first fault that
 * fits it. It is a fault of `seatlens/simulator-kit` too; a simulator of another make has to do what it says.
 */
export interface WireFault {
  readonly match?: RequestPattern | undefined
  readonly effect: WireEffect
}

import type { Answer } from './answer.ts'
import type { Repetition } from './script.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** Which requests a fault is for. What is absent fits every request. */
export interface FaultMatch extends Repetition {
  readonly method?: string | undefined
  /** A path pattern as in routes: `/v1/licenses/:id`, `/api/v2/*`. */
  readonly path?: string | undefined
  /** Query parameters that the request must have, with these values. */
  readonly query?: Readonly<Record<string, string>> | undefined
}

/** What a fault does to an answer. */
export type FaultEffect =
  /**
   * Another answer in place of the real one. A body that is not text is sent as JSON. The request is carried out only
   * where `carriedOut` is true: then it has had its effect, and only its answer is another. Default false.
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
  /** No answer, and the connection stays open. `carriedOut` as for `status`. */
  | { readonly kind: 'hang'; readonly carriedOut?: boolean | undefined }
  /** The connection is reset before the answer. `carriedOut` as for `status`. */
  | { readonly kind: 'reset'; readonly carriedOut?: boolean | undefined }
  /** The connection ends in mid-body: half of it comes, although its whole length was promised. */
  | { readonly kind: 'cut' }
  /** Half of the body, as if it were all of it: sound HTTP, broken JSON. */
  | { readonly kind: 'truncate' }
  /** The whole body, a few bytes at a time. Default 64 bytes every 5 ms. */
  | { readonly kind: 'trickle'; readonly chunkBytes?: number | undefined; readonly everyMs?: number | undefined }
  /** The body compressed, whatever the client accepts. */
  | { readonly kind: 'gzip' }
  /** Another answer made from the real one. */
  | { readonly kind: 'rewrite'; readonly rewrite: (answer: Answer, request: SimulatedRequest) => Answer }

/**
 * One thing that goes wrong, as data. A request is struck by the first fault that fits it and still has times left, and
 * by no other; several effects of one fault act together, each on what the one before it made.
 */
export interface Fault {
  readonly match?: FaultMatch | undefined
  readonly effect: FaultEffect | readonly FaultEffect[]
}

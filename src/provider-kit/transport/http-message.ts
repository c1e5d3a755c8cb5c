import type { Either } from 'fp-ts/lib/Either.js'

/** One request of a client, before it is signed. */
export interface HttpRequest {
  /** For errors and hooks: method and path template, `GET /v1/licenses/{licenseId}`. Never a value from the data. */
  readonly operation: string
  /** `repeatable`, and not the method, decides whether a request is repeated. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  /** Sent as JSON. A `bigint` in it is sent as a number with all of its digits. */
  readonly json?: unknown
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>> | undefined
  /** In addition to those that every request has. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * It may be repeated after a failure without harm. By HTTP's definition (RFC 9110, 9.2.2) that is so for GET, PUT and
   * DELETE, if the vendor keeps to it, and not for POST and PATCH. Where the vendor says that nothing was done, as with a
   * 429, every request is repeated.
   */
  readonly repeatable: boolean
  /**
   * The caller can ask for less instead. Where a failure is a reason to do so (see `asksForLess`), the request is repeated
   * only once. Default: false.
   */
  readonly divisible?: boolean | undefined
  /**
   * Numbers of the answer that a JavaScript number cannot hold come as texts, with the vendor's digits: 72057594037927936 is
   * `'72057594037927936'`. For ids and options that are large numbers: decode them with `t.union([t.number, t.string])`, keep
   * them as text, and send them with `BigInt(text)`. Default: false.
   */
  readonly exactNumbers?: boolean | undefined
  /** An answer without a body is complete, as for requests that change something. Default: false: such an answer was cut off. */
  readonly bodyOptional?: boolean | undefined
  /**
   * Called when an answer of success has come, before its body is parsed; not where answers are kept for another run. The request
   * may be repeated all the same, where the body is not whole. What it throws is ignored.
   */
  readonly onHead?: ((head: HttpHead) => void) | undefined
  /** Called with an answer of success before its place is given back, for one who keeps it: no more may be lost than what is under way. */
  readonly keep?: ((response: HttpResponse) => Promise<void>) | undefined
  /** Data that messages must not have, should the vendor repeat it in an error. Secrets of the provider are always masked. */
  readonly secrets?: readonly string[] | undefined
  /**
   * Permissions or scopes, of which the vendor's documentation requires one. `PermissionDenied` names them where the vendor's
   * refusal does not name any. Default: none. Only for operations that need none, or whose refusals always name them: the
   * conformance suite fails where a permission is missing and is not named.
   */
  readonly needs?: readonly string[] | undefined
}

/** What comes before the body of an answer. */
export interface HttpHead {
  readonly status: number
  /** The host of the request, for messages. */
  readonly host: string
  readonly header: (name: string) => string | undefined
  /** All headers. Absent: the host's `fetch` does not list them. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined
  /**
   * The answer came from another origin to a browser, which hides headers that the vendor does not expose: an absent one may
   * have been sent. Default: false.
   */
  readonly hidesHeaders?: boolean | undefined
}

/** The answer to a request, with its body read and parsed. */
export interface HttpResponse extends HttpHead {
  /** The parsed JSON, or why the body is not JSON. */
  readonly body: Either<string, unknown>
  /** What the body is. `page`: HTML or XML, which no API of a vendor sends. */
  readonly content: 'json' | 'none' | 'page' | 'other'
}

/** An answer that has come as a whole, and is parsed when it is first asked for. */
export interface UnparsedResponse extends HttpHead {
  readonly parsed: () => HttpResponse
}

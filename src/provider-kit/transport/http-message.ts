import type { Either } from 'fp-ts/lib/Either.js'

export interface HttpRequest {
  /** For errors and hooks: method and path template, `GET /v1/licenses/{licenseId}`. Never a value from the data. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: URL
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** A repeat does no harm, so that a failure may be answered with one. */
  readonly repeatable: boolean
  /**
   * The caller can ask for less in its place: where that is what a failure asks for (see `asksForLess`), the request is
   * repeated once and then given up. Default: false.
   */
  readonly divisible?: boolean | undefined
  /** An answer without a body is one too: it changes something, and was accepted. Default: false, such an answer was cut. */
  readonly bodyOptional?: boolean | undefined
  /** What of its data must not be repeated, should the vendor echo it in an error. The secrets of the provider are not anyway. */
  readonly secrets?: readonly string[] | undefined
  /** The permissions or scopes any of which the vendor documents as needed; named where it refuses without naming them. */
  readonly needs?: readonly string[] | undefined
}

export interface HttpResponse {
  readonly status: number
  /** The host that was asked, for messages: where a web page came in place of an answer, requests to it were held up. */
  readonly host: string
  readonly header: (name: string) => string | undefined
  /**
   * The answer came from another origin to a browser, which shows only those headers that the vendor exposes: one that is
   * absent may have been sent. Default: false.
   */
  readonly hidesHeaders?: boolean
  /** The parsed JSON, or why it is none. */
  readonly body: Either<string, unknown>
  /** What the body is: JSON, nothing, an HTML or XML page, which no API of a vendor sends, or something else. */
  readonly content: 'json' | 'none' | 'page' | 'other'
}

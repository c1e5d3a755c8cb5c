import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Decoder } from '../model/decoder.ts'
import { decode } from '../model/decoder.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { RequestScope } from '../paging/request-scope.ts'
import { invalidResponse } from './decode.ts'
import type { Transport } from './transport/create-transport.ts'
import type { HttpRequest, HttpResponse } from './transport/http-message.ts'
import { describePage } from './transport/web-page.ts'

/** A query parameter that is `undefined` is not sent. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** Segments that encoding does not change and that lead elsewhere, and half characters, which cannot be encoded. */
const NO_SEGMENT = /^\.{0,2}$|\p{Cs}/u

/** An id as a segment of a path; undefined where it would lead elsewhere or cannot be encoded. */
export const pathSegment = (id: string): string | undefined =>
  NO_SEGMENT.test(id) ? undefined : encodeURIComponent(id)

/** Adds path and query to a base address, which may have a path. Path segments must be encoded. */
export const urlOf = (base: string, path: string, query: Query = {}): URL => {
  const url = new URL(`${base.replace(/(?<!\/)\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

/**
 * Decodes the body of an answer. A body that is not as the codec says is `InvalidResponse`, with the problems and without
 * values.
 */
export const readBody = <A>(
  provider: string,
  operation: string,
  codec: Decoder<A>,
  response: HttpResponse,
): E.Either<LicenseError, A> =>
  pipe(
    response.body,
    E.mapLeft((problem) => [problem]),
    E.flatMap((body) => decode(codec, body)),
    E.mapLeft((issues) => ({
      ...invalidResponse(provider, operation, issues, response.status),
      ...(response.content === 'page' ? { message: describePage(response.host) } : {}),
    })),
  )

/** Sends a request and decodes the body of its answer. */
export const callJson =
  (provider: string, transport: Transport) =>
  <A>(request: HttpRequest, codec: Decoder<A>, scope: RequestScope): TaskEither<LicenseError, A> =>
    pipe(
      transport(request, scope),
      TE.flatMapEither((response) => readBody(provider, request.operation, codec, response)),
    )

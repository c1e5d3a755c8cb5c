import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { parseExactly } from '../provider-kit/values.ts'

/** A request that reached a simulator, its body read in full. */
export interface SimulatedRequest {
  /** 1 for the first request that this simulator got. */
  readonly sequence: number
  readonly method: string
  /** As it was sent, still encoded, without the query. */
  readonly path: string
  /** The values of the route's `:names`, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly header: (name: string) => string | undefined
  readonly body: string
}

/** The body as JSON, or Left where it is none. Numbers that a JavaScript number cannot hold are texts, with all their digits. */
export const jsonBodyOf = (request: SimulatedRequest): Either<'not JSON', unknown> =>
  E.tryCatch(
    (): unknown => parseExactly(request.body),
    () => 'not JSON',
  )

/** The body as a form. */
export const formBodyOf = (request: SimulatedRequest): URLSearchParams => new URLSearchParams(request.body)

/** The media type of the body in lower case, without its parameters; empty where none is named. */
export const mediaTypeOf = (request: SimulatedRequest): string =>
  request.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''

/** The token of an `Authorization: Bearer` header. */
export const bearerTokenOf = (request: SimulatedRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]

import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../../model/license-error.ts'
import type { Clock } from '../../paging/clock.ts'
import { endOfScope } from '../../paging/scope-end.ts'
import type { Transport } from './create-transport.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'

/** A request that only reads, without the credentials that it is sent with. */
export interface ReadingRequest {
  /** The id of the provider instance. */
  readonly provider: string
  /** Method and path template. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** What it was asked with. */
  readonly json?: unknown
}

/** What the vendor answered to it. */
export interface KeptAnswer {
  readonly status: number
  /** By their names in lower case. Cookies are not among them. */
  readonly headers: Readonly<Record<string, string>>
  /** What is in JSON: text that `JSON.parse` has read. */
  readonly body: unknown
}

/**
 * Keeps the answers of one run, so that another one that asks the same has them. It hears of requests that read something,
 * and of no request for a token.
 */
export interface AnswerKeeper {
  /** An answer that is to be used in place of asking. Undefined: the vendor is asked. Must not reject. */
  readonly find: (request: ReadingRequest) => Promise<KeptAnswer | undefined>
  /** What came of asking; a failure is not to be kept. The answer is used when this has resolved. Must not reject. */
  readonly enter: (request: ReadingRequest, answer: E.Either<LicenseError, KeptAnswer | undefined>) => Promise<void>
}

/** They are of one exchange, or secret. */
const NOT_KEPT = new Set(['set-cookie', 'set-cookie2', 'authorization', 'proxy-authorization', 'authentication-info'])

/** A form may be a request for a token; a request that must not be repeated may change something. */
const readingOf = (provider: string, request: HttpRequest): ReadingRequest | undefined => {
  const { operation, method, url, json, form, repeatable } = request
  const reads = method === 'GET' || (method === 'POST' && json !== undefined && form === undefined)
  return reads && repeatable ? { provider, operation, method, url: url.href, json } : undefined
}

/** Undefined: it is not to be kept, or not known as a whole. */
const keptOf = ({ status, body, headers }: HttpResponse): KeptAnswer | undefined => {
  if (status < 200 || status > 299 || E.isLeft(body) || headers === undefined) return undefined
  const kept = Object.entries(headers()).filter(([name]) => !NOT_KEPT.has(name.toLowerCase()))
  return {
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), value])),
    body: body.right,
  }
}

const responseOf = ({ url }: HttpRequest, { status, headers, body }: KeptAnswer): HttpResponse => ({
  status,
  host: url.host,
  header: (name) => (Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined),
  headers: () => headers,
  body: E.right(body),
  content: 'json',
})

/** The same transport, which asks for nothing that is kept already: no place, no pace and no token is needed for that. */
export const withKeptAnswers = (
  provider: string,
  transport: Transport,
  { answers, clock }: { readonly answers: AnswerKeeper | undefined; readonly clock: Clock },
): Transport =>
  answers === undefined
    ? transport
    : (request, scope) => async () => {
        const reading = readingOf(provider, request)
        const isOver = endOfScope(scope, clock, { provider, operation: request.operation }) !== undefined
        if (reading === undefined) return transport(request, scope)()
        const kept = isOver ? undefined : await answers.find(reading)
        if (kept !== undefined) return E.right(responseOf(request, kept))
        let isKept = false
        const keep = async (response: HttpResponse): Promise<void> => {
          if (E.isLeft(response.body)) return
          isKept = true
          await answers.enter(reading, E.right(keptOf(response)))
        }
        const answer = await transport({ ...request, keep }, scope)()
        if (!isKept) await answers.enter(reading, E.map(keptOf)(answer))
        return answer
      }

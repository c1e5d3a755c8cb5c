import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import ky from 'ky'
import { parseExactly, writeExactly } from '../../model/exact-json.ts'
import type { BoundedSignal } from '../../paging/bounded-signal.ts'
import { unlessAborted } from '../../paging/when-aborted.ts'
import type { AttemptFailure } from './events.ts'
import type { Fetch, FetchAnswer } from './fetch.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { unreachable } from './unreachable.ts'
import { IS_A_PAGE } from './web-page.ts'

/** Why one attempt has no whole answer. */
export interface ExchangeFailure {
  readonly kind: AttemptFailure
  /** For people; never contains an address or anything that was sent. */
  readonly reason: string
}

/** What is known of an answer while it comes, also where it does not come to its end. */
export interface AnswerTrace {
  status?: number
  /** Of the body, so far. */
  bytes: number
}

class BodyTooLarge extends Error {}

/** The parts of a body, one after the other. */
const joined = (parts: readonly Uint8Array[], length: number): Uint8Array => {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  const bytes = new Uint8Array(length)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.byteLength
  }
  return bytes
}

/**
 * Read by hand: not every browser can iterate over a body. Decoded as a whole: in Node, decoding part by part takes several
 * times as long, and so does parsing what comes of it.
 */
const readText = async ({ body }: FetchAnswer, maxBytes: number, trace: AnswerTrace): Promise<string> => {
  if (body === null) return ''
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (value === undefined) continue
    trace.bytes += value.byteLength
    if (trace.bytes > maxBytes) {
      await reader.cancel()
      throw new BodyTooLarge()
    }
    parts.push(value)
  }
  return new TextDecoder().decode(joined(parts, trace.bytes))
}

const listedHeaders = ({ headers }: FetchAnswer): Pick<HttpResponse, 'headers'> => {
  if (headers.forEach === undefined) return {}
  return {
    headers: () => {
      const listed: Record<string, string> = {}
      headers.forEach?.((value, name) => {
        listed[name] = value
      })
      return listed
    },
  }
}

const parse = (
  text: string,
  contentType: string | null,
  { exactNumbers = false }: Pick<HttpRequest, 'exactNumbers'>,
): Pick<HttpResponse, 'body' | 'content'> => {
  if (!/\S/.test(text)) return { content: 'none', body: E.left('the body is empty') }
  try {
    return { content: 'json', body: E.right(exactNumbers ? parseExactly(text) : JSON.parse(text)) }
  } catch {
    const isPage = text.trimStart().startsWith('<') || /^text\/html\b/i.test(contentType ?? '')
    return isPage
      ? { content: 'page', body: E.left(IS_A_PAGE) }
      : { content: 'other', body: E.left('the body is not JSON') }
  }
}

/**
 * Sends what ky has made of a request, with an address and options and not with a `Request`: another implementation than the global
 * one, such as undici's with its proxies, takes no `Request` but its own, and its answer is no `Response` for ky.
 */
const fetchWith = async (fetch: Fetch, request: Request, signal: AbortSignal): Promise<FetchAnswer> => {
  const { url, method } = request
  const headers = Object.fromEntries(request.headers)
  const text = request.body === null ? '' : await request.text()
  return fetch(url, { method, headers, redirect: 'manual', signal, body: text === '' ? null : text })
}

/**
 * One attempt at one request. Only this function uses the network, and only it knows ky. The transport decides whether to
 * wait and repeat: ky would wait for an invalid or an hour-long `Retry-After`.
 */
export const exchange = async (
  request: HttpRequest,
  fetch: Fetch | undefined,
  bounded: BoundedSignal,
  maxBodyBytes: number,
  trace: AnswerTrace = { bytes: 0 },
): Promise<Either<ExchangeFailure, HttpResponse>> => {
  const send = async (): Promise<FetchAnswer> => {
    let answer: FetchAnswer | undefined
    // Without the signal: what is sent has it, and a request that follows another signal makes ky a tenth slower.
    await ky(request.url, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.json === undefined ? {} : { json: request.json, stringifyJson: writeExactly }),
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
      fetch: async (input, init) => {
        const made = input instanceof Request ? input : new Request(input, init)
        answer = await fetchWith(fetch ?? globalThis.fetch, made, bounded.signal)
        return new Response()
      },
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    })
    if (answer === undefined) throw new Error('nothing was sent')
    return answer
  }
  const answer = async (): Promise<HttpResponse> => {
    const response = await send()
    trace.status = response.status
    const text = await readText(response, maxBodyBytes, trace)
    return {
      status: response.status,
      host: request.url.host,
      header: (name) => response.headers.get(name) ?? undefined,
      ...listedHeaders(response),
      // Outside of browsers there are no other origins: Node's own fetch calls every answer "basic".
      ...(response.type === 'cors' ? { hidesHeaders: true } : {}),
      ...parse(text, response.headers.get('content-type'), request),
    }
  }
  try {
    // A signal can get lost on its way: a Request that is made of another one follows it by a weak reference in Node 20.
    // So the request is not waited for once the signal has fired.
    return E.right(await unlessAborted(bounded.signal, answer()))
  } catch (thrown) {
    const cause = bounded.cause()
    if (cause !== undefined) return E.left({ kind: cause, reason: cause === 'timeout' ? 'no answer in time' : cause })
    if (thrown instanceof BodyTooLarge)
      return E.left({ kind: 'tooLarge', reason: `the answer is longer than ${maxBodyBytes} bytes` })
    return E.left(unreachable(thrown))
  }
}

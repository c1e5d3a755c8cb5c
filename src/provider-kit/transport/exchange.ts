import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import ky from 'ky'
import { parseExactly, writeExactly } from '../../model/exact-json.ts'
import type { BoundedSignal } from '../../paging/bounded-signal.ts'
import type { AttemptFailure } from './events.ts'
import type { Fetch, FetchAnswer, FetchInit } from './fetch.ts'
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

/** Most bodies fit into it. */
const BODY_BYTES = 1 << 20
/** Where the parts of bodies come together, one body at a time: memory that was used before costs less than new memory. */
let together = new Uint8Array(0)

/** The parts of a body, one after the other. To be used at once: the next body comes to the same place. */
const joined = (parts: readonly Uint8Array[], length: number): Uint8Array => {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  if (together.length === 0) together = new Uint8Array(BODY_BYTES)
  const bytes = length > BODY_BYTES ? new Uint8Array(length) : together.subarray(0, length)
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

/** What is sent with an address. */
type Sent = Pick<FetchInit, 'method' | 'headers' | 'body'>

/**
 * What a request with a body is sent with. ky writes the body and says what it is; it sends nothing, as another `fetch` than the
 * global one, such as undici's with its proxies, takes no `Request` but its own.
 */
const withBody = async ({ url, method, headers, json, form }: HttpRequest): Promise<Sent> => {
  let sent: Sent | undefined
  await ky(url, {
    method,
    headers: { ...headers },
    ...(json === undefined ? {} : { json, stringifyJson: writeExactly }),
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    fetch: async (input, init) => {
      const made = input instanceof Request ? input : new Request(input, init)
      sent = { method: made.method, headers: Object.fromEntries(made.headers), body: await made.text() }
      return new Response()
    },
    retry: 0,
    timeout: false,
  })
  if (sent === undefined) throw new Error('nothing was made')
  return sent
}

/**
 * One attempt at one request. Only this function uses the network, and only this file knows ky. The transport decides whether to
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
    const asked = { ...request, headers: { accept: 'application/json', ...request.headers } }
    // Most requests have no body, and ky would take as long as the rest of the transport to make one.
    const hasBody = request.json !== undefined || request.form !== undefined
    const { method, headers, body } = hasBody ? await withBody(asked) : { ...asked, body: null }
    const init = { method, headers, body, redirect: 'manual', signal: bounded.signal } as const
    return (fetch ?? globalThis.fetch)(request.url.href, init)
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
    return E.right(await bounded.unlessEnded(answer()))
  } catch (thrown) {
    const cause = bounded.cause()
    if (cause !== undefined) return E.left({ kind: cause, reason: cause === 'timeout' ? 'no answer in time' : cause })
    if (thrown instanceof BodyTooLarge)
      return E.left({ kind: 'tooLarge', reason: `the answer is longer than ${maxBodyBytes} bytes` })
    return E.left(unreachable(thrown))
  }
}

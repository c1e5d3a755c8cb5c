import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { parseExactly, writeExactly } from '../../model/exact-json.ts'
import type { BoundedSignal } from '../../paging/bounded-signal.ts'
import type { AttemptFailure } from './events.ts'
import type { Fetch, FetchAnswer, FetchInit } from './fetch.ts'
import type { HttpHead, HttpRequest, HttpResponse, UnparsedResponse } from './http-message.ts'
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

/** No larger room is kept for other bodies. */
const LARGEST_ROOM = 1 << 20
/** So many are kept: more bodies seldom wait to be parsed. */
const MOST_SPARE_ROOMS = 8
/** Where bodies were, and others can be: memory that was used before costs less than new memory. */
const spareRooms: Uint8Array[] = []

const roomFor = (length: number): Uint8Array => {
  if (length > LARGEST_ROOM) return new Uint8Array(length)
  const place = spareRooms.findIndex((room) => room.length >= length)
  const [spare] = place === -1 ? [] : spareRooms.splice(place, 1)
  return spare ?? new Uint8Array(2 ** Math.ceil(Math.log2(length + 1)))
}

const giveBack = (room: Uint8Array): void => {
  if (room.length > LARGEST_ROOM) return
  spareRooms.push(room)
  // The oldest one goes, so that what is kept fits the bodies that come now.
  if (spareRooms.length > MOST_SPARE_ROOMS) spareRooms.shift()
}

/** The parts of a body, one after the other. */
const joined = (parts: readonly Uint8Array[], length: number): Uint8Array => {
  const room = roomFor(length)
  let end = 0
  for (const part of parts) {
    room.set(part, end)
    end += part.byteLength
  }
  return room.subarray(0, length)
}

/** Read by hand: not every browser can iterate over a body. */
const readBytes = async ({ body }: FetchAnswer, maxBytes: number, trace: AnswerTrace): Promise<Uint8Array> => {
  if (body === null) return new Uint8Array(0)
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
  return joined(parts, trace.bytes)
}

/**
 * The text of a body. Its bytes must not be read after that: another body may be in their place. Decoded as a whole: in Node,
 * decoding part by part takes several times as long, and so does parsing what comes of it.
 */
const textOf = (bytes: Uint8Array): string => {
  const text = new TextDecoder().decode(bytes)
  giveBack(new Uint8Array(bytes.buffer))
  return text
}

const listedHeaders = ({ headers }: FetchAnswer): Pick<HttpHead, 'headers'> => {
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

const headOf = ({ url }: HttpRequest, response: FetchAnswer): HttpHead => ({
  status: response.status,
  host: url.host,
  header: (name) => response.headers.get(name) ?? undefined,
  ...listedHeaders(response),
  // Outside of browsers there are no other origins: Node's own fetch calls every answer "basic".
  ...(response.type === 'cors' ? { hidesHeaders: true } : {}),
})

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

/** The answer, whose body is parsed once. */
const unparsed = (
  head: HttpHead,
  bytes: Uint8Array,
  contentType: string | null,
  request: HttpRequest,
): UnparsedResponse => {
  let response: HttpResponse | undefined
  return {
    ...head,
    parsed: () => {
      response ??= { ...head, ...parse(textOf(bytes), contentType, request) }
      return response
    },
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }

/**
 * What a request with JSON is sent with. ky writes the body and says what it is; it sends nothing, as another `fetch` than the
 * global one, such as undici's with its proxies, takes no `Request` but its own. Loaded where something is written: most runs only
 * read.
 */
const withJson = async ({ url, method, headers, json }: HttpRequest): Promise<Sent> => {
  const { default: ky } = await import('ky')
  let sent: Sent | undefined
  await ky(url, {
    method,
    headers: { ...headers },
    json,
    stringifyJson: writeExactly,
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

const sentOf = async (request: HttpRequest): Promise<Sent> => {
  const { method, form } = request
  const headers = { accept: 'application/json', ...request.headers }
  if (request.json !== undefined) return withJson({ ...request, headers })
  if (form === undefined) return { method, headers, body: null }
  return { method, headers: { ...FORM, ...headers }, body: new URLSearchParams(form).toString() }
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
): Promise<Either<ExchangeFailure, UnparsedResponse>> => {
  const send = async (): Promise<FetchAnswer> => {
    const init = { ...(await sentOf(request)), redirect: 'manual', signal: bounded.signal } as const
    return (fetch ?? globalThis.fetch)(request.url.href, init)
  }
  const answer = async (): Promise<UnparsedResponse> => {
    const response = await send()
    trace.status = response.status
    const bytes = await readBytes(response, maxBodyBytes, trace)
    return unparsed(headOf(request, response), bytes, response.headers.get('content-type'), request)
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

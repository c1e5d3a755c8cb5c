import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import ky from 'ky'
import { parseExactly, writeExactly } from '../../model/exact-json.ts'
import type { BoundedSignal, EndCause } from '../../paging/bounded-signal.ts'
import { unlessAborted } from '../../paging/when-aborted.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { type Unreachable, unreachable } from './unreachable.ts'
import { IS_A_PAGE } from './web-page.ts'

/** Why one attempt has no answer. */
export interface ExchangeFailure {
  readonly kind: EndCause | Unreachable['kind'] | 'tooLarge'
  /** For people; never contains an address or anything that was sent. */
  readonly reason: string
}

class BodyTooLarge extends Error {}

/** Read by hand: not every browser can iterate over a body. */
const readText = async ({ body }: Response, maxBytes: number): Promise<string> => {
  if (body === null) return ''
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      throw new BodyTooLarge()
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return text + decoder.decode()
}

const parse = (
  text: string,
  contentType: string | null,
  { exactNumbers = false }: Pick<HttpRequest, 'exactNumbers'>,
): Pick<HttpResponse, 'body' | 'content'> => {
  if (text.trim() === '') return { content: 'none', body: E.left('the body is empty') }
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
 * Calls a `fetch` with an address and options, and not with a `Request` as ky does: another implementation, such as undici's
 * with its proxies, takes no `Request` but its own.
 */
const givenOptions =
  (fetch: typeof globalThis.fetch, signal: AbortSignal): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const { url, method, redirect } = request
    const headers = Object.fromEntries(request.headers)
    const text = await request.text()
    return fetch(url, { method, headers, redirect, signal, ...(text === '' ? {} : { body: text }) })
  }

/**
 * One attempt at one request. Only this function uses the network, and only it knows ky. The transport decides whether to
 * wait and repeat: ky would wait for an invalid or an hour-long `Retry-After`.
 */
export const exchange = async (
  request: HttpRequest,
  fetch: typeof globalThis.fetch | undefined,
  bounded: BoundedSignal,
  maxBodyBytes: number,
): Promise<Either<ExchangeFailure, HttpResponse>> => {
  const answer = async (): Promise<HttpResponse> => {
    const response = await ky(request.url, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.json === undefined ? {} : { json: request.json, stringifyJson: writeExactly }),
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
      fetch: givenOptions(fetch ?? globalThis.fetch, bounded.signal),
      signal: bounded.signal,
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    })
    const text = await readText(response, maxBodyBytes)
    return {
      status: response.status,
      host: request.url.host,
      header: (name) => response.headers.get(name) ?? undefined,
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

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import * as E from 'fp-ts/lib/Either.js'
import { maskSensitive } from '../model/mask.ts'
import { errorCodeOf } from './error-code.ts'

/** Where a person comes back after the sign-in. */
export interface RedirectOptions {
  /** An address on this machine, with a port: `http://localhost:8976/callback`. */
  readonly redirectUri: string
  /** What the vendor gives back unchanged. A request with anything else is not from this sign-in, and is refused. */
  readonly state: string
}

/**
 * Why there is no code: the address is none on this machine, the port is taken, the vendor refused, the time is over, or it was
 * stopped.
 */
export interface RedirectFailure {
  readonly _tag: 'RedirectFailed'
  /** One line for people. */
  readonly message: string
}

const STOPPED = 'it was stopped before the user came back from the vendor'
const TIMED_OUT = 'it timed out: the user did not come back from the vendor in time; sign in again'

const isTimeout = (reason: unknown): boolean => reason instanceof Error && reason.name === 'TimeoutError'

/** A server on this machine that waits for one person. */
export interface Redirect {
  /**
   * The code of the vendor. Resolves when the person comes back, or when the signal fires. A signal of
   * `AbortSignal.timeout` means that the time is over, any other that it was stopped.
   */
  readonly code: (signal: AbortSignal) => Promise<E.Either<RedirectFailure, string>>
  readonly close: () => Promise<void>
}

type Outcome = E.Either<RedirectFailure, string>

const failed = (message: string): E.Either<RedirectFailure, never> => E.left({ _tag: 'RedirectFailed', message })

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A browser may take either address of this machine for `localhost`. */
const hostsOf = (hostname: string): readonly string[] =>
  hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')]

const page = (heading: string, text: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Seatlens</title><h1>${heading}</h1><p>${text}</p></html>
`

const DONE = page('Signed in', 'You can close this page, and go back to the terminal.')
const REFUSED = page('Not signed in', 'The terminal says why. You can close this page.')
const UNKNOWN = page('Nothing to do', 'This page does not belong to a sign-in that is under way.')

const answer = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(body)
}

const listen = (server: Server, port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    server.once('error', (error) => resolve(errorCodeOf(error) ?? 'unknown error'))
    server.listen(port, host, () => resolve(undefined))
  })

/** What the vendor says about a refusal, for people. */
const refusalOf = (parameters: URLSearchParams): string => {
  const words = [parameters.get('error'), parameters.get('error_description')].filter((word) => word !== null)
  return maskSensitive(words.join(': '))
}

/** What comes back to the address: the code, a refusal, or a request that is not for us. */
const outcomeOf = (url: URL, { state }: RedirectOptions): Outcome | undefined => {
  if (url.searchParams.get('state') !== state) return undefined
  if (url.searchParams.has('error'))
    return failed(`the vendor did not sign the user in: ${refusalOf(url.searchParams)}`)
  const code = url.searchParams.get('code')
  return code === null || code === '' ? undefined : E.right(code)
}

const addressOf = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOurs =
    url?.protocol === 'http:' && LOOPBACK.has(url.hostname) && url.port !== '' && url.search === '' && url.hash === ''
  return isOurs ? url : undefined
}

/**
 * Waits on this machine for the browser of a person who signs in at a vendor (RFC 8252, 7.3). Only this machine can reach it.
 * It takes the first answer with the right `state`, once.
 */
export const openRedirect = async (options: RedirectOptions): Promise<E.Either<RedirectFailure, Redirect>> => {
  const address = addressOf(options.redirectUri)
  if (address === undefined) {
    return failed('expected an address on this machine with a port, such as http://localhost:8976/callback')
  }
  let settle: (outcome: Outcome) => void = () => {}
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve
  })
  let isTaken = false
  const handle = ({ method, url = '/', headers }: IncomingMessage, response: ServerResponse): void => {
    const asked = URL.canParse(url, address.origin) ? new URL(url, address.origin) : undefined
    // A page of another name that leads here is none of ours.
    const isOurs = method === 'GET' && headers.host === address.host && asked?.pathname === address.pathname
    const result = isOurs && !isTaken && asked !== undefined ? outcomeOf(asked, options) : undefined
    if (result === undefined) {
      answer(response, 404, UNKNOWN)
      return
    }
    isTaken = true
    answer(response, E.isRight(result) ? 200 : 400, E.isRight(result) ? DONE : REFUSED)
    settle(result)
  }
  // Loaded only here: an `import` of it takes 40 ms, as it loads Node's own `fetch`, too.
  const { createServer }: typeof import('node:http') = createRequire(import.meta.url)('node:http')
  const servers = hostsOf(address.hostname).map((host) => ({ host, server: createServer(handle) }))
  const close = async () => {
    for (const { server } of servers) {
      server.close()
      server.closeAllConnections()
    }
  }
  const problems: string[] = []
  for (const { host, server } of servers) {
    const problem = await listen(server, Number(address.port), host)
    // A machine may have no second address.
    if (problem !== undefined && problem !== 'EADDRNOTAVAIL' && problem !== 'EAFNOSUPPORT') problems.push(problem)
  }
  if (problems.length > 0 || servers.every(({ server }) => !server.listening)) {
    await close()
    const why = problems.includes('EADDRINUSE')
      ? 'another program uses it'
      : (problems[0] ?? 'this machine has no such address')
    return failed(`port ${address.port} cannot be listened on: ${why}`)
  }
  return E.right({
    close,
    code: (signal) => {
      const stop = () => settle(failed(isTimeout(signal.reason) ? TIMED_OUT : STOPPED))
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      return outcome.finally(() => signal.removeEventListener('abort', stop))
    },
  })
}

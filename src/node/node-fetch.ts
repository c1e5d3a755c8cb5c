import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Fetch, FetchAnswer, FetchedBody } from '../provider-kit/transport/fetch.ts'

/** An idle connection is closed after this time, as Node's own `fetch` closes it: vendors close theirs later. */
const IDLE_MS = 4_000
/** A connection must be made within this time, as with Node's own `fetch`. */
const CONNECT_MS = 10_000

/** What is sent where the caller says nothing else. */
const DEFAULT_HEADERS = { 'accept-encoding': 'gzip', 'user-agent': 'seatlens' }

/** Each module is loaded when it is first needed. An `import` of `node:http` takes 40 ms: it loads Node's own `fetch`, too. */
const load = createRequire(import.meta.url)
const http = (): typeof import('node:http') => load('node:http')
const https = (): typeof import('node:https') => load('node:https')

const gunzipped = (message: IncomingMessage): Readable => {
  const { createGunzip }: typeof import('node:zlib') = load('node:zlib')
  const { pipeline }: typeof import('node:stream') = load('node:stream')
  // A callback is required. The reader of what this returns gets the error, too.
  return pipeline(message, createGunzip(), () => {})
}

const bodyOf = (message: IncomingMessage): FetchedBody => ({
  getReader: () => {
    // No other encoding was asked for.
    const isEncoded = message.headers['content-encoding']?.toLowerCase() === 'gzip'
    const stream: Readable = isEncoded ? gunzipped(message) : message
    let isEmpty = true
    if (isEncoded) {
      message.once('data', () => {
        isEmpty = false
      })
    }
    const pieces: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
    return {
      read: async () => {
        try {
          const { done, value } = await pieces.next()
          return done ? { done } : { done: false, value }
        } catch (error) {
          // An empty body need not be what gzip makes of nothing.
          if (isEncoded && isEmpty && message.complete) return { done: true }
          throw error
        }
      },
      cancel: async () => {
        stream.destroy()
      },
    }
  },
})

const textOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(', '))

const answerOf = (message: IncomingMessage): FetchAnswer => {
  const { headers, statusCode = 0 } = message
  return {
    status: statusCode,
    type: 'basic',
    headers: {
      get: (name) => {
        const value = headers[name.toLowerCase()]
        return value === undefined ? null : textOf(value)
      },
      forEach: (visit) => {
        for (const [name, value] of Object.entries(headers)) if (value !== undefined) visit(textOf(value), name)
      },
    },
    body: bodyOf(message),
  }
}

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** Gives up a request whose connection is not made in time. `made`: the event of a new connection that is there. */
const boundConnecting = (request: ClientRequest, made: 'connect' | 'secureConnect'): void => {
  request.once('socket', (socket: TLSSocket) => {
    if (!socket.connecting) return
    const timer = setTimeout(() => request.destroy(failure('ETIMEDOUT', 'no connection in time')), CONNECT_MS)
    const stop = () => clearTimeout(timer)
    socket.once(made, stop)
    request.once('close', stop)
  })
}

/**
 * A `fetch` over Node's own HTTP client, for the `fetch` of a provider's options, as the command line has it. It takes less of the
 * processor and of memory than Node's `fetch`, and sends at once. It asks for `gzip`, follows no redirects, and knows no proxies
 * (see `createProxyFetch`): neither those of the environment nor those of a dispatcher that your program has set. Connections are
 * kept for the next request. Those that are idle do not keep the process running; a body that is neither read nor cancelled does.
 */
export const createNodeFetch = (): Fetch => {
  const agents = new Map<string, Agent>()
  const agentFor = (protocol: string, { Agent }: Pick<typeof import('node:http'), 'Agent'>): Agent => {
    const agent = agents.get(protocol) ?? new Agent({ keepAlive: true, timeout: IDLE_MS })
    agents.set(protocol, agent)
    return agent
  }
  return (address, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const url = new URL(address)
      const { protocol, username, password } = url
      if (`${username}${password}` !== '') throw new TypeError('an address with a user or a password is not sent')
      const isSecure = protocol === 'https:'
      const client = isSecure ? https() : http()
      const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) }
      const options = {
        method,
        headers: { ...DEFAULT_HEADERS, ...headers, ...length },
        agent: agentFor(protocol, client),
        signal,
      }
      const request = client.request(url, options, (message) => {
        if (message.statusCode === 101) request.destroy()
        else resolve(answerOf(message))
      })
      boundConnecting(request, isSecure ? 'secureConnect' : 'connect')
      request.on('error', reject)
      // Of an answer that is another protocol, Node says nothing else.
      request.once('close', () => reject(failure('ECONNRESET', 'the connection ended without an answer')))
      request.end(body ?? undefined)
    })
}

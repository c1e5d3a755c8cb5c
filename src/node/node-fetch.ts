import type * as Http from 'node:http'
import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Fetch, FetchAnswer, FetchedBody } from '../provider-kit/transport/fetch.ts'

/** So long a connection is kept that nothing is asked on, as Node's own `fetch` does: vendors close theirs later. */
const IDLE_MS = 4_000
/** A connection that was not made by then is given up, as Node's own `fetch` does. */
const CONNECT_MS = 10_000

const zlib = () => process.getBuiltinModule('node:zlib')

/** Only `gzip` is asked for. */
const decoders: ReadonlyMap<string, () => NodeJS.ReadWriteStream & Readable> = new Map([
  ['gzip', () => zlib().createGunzip()],
  ['x-gzip', () => zlib().createGunzip()],
  ['deflate', () => zlib().createInflate()],
  ['br', () => zlib().createBrotliDecompress()],
])
const ASKED = { 'accept-encoding': 'gzip', 'user-agent': 'seatlens' }

/** Answers that have no body, whatever their headers say of it. */
const BODILESS: ReadonlySet<number> = new Set([204, 304])

/** What a body says, where it came encoded. An end of one that comes too early is the end of the other. */
const decoded = (message: IncomingMessage): Readable => {
  const { headers, statusCode = 0 } = message
  const isEmpty = BODILESS.has(statusCode) || headers['content-length'] === '0'
  const decoder = decoders.get(headers['content-encoding']?.toLowerCase() ?? '')
  if (decoder === undefined || isEmpty) return message
  const { pipeline } = process.getBuiltinModule('node:stream')
  // Whoever reads it hears of failures.
  return pipeline(message, decoder(), () => {})
}

const bodyOf = (message: IncomingMessage): FetchedBody => ({
  getReader: () => {
    const stream = decoded(message)
    const pieces: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
    return {
      read: async () => {
        const { done, value } = await pieces.next()
        return done ? { done } : { done: false, value }
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

const boundConnecting = (request: ClientRequest, connected: Client['connected']): void => {
  request.once('socket', (socket: TLSSocket) => {
    if (!socket.connecting) return
    const late = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })
    const timer = setTimeout(() => request.destroy(late), CONNECT_MS)
    const stop = () => clearTimeout(timer)
    socket.once(connected, stop)
    request.once('close', stop)
  })
}

/** How requests of one kind of address are sent. */
interface Client {
  readonly request: typeof Http.request
  readonly agent: Agent
  /** What a new connection says when it is there. */
  readonly connected: 'connect' | 'secureConnect'
}

const createClient = (
  { request, Agent }: Pick<typeof Http, 'request' | 'Agent'>,
  connected: Client['connected'],
): Client => ({ request, agent: new Agent({ keepAlive: true, timeout: IDLE_MS }), connected })

/**
 * A `fetch` over Node's own HTTP client, for the `fetch` of a provider's options, as the command line has it. It takes less of the
 * processor and of memory than Node's `fetch`, and sends at once. It asks for `gzip`, follows no redirects, and knows no proxies
 * (see `createProxyFetch`): neither those of the environment nor those of a dispatcher that your program has set. Connections are
 * kept for the next request, and do not keep the process running.
 */
export const createNodeFetch = (): Fetch => {
  // Each is loaded when it is first needed. An `import` of `node:http` would load Node's own `fetch`, too, as one of the names that
  // it exports: 40 ms.
  let plain: Client | undefined
  let secure: Client | undefined
  const clientFor = (url: string): Client => {
    if (url.startsWith('https:')) {
      secure ??= createClient(process.getBuiltinModule('node:https'), 'secureConnect')
      return secure
    }
    plain ??= createClient(process.getBuiltinModule('node:http'), 'connect')
    return plain
  }
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const { request: start, agent, connected } = clientFor(url)
      const options = { method, headers: { ...ASKED, ...headers }, agent, signal }
      const request = start(url, options, (message) => resolve(answerOf(message)))
      boundConnecting(request, connected)
      request.on('error', reject)
      request.end(body ?? undefined)
    })
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createPlainServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createNodeFetch, type FetchAnswer, type FetchInit } from '../../src/node/index.ts'
import { createCertificate, hasOpenssl } from '../cli/support/proxy.ts'
import { listening } from '../listening.ts'

const stage = async (answer: RequestListener) => {
  const seen: { readonly request: IncomingMessage; readonly body: string }[] = []
  const sockets: Socket[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(pieces).toString() })
      answer(request, response)
    })
  })
  server.on('connection', (socket) => sockets.push(socket))
  const { port, stop } = await listening(server)
  onTestFinished(() => void stop())
  return { url: `http://127.0.0.1:${port}/things?page=1`, seen, sockets }
}

const GET = { method: 'GET', headers: { accept: 'application/json' }, body: null, redirect: 'manual' } as const
const asked = (more: Partial<FetchInit> = {}): FetchInit => ({ ...GET, signal: new AbortController().signal, ...more })

const readAll = async ({ body }: FetchAnswer): Promise<string> => {
  const reader = body?.getReader()
  const pieces: Uint8Array[] = []
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    if (next.value !== undefined) pieces.push(next.value)
  }
  return Buffer.concat(pieces).toString()
}

const said = (text: string) => (_: unknown, response: ServerResponse) => response.end(text)

afterEach(() => {
  vi.useRealTimers()
})

describe('what is sent', () => {
  test('is the method, the headers and the body that were given', async () => {
    const { url, seen } = await stage(said('{}'))
    const headers = { authorization: 'Bearer a-token', 'content-type': 'application/json' }
    await readAll(await createNodeFetch()(url, asked({ method: 'POST', headers, body: '{"name":"Zoë"}' })))
    expect(seen[0]?.body).toBe('{"name":"Zoë"}')
    expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/things?page=1' })
    expect(seen[0]?.request.headers).toMatchObject({ ...headers, 'content-length': '15' })
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'GET'])(
    'is nothing behind the headers of a %s without a body',
    async (method) => {
      const { url, seen } = await stage(said('{}'))
      await readAll(await createNodeFetch()(url, asked({ method })))
      expect(seen[0]?.body).toBe('')
      expect(seen[0]?.request.headers['transfer-encoding']).toBeUndefined()
    },
  )

  test.each(['DELETE', 'GET', 'PATCH'])(
    'is the body of a %s as one that is not a request of its own',
    async (method) => {
      const { url, seen } = await stage(said('{}'))
      const body = 'DELETE /other HTTP/1.1\r\nhost: x\r\n\r\n'
      const fetch = createNodeFetch()
      await readAll(await fetch(url, asked({ method, body })))
      await readAll(await fetch(url, asked()))
      expect(seen.map(({ request, body: own }) => [request.method, own])).toEqual([
        [method, body],
        ['GET', ''],
      ])
    },
  )

  test('is not sent to an address with a user and a password, and is to one in capitals', async () => {
    const { url, seen } = await stage(said('{}'))
    const named = url.replace('//', '//user:word@')
    await expect(createNodeFetch()(named, asked())).rejects.toThrow('a user or a password')
    expect(seen).toEqual([])
    expect(await createNodeFetch()(url.replace('http:', 'HTTP:'), asked())).toMatchObject({ status: 200 })
  })

  test('goes over one connection, request after request', async () => {
    const { url, sockets } = await stage(said('{}'))
    const fetch = createNodeFetch()
    for (let request = 0; request < 5; request++) await readAll(await fetch(url, asked()))
    expect(sockets).toHaveLength(1)
  })

  test('is not sent again to where an answer redirects', async () => {
    const { url, seen } = await stage((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect(await createNodeFetch()(url, asked())).toMatchObject({ status: 302 })
    expect(seen).toHaveLength(1)
  })
})

describe('what is answered', () => {
  test('is given with its status and headers, however their names are written', async () => {
    const { url } = await stage((_, response) =>
      response.writeHead(418, { 'Retry-After': '7', Link: ['<a>; rel="next"', '<b>; rel="prev"'] }).end('short'),
    )
    const answer = await createNodeFetch()(url, asked())
    const listed: Record<string, string> = {}
    answer.headers.forEach?.((value, name) => {
      listed[name] = value
    })
    expect(answer.status).toBe(418)
    expect(answer.headers.get('retry-AFTER')).toBe('7')
    expect(answer.headers.get('x-absent')).toBeNull()
    expect(listed).toMatchObject({ 'retry-after': '7', link: '<a>; rel="next", <b>; rel="prev"' })
    expect(await readAll(answer)).toBe('short')
  })

  test('may be longer than what comes at once', async () => {
    const long = 'x'.repeat(3_000_000)
    const { url } = await stage(said(long))
    expect(await readAll(await createNodeFetch()(url, asked()))).toBe(long)
  })

  test.each(['gzip', 'GZIP'])('may be encoded as %s', async (encoding) => {
    const text = JSON.stringify({ entities: Array.from({ length: 5_000 }, (_, id) => ({ id })) })
    const { url, seen, sockets } = await stage((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync(text)),
    )
    const fetch = createNodeFetch()
    expect(await readAll(await fetch(url, asked()))).toBe(text)
    expect(await readAll(await fetch(url, asked()))).toBe(text)
    expect(seen[0]?.request.headers['accept-encoding']).toBe('gzip')
    expect(sockets).toHaveLength(1)
  })

  test.each([
    [204, {}],
    [200, { 'content-length': '0' }],
    [200, {}],
  ])('may be nothing, also where it says that it is encoded: %i %j', async (status, headers) => {
    const { url } = await stage((_, response) => {
      response.writeHead(status, { 'content-encoding': 'gzip', ...headers })
      response.flushHeaders()
      response.end()
    })
    expect(await readAll(await createNodeFetch()(url, asked()))).toBe('')
  })

  test('comes as it is where it is encoded as was not asked for', async () => {
    const { url } = await stage((_, response) =>
      response.writeHead(200, { 'content-encoding': 'rot13' }).end('rknzcyr'),
    )
    expect(await readAll(await createNodeFetch()(url, asked()))).toBe('rknzcyr')
  })

  test.each([{ upgrade: 'h2c', connection: 'Upgrade' }, {}])(
    'fails where it is of another protocol: %j',
    async (headers) => {
      const { url } = await stage((_, response) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
        response.socket?.end(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
      })
      await expect(createNodeFetch()(url, asked())).rejects.toMatchObject({ code: 'ECONNRESET' })
    },
  )

  test.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is damaged', (bytes: Buffer) => bytes.fill(0xff, 20, 40)],
  ])('fails where what is encoded %s', async (_, spoil) => {
    const text = JSON.stringify(Array.from({ length: 500 }, (__, id) => id))
    const { url } = await stage((__, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(spoil(gzipSync(text))),
    )
    await expect(readAll(await createNodeFetch()(url, asked()))).rejects.toThrow()
  })

  test.each([0, 20])('fails where the connection is cut, and reading begins %i ms after that', async (ms) => {
    const { url } = await stage((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('the beginning', () => response.destroy())
    })
    const answer = await createNodeFetch()(url, asked())
    await new Promise((resolve) => setTimeout(resolve, ms))
    await expect(readAll(answer)).rejects.toThrow()
  })
})

describe('a request that is given up', () => {
  test('before it is sent is not sent', async () => {
    const { url, seen } = await stage(said('{}'))
    await expect(createNodeFetch()(url, asked({ signal: AbortSignal.abort() }))).rejects.toThrow()
    expect(seen).toEqual([])
  })

  test('before an answer comes ends its connection', async () => {
    const { url, sockets } = await stage(() => controller.abort())
    const controller = new AbortController()
    await expect(createNodeFetch()(url, asked({ signal: controller.signal }))).rejects.toThrow()
    if (sockets[0]?.destroyed === false) await once(sockets[0], 'close')
  })

  test.each(['given up', 'not read to its end'])('while its body comes ends its connection: %s', async (how) => {
    const { url, sockets } = await stage((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('the beginning')
    })
    const controller = new AbortController()
    const { body } = await createNodeFetch()(url, asked({ signal: controller.signal }))
    const reader = body?.getReader()
    expect(await reader?.read()).toMatchObject({ done: false })
    if (how === 'given up') {
      controller.abort()
      await expect(reader?.read()).rejects.toThrow()
    } else await reader?.cancel()
    if (sockets[0]?.destroyed === false) await once(sockets[0], 'close')
  })
})

describe('a connection', () => {
  test('that is refused fails with its code', async () => {
    const { port, stop } = await listening(createServer())
    await stop()
    await expect(createNodeFetch()(`http://127.0.0.1:${port}/`, asked())).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  })

  test.skipIf(!hasOpenssl)('is not made to whom nobody has signed for', async () => {
    const { port, stop } = await listening(createSecureServer(createCertificate('seatlens.test'), said('{}')))
    onTestFinished(() => void stop())
    await expect(createNodeFetch()(`https://127.0.0.1:${port}/`, asked())).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  test('that is never made is given up after ten seconds', async () => {
    const silent = createPlainServer()
    const { port, stop } = await listening(silent)
    onTestFinished(() => void stop())
    silent.on('connection', (socket) => onTestFinished(() => void socket.destroy()))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const answer = expect(createNodeFetch()(`https://127.0.0.1:${port}/`, asked())).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    })
    await once(silent, 'connection')
    await vi.advanceTimersByTimeAsync(9_900)
    await vi.advanceTimersByTimeAsync(200)
    await answer
  })
})

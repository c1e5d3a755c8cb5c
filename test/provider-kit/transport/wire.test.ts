import { channel } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRequestBudget } from '../../../src/provider-kit/index.ts'
import { timersThatGoByTurns, timersThatStandStill, untilSo } from '../../timers-that-stand-still.ts'
import { startServer, useServers } from './loopback-server.ts'
import { answered, get, outcome, transportWith, write } from './transport-with.ts'
import { createVirtualClock } from './virtual-clock.ts'

useServers()

const ok = { seats: 3 }

const send = (response: ServerResponse, body: unknown) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}

/** Answers the first request in one way and all others with what is right. */
const firstThenRight = (first: (response: ServerResponse) => void) => {
  let count = 0
  return startServer((_, response) => (count++ === 0 ? first(response) : send(response, ok)))
}

/** Waits until so many requests have come. */
const received = ({ requests }: { readonly requests: readonly unknown[] }, count: number) =>
  untilSo(() => requests.length === count)

const ask = async (origin: string, options: Parameters<typeof transportWith>[0] = {}, path = '/seats') => {
  const { transport, clock } = transportWith({ origins: [origin], ...options })
  return { result: await outcome(transport(get('/seats', { url: new URL(path, origin) }), {})), clock }
}

const cut = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"seats":')
  setTimeout(() => response.destroy(), 5)
}

describe('the body of an answer', () => {
  test('that is cut off is asked for again', async () => {
    const server = await firstThenRight(cut)
    expect((await ask(server.origin)).result).toEqual(answered(ok))
    expect(server.requests).toHaveLength(2)
  })

  test('that is cut off is not asked for again where the request was a write', async () => {
    const server = await startServer((_, response) => cut(response))
    const { transport } = transportWith({ origins: [server.origin] })
    const result = await outcome(transport(write({ url: new URL('/seats', server.origin) }), {}))
    expect(result).toMatchObject({ _tag: 'Unavailable', attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  test('counts as a part of the attempt, which times out', async () => {
    const pass = timersThatStandStill()
    const server = await firstThenRight((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"seats":')
    })
    const asked = ask(server.origin, { policy: { timeoutMs: 100 } })
    await received(server, 1)
    await pass(100)
    expect((await asked).result).toEqual(answered(ok))
    expect(server.requests).toHaveLength(2)
  })

  test('longer than allowed is a typed error, and is not asked for again', async () => {
    const server = await startServer((_, response) => send(response, { text: 'x'.repeat(2_000) }))
    const { result } = await ask(server.origin, { policy: { maxBodyBytes: 1_000 } })
    expect(result).toMatchObject({
      _tag: 'InvalidResponse',
      message: 'the answer is longer than 1000 bytes',
      issues: ['the answer is longer than 1000 bytes'],
    })
    expect(server.requests).toHaveLength(1)
  })

  test('exactly as long as allowed is read', async () => {
    const body = JSON.stringify(ok)
    const server = await startServer((_, response) => send(response, ok))
    expect((await ask(server.origin, { policy: { maxBodyBytes: body.length } })).result).toEqual(answered(ok))
  })

  test('may be cut into pieces in the middle of a character', async () => {
    const bytes = Buffer.from(JSON.stringify({ name: 'Zoë 🦉' }))
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const next = (index: number) => {
        if (index === bytes.length) return response.end()
        response.write(bytes.subarray(index, index + 1), () => setImmediate(next, index + 1))
      }
      next(0)
    })
    expect((await ask(server.origin)).result).toEqual(answered({ name: 'Zoë 🦉' }))
  })
})

describe('an attempt', () => {
  test('that gets no answer times out and is repeated', async () => {
    const pass = timersThatStandStill()
    const server = await firstThenRight(() => {})
    const asked = ask(server.origin, { policy: { timeoutMs: 100 } })
    await received(server, 1)
    await pass(100)
    expect((await asked).result).toEqual(answered(ok))
    expect(server.requests).toHaveLength(2)
  })

  test('is Unavailable where none gets an answer in time', async () => {
    const server = await startServer(() => {})
    const pass = timersThatStandStill()
    const asked = ask(server.origin, { policy: { timeoutMs: 100, attempts: 2 } })
    for (const attempt of [1, 2]) {
      await received(server, attempt)
      await pass(100)
    }
    const { result } = await asked
    expect(result).toMatchObject({
      _tag: 'Unavailable',
      attempts: 2,
      message: `${new URL(server.origin).host} could not be reached, 2 attempts made: no answer in time`,
    })
  })

  test('says why the host could not be reached, and names nothing of the address but the host', async () => {
    const server = await startServer(() => {})
    const gone = server.origin.replace(/\d+$/, '9')
    const { result } = await ask(gone, { policy: { attempts: 1 } }, '/seats?email=jane@example.com')
    expect(result).toMatchObject({
      _tag: 'Unavailable',
      message: expect.stringMatching(/^127\.0\.0\.1:9 could not be reached, 1 attempt made: [\w ]+$/),
    })
    expect(JSON.stringify(result).replace('GET /seats', '')).not.toMatch(/seats|email|jane/)
  })

  test('calls an injected fetch with an address and plain options, as one of another making takes nothing else', async () => {
    const calls: (readonly unknown[])[] = []
    const { transport } = transportWith({
      runtime: {
        fetch: async (...call) => {
          calls.push(call)
          return new Response('{}')
        },
      },
    })
    await outcome(transport(write(), {}))
    expect(calls).toEqual([
      [
        'https://api.vendor.example/seats',
        {
          method: 'POST',
          redirect: 'manual',
          headers: { accept: 'application/json', 'content-type': 'application/json' },
          body: '{"seat":1}',
          signal: expect.any(AbortSignal),
        },
      ],
    ])
  })

  test('writes nothing but the token, what it accepts, and what it was given, into its headers', async () => {
    const headers: Record<string, unknown>[] = []
    const server = await startServer((request, response) => {
      headers.push(request.headers)
      send(response, ok)
    })
    await ask(server.origin)
    expect(headers[0]).toMatchObject({ accept: 'application/json' })
    expect(headers[0]).not.toHaveProperty('authorization')
  })
})

describe('stopping', () => {
  const hanging = () => startServer(() => {})

  const requestTo = (origin: string) => get('/seats', { url: new URL('/seats', origin) })

  test('by a signal that has fired is Aborted without a request', async () => {
    const server = await hanging()
    const { transport } = transportWith({ origins: [server.origin] })
    expect(await outcome(transport(requestTo(server.origin), { signal: AbortSignal.abort() }))).toEqual({
      _tag: 'Aborted',
      provider: 'vendor-1',
      operation: 'GET /seats',
      message: 'interrupted',
    })
    expect(server.requests).toHaveLength(0)
  })

  test('by a signal while the answer is awaited is Aborted at once and not repeated', async () => {
    const server = await hanging()
    const { transport, clock } = transportWith({ origins: [server.origin] })
    const controller = new AbortController()
    const stopped = outcome(transport(requestTo(server.origin), { signal: controller.signal }))
    await received(server, 1)
    controller.abort()
    expect(await stopped).toMatchObject({ _tag: 'Aborted' })
    expect(server.requests).toHaveLength(1)
    expect(clock.slept).toEqual([])
  })

  test('by a signal closes the connection', async () => {
    let closed: () => void = () => {}
    const connectionClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const server = await startServer((request) => {
      request.socket.on('close', closed)
    })
    const { transport } = transportWith({ origins: [server.origin] })
    const controller = new AbortController()
    const stopped = outcome(transport(requestTo(server.origin), { signal: controller.signal }))
    await received(server, 1)
    controller.abort()
    await stopped
    await connectionClosed
  })

  test('by a deadline while the answer is awaited is DeadlineExceeded and not repeated', async () => {
    const server = await hanging()
    const { transport, clock } = transportWith({ origins: [server.origin] })
    const pass = timersThatStandStill()
    const late = outcome(transport(requestTo(server.origin), { deadlineAt: clock.now() + 50 }))
    await received(server, 1)
    await pass(50)
    const result = await late
    expect(result).toMatchObject({ _tag: 'DeadlineExceeded', message: 'the deadline has passed' })
    expect(server.requests).toHaveLength(1)
  })

  test('by a deadline is DeadlineExceeded for a write too, and not a failure of the vendor', async () => {
    const server = await hanging()
    const { transport, clock } = transportWith({ origins: [server.origin] })
    const request = write({ url: new URL('/seats', server.origin) })
    const pass = timersThatStandStill()
    const late = outcome(transport(request, { deadlineAt: clock.now() + 50 }))
    await received(server, 1)
    await pass(50)
    const result = await late
    expect(result).toMatchObject({ _tag: 'DeadlineExceeded' })
  })

  test('by a deadline that has passed is DeadlineExceeded without a request', async () => {
    const server = await hanging()
    const { transport, clock } = transportWith({ origins: [server.origin] })
    for (const deadlineAt of [clock.now(), clock.now() - 1]) {
      expect(await outcome(transport(requestTo(server.origin), { deadlineAt }))).toMatchObject({
        _tag: 'DeadlineExceeded',
      })
    }
    expect(server.requests).toHaveLength(0)
  })
})

describe('a redirect', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`with ${status} is not followed, so that the token goes nowhere`, async () => {
      const trap = await startServer((_, response) => send(response, ok))
      const server = await startServer((_, response) => {
        response.writeHead(status, { location: `${trap.origin}/trap` })
        response.end()
      })
      const { result } = await ask(server.origin)
      expect(result).toMatchObject({ _tag: 'Untrusted', status })
      expect(trap.requests).toHaveLength(0)
      expect(server.requests).toHaveLength(1)
    })
  }

  test('to the same origin is not followed either', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/trap') return send(response, ok)
      response.writeHead(302, { location: '/trap' })
      response.end()
    })
    expect((await ask(server.origin)).result).toMatchObject({ _tag: 'Untrusted' })
    expect(server.requests.map(({ target }) => target)).toEqual(['GET /seats'])
  })
})

describe('a connection that takes no notice of being given up', () => {
  test('is not waited for any longer than one that does', async () => {
    const fetch = () => new Promise<Response>(() => {})
    const { transport } = transportWith({ policy: { timeoutMs: 10, attempts: 2 }, runtime: { fetch } })
    expect(await timersThatGoByTurns()(outcome(transport(get(), {})))).toMatchObject({
      _tag: 'Unavailable',
      attempts: 2,
    })
  })
})

describe('an answer that has come', () => {
  const requestSent = channel('undici:client:sendHeaders')
  const stop: (() => void)[] = []
  afterEach(() => {
    for (const stopOne of stop.splice(0)) stopOne()
  })

  test('is parsed when the request has been sent that was waiting for its place', async () => {
    const server = await startServer((_, response) => send(response, ok))
    const seen: string[] = []
    const hearSent = () => {
      seen.push('sent')
    }
    requestSent.subscribe(hearSent)
    const { parse } = JSON
    const spy = vi.spyOn(JSON, 'parse').mockImplementation((text, ...more) => {
      if (text === JSON.stringify(ok)) seen.push('parsed')
      return parse(text, ...more)
    })
    stop.push(
      () => requestSent.unsubscribe(hearSent),
      () => spy.mockRestore(),
    )
    const { transport } = transportWith({
      origins: [server.origin],
      budget: createRequestBudget({ concurrency: 1 }),
    })
    const asked = get('/seats', { url: new URL('/seats', server.origin) })
    await Promise.all([1, 2, 3].map(() => transport(asked, {})()))
    expect(seen).toEqual(['sent', 'sent', 'parsed', 'sent', 'parsed', 'parsed'])
  })

  test('that refuses all requests holds back those that wait for a place', async () => {
    let refused = 0
    const clock = createVirtualClock()
    const end = clock.now() + 1_000
    const server = await startServer((_, response) => {
      if (clock.now() >= end) return send(response, ok)
      refused++
      response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}')
    })
    const budget = createRequestBudget({ clock })
    const { transport } = transportWith({ origins: [server.origin], budget, runtime: { clock } })
    const asked = get('/seats', { url: new URL('/seats', server.origin) })
    const answers = await Promise.all(Array.from({ length: 12 }, () => outcome(transport(asked, {}))))
    expect(answers).toEqual(answers.map(() => answered(ok)))
    // Four at once are under way at first, and one has the place of the first answer before that is read.
    expect(refused).toBeLessThanOrEqual(5)
  })

  test('takes no more room than it is long, however many wait to be parsed', async () => {
    const texts = Array.from({ length: 200 }, (_, number) => JSON.stringify({ number }))
    let next = 0
    const { transport } = transportWith({
      budget: createRequestBudget({ concurrency: Number.POSITIVE_INFINITY }),
      runtime: { fetch: async () => new Response(texts[next++]) },
    })
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const bodies = await Promise.all(
      texts.map(async () => {
        const answer = await outcome(transport(get(), {}))
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
        return answer
      }),
    )
    expect(bodies).toEqual(texts.map((text) => answered(JSON.parse(text))))
    expect(most).toBeLessThan(20 * 2 ** 20)
  })

  test('tells its head before that, where it is one of success', async () => {
    const server = await startServer((request, response) => {
      response.setHeader('x-next', 'two')
      if (request.url === '/bad') response.statusCode = 404
      send(response, ok)
    })
    const heads: unknown[] = []
    const { transport } = transportWith({ origins: [server.origin] })
    const ask = (path: string) =>
      transport(
        get('/seats', {
          url: new URL(path, server.origin),
          onHead: ({ status, header }) => {
            heads.push(status, header('x-next'))
          },
        }),
        {},
      )()
    await ask('/bad')
    expect(heads).toEqual([])
    await ask('/good').then(() => heads.push('answered'))
    expect(heads).toEqual([200, 'two', 'answered'])
  })
})

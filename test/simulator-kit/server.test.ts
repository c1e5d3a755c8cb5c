import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type ActiveFault,
  createSimulatorClock,
  type FaultEffect,
  json,
  type RunningServer,
  type ServerOptions,
  startServer,
} from '../../src/simulator-kit/index.ts'
import { timersThatStandStill, untilSo } from '../timers-that-stand-still.ts'

let server: RunningServer | undefined

const start = async (options: Partial<ServerOptions> = {}): Promise<RunningServer> => {
  let carriedOut = 0
  server = await startServer({
    vendor: 'Example',
    port: 0,
    latencyMs: 0,
    clock: createSimulatorClock(() => 1000),
    routes: () => [
      { method: 'GET', path: '/things/special', handle: () => json({ special: true }) },
      {
        method: 'GET',
        path: '/things/:id',
        handle: ({ params, query }) => json({ id: params.id, page: query.get('page') }),
      },
      { method: 'POST', path: '/things', handle: ({ body }) => json({ length: body.length }) },
      {
        method: 'POST',
        path: '/count',
        handle: () => {
          carriedOut += 1
          return json({ carriedOut })
        },
      },
      {
        method: 'GET',
        path: '/broken',
        handle: () => {
          throw new Error('a mistake')
        },
      },
    ],
    refusals: {
      unknownPath: () => json({ message: 'unknown' }, 404),
      methodNotAllowed: (_, allowed) => json({ allowed }, 405),
      bodyTooLarge: () => json({ message: 'too large' }, 413),
    },
    ...options,
  })
  return server
}

afterEach(async () => {
  await server?.destroy()
  server = undefined
})

const get = (path: string, init?: RequestInit) => fetch(`${server?.url}${path}`, init)
const bodyOf = async (path: string, init?: RequestInit): Promise<unknown> => (await get(path, init)).json()

describe('a simulator server', () => {
  it('listens on loopback and says what it is', async () => {
    const { url } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const response = await get('/')
    expect(response.headers.get('server')).toBe('seatlens-simulator')
    expect(await response.json()).toMatchObject({ simulator: true, vendor: 'Example' })
  })

  it('takes the first route that fits and decodes its names', async () => {
    await start()
    expect(await bodyOf('/things/special')).toEqual({ special: true })
    expect(await bodyOf('/things/a%2Fb%20%C3%A9?page=2')).toEqual({ id: 'a/b é', page: '2' })
    expect((await get('/things/%E0%A4%A')).status).toBe(404)
  })

  it('tells an unknown path from a method that is not allowed', async () => {
    await start()
    expect((await get('/nothing')).status).toBe(404)
    expect(await bodyOf('/things', { method: 'DELETE' })).toEqual({ allowed: ['POST'] })
  })

  it('answers a body that is too large after taking it in', async () => {
    await start({ maxBodyBytes: 1000 })
    expect((await get('/things', { method: 'POST', body: 'x'.repeat(1000) })).status).toBe(200)
    expect((await get('/things', { method: 'POST', body: 'x'.repeat(5_000_000) })).status).toBe(413)
  })

  it('adds the vendor headers and its own to every answer, a failure of its own too', async () => {
    await start({ finish: (answer) => ({ ...answer, headers: { ...answer.headers, 'x-vendor': 'yes' } }) })
    const response = await get('/broken')
    expect(response.status).toBe(500)
    expect(response.headers.get('x-vendor')).toBe('yes')
    expect(await response.text()).toContain('the simulator itself failed')
  })

  it('logs requests without their credentials', async () => {
    const { requests } = await start()
    await Promise.all([
      get('/things/1?page=1', { headers: { authorization: 'Bearer secret', 'user-agent': 'nightly (2)' } }),
      get('/things/2'),
      get('/nothing'),
    ])
    expect(requests.count()).toBe(3)
    expect(requests.count({ method: 'GET', path: '/things/:id' })).toBe(2)
    expect(requests.byRoute().get('GET /things/:id')).toBe(2)
    const [logged] = requests.list({ path: '/things/1' })
    expect(logged).toMatchObject({ method: 'GET', path: '/things/1', route: '/things/:id', authorized: true, at: 1000 })
    expect(logged?.query.get('page')).toBe('1')
    expect(logged?.userAgent).toBe('nightly (2)')
    expect(JSON.stringify(requests.list())).not.toContain('secret')
    requests.clear()
    expect(requests.count()).toBe(0)
    expect(requests.byRoute().size).toBe(0)
  })

  it('counts the requests that are under way at once', async () => {
    const { requests } = await start({ latencyMs: 50 })
    const pass = timersThatStandStill()
    const three = Promise.all([get('/things/1'), get('/things/2'), get('/things/3')])
    await untilSo(() => requests.count() === 3)
    await pass(50)
    await three
    vi.useRealTimers()
    expect(requests.maximumInFlight()).toBe(3)
    await get('/things/1')
    expect(requests.maximumInFlight()).toBe(3)
  })

  it('refuses to start on a port that is taken', async () => {
    const { url } = await start()
    const taken = Number(new URL(url).port)
    const first = server
    await expect(start({ port: taken })).rejects.toThrow('EADDRINUSE')
    server = first
  })

  it('gives the answers that are under way before it stops', async () => {
    const running = await start({ latencyMs: 100 })
    const answer = bodyOf('/things/1')
    await expect.poll(() => running.requests.count()).toBe(1)
    await running.stop()
    expect(await answer).toMatchObject({ id: '1' })
    await expect(get('/things/1')).rejects.toThrow()
    await running.stop()
  })

  it('ends hanging requests and idle connections when it stops', async () => {
    const running = await start()
    running.faults.add({ match: { path: '/things/hang' }, effect: { kind: 'hang' } })
    const hanging = get('/things/hang').catch((error: unknown) => error)
    const idle = connect(Number(new URL(running.url).port), '127.0.0.1')
    await get('/things/1')
    await expect.poll(() => running.requests.count()).toBe(2)
    // A connection that it waits for is ended by a timer only.
    timersThatStandStill()
    await running.stop()
    expect(await hanging).toBeInstanceOf(Error)
    idle.destroy()
  })

  it('can end everything at once', async () => {
    const running = await start({ latencyMs: 5_000 })
    const answer = get('/things/1').catch((error: unknown) => error)
    await expect.poll(() => running.requests.count()).toBe(1)
    await running.destroy()
    expect(await answer).toBeInstanceOf(Error)
  })
})

describe('scripted faults', () => {
  const withFault = async (effect: FaultEffect | readonly FaultEffect[]) => {
    const running = await start()
    return running.faults.add({ effect })
  }

  /** A request that is given up a moment after a fault has struck it, and has had no answer by then. */
  const givenUp = async (ask: (signal: AbortSignal) => Promise<Response>, fault: ActiveFault) => {
    const controller = new AbortController()
    const answer = ask(controller.signal).catch((error: unknown) => error)
    await expect.poll(fault.strikes).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    controller.abort()
    expect(await answer).toMatchObject({ name: 'AbortError' })
  }

  it('strike in their order, each as often as it says', async () => {
    const { faults } = await start({
      faults: [
        { match: { path: '/things/:id', times: 2 }, effect: { kind: 'status', status: 503 } },
        {
          match: { path: '/things/:id', skip: 1, times: 1 },
          effect: { kind: 'status', status: 429, headers: { 'Retry-After': '7' }, body: { message: 'slow down' } },
        },
      ],
    })
    const responses = []
    for (let turn = 0; turn < 5; turn++) responses.push(await get('/things/1'))
    expect(responses.map(({ status }) => status)).toEqual([503, 503, 200, 429, 200])
    expect(responses[3]?.headers.get('retry-after')).toBe('7')
    expect(await responses[3]?.json()).toEqual({ message: 'slow down' })
    expect(faults.active().map(({ strikes }) => strikes())).toEqual([2, 1])
  })

  it('match by method, path and query', async () => {
    const { faults } = await start()
    faults.add({
      match: { method: 'GET', path: '/things/*', query: { page: '3' } },
      effect: { kind: 'status', status: 500, body: '<html>' },
    })
    expect((await get('/things/1?page=2')).status).toBe(200)
    expect((await get('/things/1?page=3')).status).toBe(500)
    expect((await get('/things', { method: 'POST', body: '' })).status).toBe(200)
  })

  it('can be taken out while the simulator runs', async () => {
    const fault = await withFault({ kind: 'status', status: 500 })
    expect((await get('/things/1')).status).toBe(500)
    fault.remove()
    expect((await get('/things/1')).status).toBe(200)
    expect(fault.strikes()).toBe(1)
    server?.faults.add({ effect: { kind: 'status', status: 500 } })
    server?.faults.clear()
    expect((await get('/things/1')).status).toBe(200)
  })

  it('delay an answer', async () => {
    await withFault({ kind: 'delay', ms: 80 })
    const before = Date.now()
    await get('/things/1')
    expect(Date.now() - before).toBeGreaterThanOrEqual(75)
  })

  it('leave a request without an answer', async () => {
    const hanging = await withFault({ kind: 'hang' })
    await givenUp((signal) => get('/things/1', { signal }), hanging)
  })

  it('leave a request without an answer after carrying it out', async () => {
    const { faults } = await start()
    const post = (init: RequestInit = {}) => get('/count', { method: 'POST', ...init })
    const hanging = faults.add({ match: { times: 1 }, effect: { kind: 'hang', carriedOut: true } })
    await givenUp((signal) => post({ signal }), hanging)
    expect(await (await post()).json()).toEqual({ carriedOut: 2 })
  })

  it('reset the connection, with or without carrying the request out', async () => {
    const running = await start()
    const post = () => get('/count', { method: 'POST' })
    running.faults.add({ match: { times: 1 }, effect: { kind: 'reset' } })
    await expect(post()).rejects.toThrow()
    running.faults.add({ match: { times: 1 }, effect: { kind: 'reset', carriedOut: true } })
    await expect(post()).rejects.toThrow()
    running.faults.add({ match: { times: 1 }, effect: { kind: 'status', status: 503, carriedOut: true } })
    expect((await post()).status).toBe(503)
    expect(await (await post()).json()).toEqual({ carriedOut: 3 })
  })

  it('cut the body although the whole of it was promised', async () => {
    await withFault({ kind: 'cut' })
    const response = await get('/things/1')
    expect(response.status).toBe(200)
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(10)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('truncate the JSON in sound HTTP', async () => {
    await withFault({ kind: 'truncate' })
    const text = await (await get('/things/1')).text()
    expect(text.length).toBeGreaterThan(0)
    expect(() => JSON.parse(text)).toThrow()
  })

  it('trickle the body', async () => {
    await withFault({ kind: 'trickle', chunkBytes: 4, everyMs: 10 })
    const before = Date.now()
    expect(await bodyOf('/things/1')).toEqual({ id: '1', page: null })
    expect(Date.now() - before).toBeGreaterThanOrEqual(50)
  })

  it('compress the body', async () => {
    await withFault({ kind: 'gzip' })
    const response = await get('/things/1')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.json()).toEqual({ id: '1', page: null })
  })

  it('act together, as in a compressed body that is cut', async () => {
    await withFault([{ kind: 'gzip' }, { kind: 'cut' }])
    await expect((await get('/things/1')).text()).rejects.toThrow()
  })

  it('rewrite the real answer', async () => {
    await withFault({
      kind: 'rewrite',
      rewrite: (answer, request) => ({
        ...answer,
        headers: { ...answer.headers, 'x-id': request.params.id ?? '' },
        body: answer.body.replace('null', '"rewritten"'),
      }),
    })
    const response = await get('/things/9')
    expect(response.headers.get('x-id')).toBe('9')
    expect(await response.json()).toEqual({ id: '9', page: 'rewritten' })
  })

  it('show a mistake in their own function', async () => {
    await withFault({
      kind: 'rewrite',
      rewrite: () => {
        throw new Error('a mistake')
      },
    })
    const response = await get('/things/1')
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('a mistake')
  })
})

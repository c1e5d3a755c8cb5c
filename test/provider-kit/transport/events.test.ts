import { AsyncLocalStorage } from 'node:async_hooks'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { createRequestBudget, Http, type TransportEvent } from '../../../src/provider-kit/index.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { answered, get, origin, outcome, readFailure, transportWith } from './transport-with.ts'
import { vendor } from './vendor.ts'
import { createVirtualClock } from './virtual-clock.ts'

withoutNetwork()

const ok = { seats: 3 }
const common = { provider: 'vendor-1', operation: 'GET /seats' }
const startedAt = '2026-11-20T10:00:00.000Z'

describe('the host', () => {
  test('hears of every attempt at a request and of every wait, without an address', async () => {
    vendor().get('/seats?secret=1').reply(503, {}).get('/seats?secret=1').reply(200, ok)
    const { transport, events } = transportWith()
    await outcome(transport(get('/seats?secret=1'), {}))
    const attempt = { type: 'attempt', ...common, id: '1', milliseconds: 0 }
    expect(events).toEqual([
      { ...attempt, attempt: 1, startedAt, status: 503, bytes: 2 },
      { type: 'wait', ...common, reason: 'retry', ms: 500 },
      { ...attempt, attempt: 2, startedAt: '2026-11-20T10:00:00.500Z', status: 200, bytes: 11 },
    ])
  })

  test('hears of requests by ids that differ', async () => {
    vendor().get('/seats').times(3).reply(200, ok)
    const { transport, events } = transportWith()
    for (const _ of [1, 2, 3]) await outcome(transport(get(), {}))
    expect(events.map((event) => event.type === 'attempt' && event.id)).toEqual(['1', '2', '3'])
  })

  test('hears why no answer came', async () => {
    vendor()
      .get('/seats')
      .times(5)
      .replyWithError(Object.assign(new Error('boom'), { code: 'ECONNRESET' }))
    const { transport, events } = transportWith()
    await outcome(transport(get(), {}))
    const attempts = events.filter(({ type }) => type === 'attempt')
    expect(attempts).toHaveLength(5)
    for (const [index, attempt] of attempts.entries()) {
      expect(attempt).toMatchObject({ id: '1', attempt: index + 1, failure: 'network', bytes: 0 })
      expect(attempt).not.toHaveProperty('status')
    }
  })

  test('hears the status and the bytes of an answer that is too long', async () => {
    vendor().get('/seats').reply(200, 'x'.repeat(100))
    const { transport, events } = transportWith({ policy: { maxBodyBytes: 10 } })
    await outcome(transport(get(), {}))
    expect(events).toMatchObject([{ type: 'attempt', status: 200, failure: 'tooLarge', bytes: 100 }])
  })

  test('hears of requests that the caller stops', async () => {
    const stop = new AbortController()
    const fetch = async (): Promise<Response> => {
      stop.abort()
      return new Promise(() => {})
    }
    const { transport, events } = transportWith({ runtime: { fetch } })
    await outcome(transport(get(), { signal: stop.signal }))
    await new Promise(setImmediate)
    expect(events).toMatchObject([{ type: 'attempt', attempt: 1, failure: 'aborted' }])
  })

  test('hears of the requests for tokens, which no other request has the id of', async () => {
    vendor().post('/token').reply(503, {}).post('/token').reply(200, { token: 'abcdefgh' })
    vendor().get('/seats').reply(200, ok)
    const events: TransportEvent[] = []
    const clock = createVirtualClock()
    const runtime = { clock, random: () => 1, onEvent: (event: TransportEvent) => events.push(event) }
    const login: Http.LoginOptions = {
      url: origin,
      readFailure,
      secrets: [],
      mint: (access) => () =>
        access.call({ method: 'POST', path: '/token', repeatable: true }, t.type({ token: t.string }), {}),
    }
    const api = Http.openApi({ id: 'vendor-1', url: origin, readFailure, token: login }, runtime)
    await api.send({ method: 'GET', path: '/seats' }, {})()
    const attempts = events.flatMap((event) => (event.type === 'attempt' ? [event] : []))
    expect(attempts.map(({ operation, attempt }) => `${operation} ${attempt}`)).toEqual([
      'POST /token 1',
      'POST /token 2',
      'GET /seats 1',
    ])
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(2)
    expect(JSON.stringify(events)).not.toContain('abcdefgh')
  })

  test('hears of a second API of the provider, and of shared credentials, by ids of their own', async () => {
    vendor().post('/token').reply(200, { token: 'abcdefgh' }).get('/seats').times(2).reply(200, ok)
    const events: TransportEvent[] = []
    const runtime = { clock: createVirtualClock(), onEvent: (event: TransportEvent) => events.push(event) }
    const connection: Http.ConnectionOptions = {
      id: 'vendor-1',
      token: {
        url: origin,
        readFailure,
        secrets: [],
        mint: (access) => () => access.call({ method: 'POST', path: '/token' }, t.type({ token: t.string }), {}),
      },
    }
    const credentials = Http.openCredentials(connection, runtime)
    const place = { ...connection, url: origin, readFailure }
    const first = Http.openApi(place, { ...runtime, credentials })
    const second = Http.openApi(place, first.runtime)
    for (const { send } of [first, second]) await send({ method: 'GET', path: '/seats' }, {})()
    const ids = events.flatMap((event) => (event.type === 'attempt' ? [event.id] : []))
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
    expect(second.budget).toBe(first.budget)
  })

  test('hears of a request in the asynchronous context of the call that it is for', async () => {
    vendor().get('/seats').times(6).delay(5).reply(200, ok)
    const caller = new AsyncLocalStorage<string>()
    const heard: string[] = []
    const { transport } = transportWith({
      budget: createRequestBudget({ concurrency: 1 }),
      runtime: { onEvent: (event) => heard.push(`${event.type} for ${caller.getStore()}`) },
    })
    await Promise.all(['ada', 'bob', 'cy'].map((name) => caller.run(name, transport(get(), {}))))
    expect(heard).toEqual(['attempt for ada', 'attempt for bob', 'attempt for cy'])
  })
})

describe('what a host does with events changes no result', () => {
  for (const [what, onEvent] of [
    [
      'throws',
      () => {
        throw new Error('the display is broken')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('the log is full')
      },
    ],
    ['never ends', () => new Promise<void>(() => {})],
  ] as const) {
    test(`where it ${what}`, async () => {
      vendor().get('/seats').reply(503, {}).get('/seats').reply(200, ok)
      const { transport } = transportWith({ runtime: { clock: createVirtualClock(), onEvent } })
      expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    })
  }
})

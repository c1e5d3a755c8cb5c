import { describe, expect, test } from 'vitest'
import { withoutNetwork } from '../../providers/without-network.ts'
import { answered, get, outcome, transportWith, write } from './transport-with.ts'
import { vendor } from './vendor.ts'

withoutNetwork()

const ok = { seats: 3 }

describe('a read', () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    test(`is repeated after a ${status}`, async () => {
      vendor().get('/seats').reply(status, {}).get('/seats').reply(200, ok)
      const { transport } = transportWith()
      expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    })
  }

  test('is repeated after a 423 that names a time', async () => {
    vendor().get('/seats').reply(423, {}, { 'retry-after': '2' }).get('/seats').reply(200, ok)
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    expect(clock.slept).toEqual([2_000])
  })

  for (const [status, tag] of [
    [400, 'RequestRejected'],
    [403, 'PermissionDenied'],
    [404, 'NotFound'],
    [405, 'RequestRejected'],
    [409, 'Conflict'],
    [412, 'Conflict'],
    [410, 'RequestRejected'],
    [501, 'Unavailable'],
  ] as const) {
    test(`is not repeated after a ${status}, which is ${tag}`, async () => {
      vendor().get('/seats').reply(status, { code: 'c', message: 'm' }, { 'x-correlation-id': 'id-1' })
      const { transport, clock } = transportWith()
      expect(await outcome(transport(get(), {}))).toMatchObject({
        _tag: tag,
        provider: 'vendor-1',
        operation: 'GET /seats',
        status,
        vendorCode: 'c',
        vendorMessage: 'm',
        correlationId: 'id-1',
      })
      expect(clock.slept).toEqual([])
    })
  }

  test('is repeated after a 423 that names no time, like any failure that passes', async () => {
    vendor().get('/seats').reply(423, {}).get('/seats').reply(200, ok)
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    expect(clock.slept).toEqual([500])
  })

  for (const named of ['0.001', '0.4', new Date(Date.parse('2026-11-20T10:00:00.400Z')).toUTCString()]) {
    test(`is given up after five attempts where a 429 names less than our own wait: ${named}`, async () => {
      const scope = vendor().get('/seats').times(5).reply(429, {}, { 'retry-after': named })
      const { transport, clock } = transportWith()
      expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'RateLimited', status: 429 })
      expect(scope.isDone()).toBe(true)
      expect(clock.slept).toEqual([500, 1_000, 2_000, 4_000])
    })
  }

  test('is given up after five attempts, with ever longer waits between them', async () => {
    const scope = vendor().get('/seats').times(5).reply(503, {})
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Unavailable', status: 503, attempts: 5 })
    expect(scope.isDone()).toBe(true)
    expect(clock.slept).toEqual([500, 1_000, 2_000, 4_000])
  })

  test('waits no longer than eight seconds between attempts', async () => {
    vendor().get('/seats').times(7).reply(503, {})
    const { transport, clock } = transportWith({ policy: { attempts: 7 } })
    await outcome(transport(get(), {}))
    expect(clock.slept.slice(-2)).toEqual([8_000, 8_000])
  })

  test('waits at least half as long where chance will have it', async () => {
    vendor().get('/seats').reply(503, {}).get('/seats').reply(200, ok)
    const { transport, clock } = transportWith({ runtime: { random: () => 0 } })
    await outcome(transport(get(), {}))
    expect(clock.slept).toEqual([250])
  })

  test('is RateLimited after five attempts where the vendor names no time', async () => {
    const scope = vendor().get('/seats').times(5).reply(429, {})
    const { transport, clock } = transportWith()
    const error = await outcome(transport(get(), {}))
    expect(error).toMatchObject({ _tag: 'RateLimited', status: 429 })
    expect(error).not.toHaveProperty('retryAfterMs')
    expect(scope.isDone()).toBe(true)
    expect(clock.slept).toEqual([500, 1_000, 2_000, 4_000])
  })

  test('is repeated where the vendor throttles with another status', async () => {
    vendor().get('/seats').reply(400, { code: 'throttled' }).get('/seats').reply(200, ok)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
  })

  test('is repeated after a network error', async () => {
    vendor()
      .get('/seats')
      .replyWithError(Object.assign(new Error('boom'), { code: 'ECONNRESET' }))
      .get('/seats')
      .reply(200, ok)
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    expect(clock.slept).toEqual([500])
  })

  test('is Unavailable after five network errors, with the reason', async () => {
    vendor()
      .get('/seats')
      .times(5)
      .replyWithError(Object.assign(new Error('boom'), { code: 'ECONNRESET' }))
    const { transport } = transportWith()
    const error = await outcome(transport(get(), {}))
    expect(error).toMatchObject({ _tag: 'Unavailable', attempts: 5 })
    expect(error).toHaveProperty(
      'message',
      'api.vendor.example could not be reached, 5 attempts made: the connection was cut (ECONNRESET): try again later',
    )
  })

  for (const [what, body] of [
    ['truncated JSON', '{"seats": [1, 2'],
    ['no body', ''],
    ['HTML', '<!DOCTYPE html><title>Maintenance</title>'],
  ] as const) {
    test(`is repeated after ${what} with status 200`, async () => {
      vendor().get('/seats').reply(200, body).get('/seats').reply(200, ok)
      const { transport, clock } = transportWith()
      expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
      expect(clock.slept).toEqual([500])
    })
  }

  test('ends with the unreadable body where that is all that comes', async () => {
    const scope = vendor().get('/seats').times(5).reply(200, '<html>')
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({
      status: 200,
      body: { _tag: 'Left', left: 'the body is HTML or XML, not JSON' },
    })
    expect(scope.isDone()).toBe(true)
  })
})

describe('a write', () => {
  for (const status of [408, 500, 502, 503, 504]) {
    test(`is not repeated after a ${status}`, async () => {
      vendor().post('/seats').reply(status, {})
      const { transport, clock } = transportWith()
      expect(await outcome(transport(write(), {}))).toMatchObject({ _tag: 'Unavailable', status, attempts: 1 })
      expect(clock.slept).toEqual([])
    })
  }

  test('is not repeated after a network error, as it may have been carried out', async () => {
    vendor()
      .post('/seats')
      .replyWithError(Object.assign(new Error('boom'), { code: 'ECONNRESET' }))
    const { transport } = transportWith()
    expect(await outcome(transport(write(), {}))).toMatchObject({ _tag: 'Unavailable', attempts: 1 })
  })

  test('is not repeated where its answer cannot be read', async () => {
    vendor().post('/seats').reply(200, '{"cut')
    const { transport, clock } = transportWith()
    expect(await outcome(transport(write(), {}))).toMatchObject({ status: 200, body: { _tag: 'Left' } })
    expect(clock.slept).toEqual([])
  })

  for (const status of [429, 423]) {
    test(`is repeated, with its body, after a ${status} that names a time, as it was not carried out`, async () => {
      vendor()
        .post('/seats', { seat: 1 })
        .reply(status, {}, { 'retry-after': '1' })
        .post('/seats', { seat: 1 })
        .reply(200, ok)
      const { transport } = transportWith()
      expect(await outcome(transport(write(), {}))).toEqual(answered(ok))
    })
  }

  test('is repeated after a 503 where a repeat does no harm', async () => {
    vendor().post('/seats').reply(503, {}).post('/seats').reply(200, ok)
    const { transport } = transportWith()
    expect(await outcome(transport(write({ repeatable: true }), {}))).toEqual(answered(ok))
  })

  test('sends a form as a form', async () => {
    vendor()
      .post('/seats', 'grant_type=client_credentials&scope=a+b')
      .matchHeader('content-type', /x-www-form-urlencoded/)
      .reply(200, ok)
    const { transport } = transportWith()
    const { json: _, ...request } = write({ form: { grant_type: 'client_credentials', scope: 'a b' } })
    expect(await outcome(transport(request, {}))).toEqual(answered(ok))
  })
})

describe('a named wait', () => {
  test('of seconds is waited for', async () => {
    vendor().get('/seats').reply(429, {}, { 'retry-after': '42' }).get('/seats').reply(200, ok)
    const { transport, clock } = transportWith()
    await outcome(transport(get(), {}))
    expect(clock.slept).toEqual([42_000])
  })

  test('as an HTTP date is waited for', async () => {
    const { transport, clock } = transportWith()
    const date = new Date(clock.now() + 7_000).toUTCString()
    vendor().get('/seats').reply(429, {}, { 'retry-after': date }).get('/seats').reply(200, ok)
    await outcome(transport(get(), {}))
    expect(clock.slept).toEqual([7_000])
  })

  for (const garbage of [
    'rand(30),add(30)',
    '0',
    '-5',
    'soon',
    '',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    '2099-01-01',
    'add 30, 2099',
  ]) {
    test(`of "${garbage}" is none, so that the wait backs off`, async () => {
      vendor().get('/seats').reply(429, {}, { 'retry-after': garbage }).get('/seats').reply(200, ok)
      const { transport, clock } = transportWith()
      expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
      expect(clock.slept).toEqual([500])
    })
  }

  for (const status of [429, 423]) {
    test(`of an hour with a ${status} is not waited for, and the error says how long it is`, async () => {
      vendor().get('/seats').reply(status, {}, { 'retry-after': '3600' })
      const { transport, clock } = transportWith()
      expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'RateLimited', retryAfterMs: 3_600_000 })
      expect(clock.slept).toEqual([])
    })
  }

  test('of three minutes is waited for, and not of a second more', async () => {
    vendor()
      .get('/seats')
      .reply(429, {}, { 'retry-after': '180' })
      .get('/seats')
      .reply(429, {}, { 'retry-after': '181' })
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({
      _tag: 'RateLimited',
      status: 429,
      retryAfterMs: 181_000,
    })
    expect(clock.slept).toEqual([180_000])
  })

  test('is waited for up to the configured bound', async () => {
    vendor().get('/seats').reply(429, {}, { 'retry-after': '5' })
    const { transport } = transportWith({ policy: { maxRetryAfterMs: 4_000 } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'RateLimited', retryAfterMs: 5_000 })
  })

  test('uses up no attempt', async () => {
    vendor()
      .get('/seats')
      .times(8)
      .reply(429, {}, { 'retry-after': '1' })
      .get('/seats')
      .times(4)
      .reply(503, {})
      .get('/seats')
      .reply(200, ok)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
  })

  test('is bounded in total for one request', async () => {
    const scope = vendor().get('/seats').times(6).reply(429, {}, { 'retry-after': '180' })
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'RateLimited' })
    expect(scope.isDone()).toBe(true)
    expect(clock.slept).toEqual([180_000, 180_000, 180_000, 180_000, 180_000])
  })

  test('after a server error is waited for where it is longer than the backoff, and uses up an attempt', async () => {
    const scope = vendor().get('/seats').times(5).reply(503, {}, { 'retry-after': '3' })
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Unavailable', attempts: 5 })
    expect(scope.isDone()).toBe(true)
    expect(clock.slept).toEqual([3_000, 3_000, 3_000, 4_000])
  })

  test('of exactly three minutes after a server error is waited for, and uses up an attempt', async () => {
    vendor().get('/seats').times(5).reply(503, {}, { 'retry-after': '180' })
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Unavailable', attempts: 5 })
    expect(clock.slept).toEqual([180_000, 180_000, 180_000, 180_000])
  })

  for (const [status, tag] of [
    [404, 'NotFound'],
    [501, 'Unavailable'],
  ] as const) {
    test(`of an hour with a ${status}, which no wait mends, does not make a limit of rate of it`, async () => {
      vendor().get('/seats').reply(status, {}, { 'retry-after': '3600' })
      const { transport } = transportWith()
      expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: tag, status })
    })
  }

  test('of an hour after a server error is not waited for', async () => {
    vendor().get('/seats').reply(503, {}, { 'retry-after': '3600' })
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({
      _tag: 'RateLimited',
      status: 503,
      retryAfterMs: 3_600_000,
    })
    expect(clock.slept).toEqual([])
  })
})

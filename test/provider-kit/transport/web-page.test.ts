import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { callJson } from '../../../src/provider-kit/json-api.ts'
import { fixedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { get, outcome, transportWith } from './transport-with.ts'
import { vendor } from './vendor.ts'

withoutNetwork()

const page = '<!DOCTYPE html><html><body><h1>Sorry, you have been blocked</h1> needed: [seat:admin]</body></html>'
const html = { 'content-type': 'text/html; charset=UTF-8' }
const message =
  'the answer is a web page and does not come from the vendor: a filter, a proxy or a sign-in page in between has ' +
  'answered; have requests to api.vendor.example let through'

describe('a web page in place of an answer', () => {
  for (const status of [400, 401, 403, 404, 407, 409, 451, 511]) {
    test(`is not taken for what the vendor says with ${status}`, async () => {
      vendor().get('/seats').times(5).reply(status, page, html)
      const { transport } = transportWith({ credentials: fixedCredentials('a-token') })
      const error = await outcome(transport(get('/seats', { needs: ['seat:view'] }), {}))
      expect(error).toMatchObject({
        _tag: 'InvalidResponse',
        status,
        message,
        issues: ['the body is HTML or XML, not JSON'],
      })
      expect(JSON.stringify(error)).not.toMatch(/seat:|blocked/)
    })
  }

  test('is one by its content type too', async () => {
    vendor().get('/seats').reply(403, 'Blocked', html)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'InvalidResponse', message })
  })

  test('is none where the vendor says its JSON with the wrong type', async () => {
    vendor().get('/seats').reply(403, '{"message":"no"}', html)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'PermissionDenied', vendorMessage: 'no' })
  })

  test('leaves a redirect what it is', async () => {
    vendor().get('/seats').reply(302, page, html)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Untrusted', status: 302 })
  })

  test('leaves a limit of rate what it is', async () => {
    vendor()
      .get('/seats')
      .reply(429, page, { ...html, 'retry-after': '2' })
      .get('/seats')
      .reply(200, {})
    const { transport, clock } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ status: 200 })
    expect(clock.slept).toEqual([2_000])
  })

  test('with 200 is got over where it comes a few times, and is named with the host where it stays', async () => {
    vendor().get('/seats').times(4).reply(200, page, html).get('/seats').reply(200, { seats: 3 })
    const { transport } = transportWith()
    const call = callJson('vendor-1', transport)
    const Seats = t.type({ seats: t.number }, 'Seats')
    expect(await call(get(), Seats, {})()).toEqual(E.right({ seats: 3 }))
    vendor().get('/seats').times(5).reply(200, page, html)
    expect(await call(get(), Seats, {})()).toMatchObject({ left: { _tag: 'InvalidResponse', status: 200, message } })
  })

  test('is mentioned where the vendor’s side fails every time', async () => {
    vendor().get('/seats').times(5).reply(502, page, html)
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({
      _tag: 'Unavailable',
      message:
        "failed on the vendor's side, 5 attempts made; the answer is a web page, which a proxy in between may have sent",
    })
  })
})

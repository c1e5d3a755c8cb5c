import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { Http } from '../../src/provider-kit/index.ts'
import { stillRuntime } from '../providers/still-runtime.ts'
import { withoutNetwork } from '../providers/without-network.ts'
import { origin, readFailure } from './transport/transport-with.ts'
import { vendor } from './transport/vendor.ts'

const Seats = t.type({ seats: t.number }, 'Seats')
const Token = t.type({ token: t.string }, 'Token')

const place = { id: 'vendor-1', url: `${origin}/v1`, operationPrefix: '/v1', readFailure }
const access = (token: Http.ApiAccessOptions['token'] = 'abc', runtime = stillRuntime()) =>
  Http.openApi({ ...place, token }, runtime)

/** Tokens that the vendor issues for a secret. */
const login = (secrets: readonly string[] = ['pass-9876']): Http.LoginOptions => ({
  url: origin,
  readFailure,
  secrets,
  mint:
    ({ call }) =>
    () =>
      call({ method: 'POST', path: '/token', form: { secret: 'pass-9876' }, repeatable: true }, Token, {}),
})

withoutNetwork()

describe('a request', () => {
  test('goes to its path below the address of the API, with its id and its query, and is named after the path', async () => {
    vendor().get('/v1/seats/a%2Fb').query({ full: 'true' }).reply(200, { seats: 3 })
    vendor().get('/v1/seats/c').reply(404, {})
    const { call } = access()
    const path = '/seats/{seatId}'
    expect(await call({ method: 'GET', path, id: 'a/b', query: { full: true } }, Seats, {})()).toEqual(
      E.right({ seats: 3 }),
    )
    expect(await call({ method: 'GET', path, id: 'c' }, Seats, {})()).toMatchObject({
      left: { _tag: 'NotFound', provider: 'vendor-1', operation: 'GET /v1/seats/{seatId}' },
    })
  })

  test.each(['', '..', '\ud800'])('with the id %j is refused and not sent', async (id) => {
    expect(await access().send({ method: 'GET', path: '/seats/{seatId}', id }, {})()).toMatchObject({
      left: { _tag: 'RequestRejected', operation: 'GET /v1/seats/{seatId}', message: 'this is not an id' },
    })
  })

  test('may be for something within: its id has the second place, and is refused likewise', async () => {
    vendor().get('/v1/rows/%7BseatId%7D/seats/a%2Fb').reply(200, { seats: 3 })
    const path = '/rows/{rowId}/seats/{seatId}'
    const { call } = access()
    // What stands in braces in an id is no place for another one.
    expect(await call({ method: 'GET', path, id: '{seatId}', within: 'a/b' }, Seats, {})()).toEqual(
      E.right({ seats: 3 }),
    )
    expect(await call({ method: 'GET', path, id: 'c', within: '..' }, Seats, {})()).toMatchObject({
      left: { _tag: 'RequestRejected', message: 'this is not an id' },
    })
  })

  test('that reads is repeated after a failure, and one that writes is not, unless it says that it may be', async () => {
    for (const method of ['get', 'patch'] as const) vendor()[method]('/v1/seats').reply(503)
    const { send } = access()
    vendor().get('/v1/seats').reply(200, {})
    expect(await send({ method: 'GET', path: '/seats' }, {})()).toMatchObject({ right: { status: 200 } })
    expect(await send({ method: 'PATCH', path: '/seats' }, {})()).toMatchObject({ left: { _tag: 'Unavailable' } })
    vendor().patch('/v1/seats').reply(503).patch('/v1/seats').reply(200, {})
    expect(await send({ method: 'PATCH', path: '/seats', repeatable: true }, {})()).toMatchObject({
      right: { status: 200 },
    })
  })

  test('may have an address of its own, which must be at the origin of the API', async () => {
    vendor().get('/v1/seats').query({ after: '7' }).reply(200, { seats: 1 })
    const { call } = access()
    const asked = (url: string) => call({ method: 'GET', path: '/seats', url: new URL(url) }, Seats, {})()
    expect(await asked(`${origin}/v1/seats?after=7`)).toEqual(E.right({ seats: 1 }))
    expect(await asked('https://elsewhere.example/v1/seats')).toMatchObject({ left: { _tag: 'Untrusted' } })
  })
})

describe('the token', () => {
  const bearing = (token: string) =>
    nock(origin, { reqheaders: { authorization: `Bearer ${token}` } })
      .get('/v1/seats')
      .reply(200, {})
  const statusOf = async ({ send }: Http.ApiAccess) => {
    const answer = await send({ method: 'GET', path: '/seats' }, {})()
    return E.isRight(answer) ? answer.right.status : answer.left._tag
  }

  test('is the one of the configuration, or what the function of the caller gives', async () => {
    bearing('abc')
    expect(await statusOf(access('abc'))).toBe(200)
    bearing('def')
    expect(await statusOf(access(async () => 'def'))).toBe(200)
  })

  test('of a login is got once for all requests and providers that share it', async () => {
    vendor().post('/token', { secret: 'pass-9876' }).once().reply(200, { token: 'minted' })
    const credentials = Http.openCredentials({ ...place, token: login() }, stillRuntime())
    const runtime = { ...stillRuntime(), credentials }
    for (let times = 0; times < 3; times++) bearing('minted')
    const [one, other] = [access(login(), runtime), access(login(), runtime)]
    expect(await Promise.all([one, one, other].map(statusOf))).toEqual([200, 200, 200])
  })

  test('that cannot be got is the failure of the request, in the name of the login', async () => {
    vendor().post('/token').reply(401, { message: 'pass-9876 is wrong' })
    const failed = await access(login()).send({ method: 'GET', path: '/seats' }, {})()
    expect(failed).toMatchObject({ left: { _tag: 'AuthenticationFailed', operation: 'POST /token' } })
    expect(JSON.stringify(failed)).not.toContain('pass-9876')
  })

  test('and all secrets of the configuration are masked, also where the runtime has the credentials', async () => {
    const credentials = Http.openCredentials({ ...place, token: async () => 'shared-token-1' }, stillRuntime())
    const { secrets } = access(login(['pass-9876', 'other-5432']), { ...stillRuntime(), credentials })
    expect(secrets.mask('pass-9876 and other-5432')).not.toMatch(/9876|5432/)
    expect(access('fixed-1234').secrets.mask('fixed-1234')).not.toContain('1234')
  })
})

test('an id that is none is refused when an API or credentials are opened', () => {
  const expected = expect.objectContaining({ error: expect.objectContaining({ _tag: 'InvalidInput', path: 'id' }) })
  expect(() => Http.openApi({ ...place, id: 'Not An Id', token: 'abc' }, {})).toThrow(expected)
  const token = { ...login(), mint: () => () => TE.right({ token: 'x' }) }
  expect(() => Http.openCredentials({ id: 'Not An Id', token }, {})).toThrow(expected)
})

describe('a request', () => {
  test('may put and delete, with a body or without, and is not repeated unless it says so', async () => {
    vendor()
      .put('/v1/seats/a', { count: 2 })
      .reply(200, { seats: 2 })
      .delete('/v1/seats/a')
      .query({ of: 'b' })
      .reply(204)
    const { call, send } = access()
    const seat = { path: '/seats/{seatId}', id: 'a' }
    expect(await call({ method: 'PUT', ...seat, json: { count: 2 } }, Seats, {})()).toEqual(E.right({ seats: 2 }))
    expect(await send({ method: 'DELETE', ...seat, query: { of: 'b' }, bodyOptional: true }, {})()).toMatchObject({
      right: { status: 204, content: 'none' },
    })
    vendor().put('/v1/seats/a').reply(503).delete('/v1/seats/a').reply(503)
    expect(await send({ method: 'PUT', ...seat }, {})()).toMatchObject({
      left: { _tag: 'Unavailable', operation: 'PUT /v1/seats/{seatId}', attempts: 1 },
    })
    expect(await send({ method: 'DELETE', ...seat }, {})()).toMatchObject({
      left: { _tag: 'Unavailable', operation: 'DELETE /v1/seats/{seatId}', attempts: 1 },
    })
  })

  test('loses no digit of a number, neither of one that it sends nor of one that it gets, if it asks for that', async () => {
    const digits = '576460752303423487'
    const bodies: string[] = []
    const answer = (_: string, body: unknown) => {
      bodies.push(String(body))
      return `{"option":${digits},"seats":3}`
    }
    nock(origin, { reqheaders: { 'content-type': 'application/json' } })
      .post('/v1/options', (body) => body.option > 0)
      .times(2)
      .reply(200, answer)
    nock.emitter.setMaxListeners(20)
    const { send } = access()
    const request = { method: 'POST', path: '/options', json: { option: BigInt(digits) } } as const
    expect(await send({ ...request, exactNumbers: true }, {})()).toMatchObject({
      right: { body: E.right({ option: digits, seats: 3 }) },
    })
    expect(await send(request, {})()).toMatchObject({ right: { body: E.right({ option: Number(digits), seats: 3 }) } })
  })
})

describe('a credential', () => {
  test('may be sent in another header than that of a bearer token, and is masked all the same', async () => {
    nock(origin, { badheaders: ['authorization'], reqheaders: { 'x-api-key': 'key-123456' } })
      .get('/v1/seats')
      .reply(400, { message: 'bad key-123456' })
    const { send } = Http.openApi({ ...place, token: 'key-123456', sentAs: Http.inHeader('x-api-key') }, stillRuntime())
    expect(await send({ method: 'GET', path: '/seats' }, {})()).toMatchObject({ left: { vendorMessage: 'bad ***' } })
  })

  test('may be a user and a password', async () => {
    vendor().get('/v1/seats').basicAuth({ user: 'jane', pass: 'päss-wörd' }).reply(200, { seats: 3 })
    const token = Http.basicToken('jane', 'päss-wörd')
    const { call } = Http.openApi({ ...place, token, sentAs: Http.inHeader('authorization', 'Basic ') }, stillRuntime())
    expect(await call({ method: 'GET', path: '/seats' }, Seats, {})()).toEqual(E.right({ seats: 3 }))
  })

  test('of a login may be a client and its secret, which no message has in any form', async () => {
    const secret = 'client-secret-4711'
    const basic = Http.basicToken('client', secret)
    const { secrets: _, ...withoutSecrets } = login()
    const client = { ...withoutSecrets, client: { id: 'client', secret } }
    nock(origin, { reqheaders: { authorization: `Basic ${basic}` } })
      .post('/token')
      .reply(200, { token: 'token-1' })
    nock(origin, { reqheaders: { authorization: 'Bearer token-1' } })
      .get('/v1/seats')
      .reply(400, { message: `${secret} ${basic}` })
    expect(await access(client).send({ method: 'GET', path: '/seats' }, {})()).toMatchObject({
      left: { _tag: 'RequestRejected', vendorMessage: '*** ***' },
    })
  })
})

describe('the scope of a login', () => {
  const minting = (more: Partial<Http.LoginOptions>) => {
    const seen: (AbortSignal | undefined)[] = []
    const mint: Http.LoginOptions['mint'] = () => (_, scope) => () => {
      seen.push(scope.signal)
      return new Promise(() => {})
    }
    return { seen, access: access({ ...login(), mint, ...more }) }
  }

  test.each([
    [true, true],
    [undefined, false],
  ])('ends with the last request that waits if the login abandons its tokens: %s', async (abandons, ended) => {
    const { seen, access: api } = minting({ abandons })
    const [one, other] = [new AbortController(), new AbortController()]
    const ask = ({ signal }: AbortController) => api.send({ method: 'GET', path: '/seats' }, { signal })()
    const asked = [ask(one), ask(other)]
    await new Promise((resolve) => setImmediate(resolve))
    one.abort()
    expect(await asked[0]).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(seen.map((signal) => signal?.aborted)).toEqual([false])
    other.abort()
    expect(await asked[1]).toMatchObject({ left: { _tag: 'Aborted' } })
    expect(seen.map((signal) => signal?.aborted)).toEqual([ended])
  })

  test('of a client gets a new token, whose lifetime may be a number or digits', async () => {
    const clientOf = (expires_in: unknown) => {
      nock(origin)
        .post('/token', { grant_type: 'client_credentials' })
        .reply(200, { access_token: 'token-1', expires_in })
      vendor().get('/v1/seats').reply(200, { seats: 3 })
      const request = { path: '/token', form: { grant_type: 'client_credentials' } }
      return access(Http.clientLogin({ url: origin, readFailure, client: { id: 'a', secret: 'b' }, request }))
    }
    for (const expires of [3600, '3600', null, 'soon']) {
      const { call } = clientOf(expires)
      expect(await call({ method: 'GET', path: '/seats' }, Seats, {})()).toEqual(E.right({ seats: 3 }))
    }
  })
})

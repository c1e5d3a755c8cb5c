import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysClient } from '../../../providers/genesys/index.ts'
import { type AccessTokenRequest, toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  clientId,
  clientSecret,
  definitions,
  errorBody,
  login,
  tokenAnswer,
  withSecret,
} from './genesys-at-http.ts'

withoutNetwork()

const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')

/** The token endpoint, which answers only to exactly this request. */
const mint = () =>
  nock(login, {
    reqheaders: { authorization: `Basic ${basic}`, 'content-type': /^application\/x-www-form-urlencoded/ },
  }).post('/oauth/token', 'grant_type=client_credentials')

/** The definitions, for requests with this token. */
const definitionsFor = (token: string) =>
  nock(api, { reqheaders: { authorization: `Bearer ${token}` } }).get(definitions)

const refused = errorBody(401, 'bad.credentials', 'Invalid login credentials.')

describe('client credentials of Genesys', () => {
  test('are sent as a Basic header with a form body, and the token with every request', async () => {
    mint().reply(200, tokenAnswer('t1'))
    definitionsFor('t1').reply(200, [])
    expect(await toPromise(createGenesysClient(withSecret, stillRuntime()).getLicenseDefinitions())).toMatchObject({
      records: [],
    })
  })

  test('may have characters outside of ASCII', async () => {
    const encoded = Buffer.from(`${clientId}:schlüssel`, 'utf8').toString('base64')
    nock(login, { reqheaders: { authorization: `Basic ${encoded}` } })
      .post('/oauth/token')
      .reply(200, tokenAnswer('t1'))
    definitionsFor('t1').reply(200, [])
    await toPromise(
      createGenesysClient({ ...withSecret, clientSecret: 'schlüssel' }, stillRuntime()).getLicenseDefinitions(),
    )
    expect(nock.isDone()).toBe(true)
  })

  test('mint again a minute before the token expires', async () => {
    const runtime = stillRuntime()
    mint().reply(200, tokenAnswer('t1', 3_600))
    definitionsFor('t1').times(2).reply(200, [])
    const client = createGenesysClient(withSecret, runtime)
    await toPromise(client.getLicenseDefinitions())
    runtime.advance(3_539_000)
    await toPromise(client.getLicenseDefinitions())
    mint().reply(200, tokenAnswer('t2', 3_600))
    definitionsFor('t2').reply(200, [])
    runtime.advance(1_000)
    await toPromise(client.getLicenseDefinitions())
    expect(nock.isDone()).toBe(true)
  })

  test('keep a token of which the vendor does not say how long it lives', async () => {
    const runtime = stillRuntime()
    mint().once().reply(200, tokenAnswer('t1', null))
    definitionsFor('t1').times(2).reply(200, [])
    const client = createGenesysClient(withSecret, runtime)
    await toPromise(client.getLicenseDefinitions())
    runtime.advance(1_000_000_000)
    await toPromise(client.getLicenseDefinitions())
    expect(nock.isDone()).toBe(true)
  })
})

describe('the token endpoint of Genesys', () => {
  const unknownClient = {
    error: 'invalid_client',
    description: 'client not found',
    error_description: 'client not found',
  }
  const throttled = {
    error: 'invalid_request',
    description: 'rate limit exceeded; slow down',
    error_description: 'rate limit exceeded; slow down',
  }

  test('answers 400 to an unknown client, which is AuthenticationFailed with its words and correlation id', async () => {
    mint().once().reply(400, unknownClient, { 'ININ-Correlation-Id': 'c0rrelation' })
    expect(await failureOf(createGenesysClient(withSecret, stillRuntime()).getLicenseDefinitions())).toEqual({
      _tag: 'AuthenticationFailed',
      provider: 'genesys',
      operation: 'POST /oauth/token',
      message:
        'the credentials were refused: login.mypurecloud.ie does not know this client with this secret; ' +
        'check both, and whether the client belongs to another region',
      status: 400,
      vendorCode: 'invalid_client',
      vendorMessage: 'client not found',
      correlationId: 'c0rrelation',
    })
  })

  test('answers 400 to too many tokens, which is waited out', async () => {
    const runtime = stillRuntime()
    mint().times(2).reply(400, throttled)
    mint().reply(200, tokenAnswer('t1'))
    definitionsFor('t1').reply(200, [])
    await toPromise(createGenesysClient(withSecret, runtime).getLicenseDefinitions())
    expect(runtime.waits).toEqual([500, 1_000])
  })

  test('that throttles for ever is RateLimited after five attempts', async () => {
    mint().times(5).reply(400, throttled)
    const failure = await failureOf(createGenesysClient(withSecret, stillRuntime()).getLicenseDefinitions())
    expect(failure).toMatchObject({ _tag: 'RateLimited', status: 400, vendorMessage: 'rate limit exceeded; slow down' })
    expect(nock.isDone()).toBe(true)
  })

  test.each([
    ['echoes the secret', 400, { error: 'invalid_client', description: `secret=${clientSecret} is wrong` }],
    ['echoes the secret by another name', 400, { error: clientSecret, description: `what is ${clientSecret} for?` }],
    ['echoes the header', 400, { error: 'invalid_client', description: `bad header Basic ${basic}` }],
    ['echoes the credential in the header', 400, { error: 'invalid_client', description: `no client ${basic}` }],
    ['answers with a page', 400, `<html>${clientSecret}</html>`],
    ['answers without a token', 200, { hint: clientSecret }],
  ])('never gets a credential into an error where it %s', async (_, status, body) => {
    mint().times(5).reply(status, body)
    const failure = await failureOf(createGenesysClient(withSecret, stillRuntime()).getLicenseDefinitions())
    expect(JSON.stringify(failure)).not.toContain(clientSecret)
    expect(JSON.stringify(failure)).not.toContain(basic)
  })

  test('is retried after a server error', async () => {
    mint().reply(503)
    mint().reply(200, tokenAnswer('t1'))
    definitionsFor('t1').reply(200, [])
    await toPromise(createGenesysClient(withSecret, stillRuntime()).getLicenseDefinitions())
    expect(nock.isDone()).toBe(true)
  })

  test('is asked once by all the lists of a run, and again after half a minute, where it refuses', async () => {
    mint().reply(400, unknownClient)
    const runtime = stillRuntime()
    const client = createGenesysClient(withSecret, runtime)
    for (let list = 0; list < 3; list++) {
      expect((await failureOf(client.getLicenseDefinitions()))._tag).toBe('AuthenticationFailed')
    }
    runtime.advance(30_000)
    mint().reply(200, tokenAnswer('t1'))
    definitionsFor('t1').reply(200, [])
    await toPromise(client.getLicenseDefinitions())
    expect(nock.isDone()).toBe(true)
  })

  test('at another address is not sent the secret over plain http: no client is made', () => {
    const make = () => createGenesysClient({ ...withSecret, loginUrl: 'http://login.example' }, stillRuntime())
    expect(make).toThrow('loginUrl: expected an https address')
  })
})

describe('a token source', () => {
  test('is told which token was refused and asked for another', async () => {
    const rejections: (string | undefined)[] = []
    const accessToken = async ({ rejected }: AccessTokenRequest) => {
      rejections.push(rejected)
      return { token: rejected === undefined ? 'old' : 'new', mayBeOld: true }
    }
    definitionsFor('old').reply(401, refused)
    definitionsFor('new').reply(200, [])
    await toPromise(
      createGenesysClient({ region: 'mypurecloud.ie', accessToken }, stillRuntime()).getLicenseDefinitions(),
    )
    expect(rejections).toEqual([undefined, 'old'])
  })
})

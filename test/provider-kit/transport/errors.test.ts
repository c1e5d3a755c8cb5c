import { describe, expect, test } from 'vitest'
import { maskSensitive } from '../../../src/model/mask.ts'
import type { Answers } from '../../../src/provider-kit/index.ts'
import { fixedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { get, outcome, transportWith, write } from './transport-with.ts'
import { vendor } from './vendor.ts'

withoutNetwork()

const token = 'Nz0pQ-a-very-secret-token-4711'
const webexToken = `${'A1b2'.repeat(16)}_PF84_1eb65fdf-9643-417f-9974-ad72cae0e10f`

describe('foreign text is masked:', () => {
  for (const [what, text, masked] of [
    ['an e-mail address', 'no user jane.doe+x@mail.example.co.uk here', 'no user ***@*** here'],
    ['an e-mail address in brackets', '<jane@example.com>', '<***@***>'],
    ['several e-mail addresses', 'a@b.de,c@d.de', '***@***,***@***'],
    ['an e-mail address of other letters', 'zoë@exämple.org', '***@***'],
    ['a bearer token', 'sent Bearer abc.def-123', 'sent Bearer ***'],
    ['basic credentials', 'authorization was Basic YWJjOmRlZg==', 'authorization was Basic ***'],
    ['a JSON web token', 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl is old', '*** is old'],
    ['a Webex token', `token of ${webexToken} expired`, 'token of *** expired'],
    ['a named token', 'access_token=abc123&x=1', 'access_token=***&x=1'],
    ['a named secret in JSON', '{"client_secret":"abc123","x":1}', '{"client_secret":"***","x":1}'],
    ['a password', 'password: hunter2', 'password: ***'],
    ['a password after blanks', 'password  =  hunter2', 'password  =  ***'],
    ['a secret in quotes', 'secret="abc123"', 'secret="***"'],
    ['a secret in other quotes', "'secret' : 'abc123'", "'secret' : '***'"],
    ['a secret in capitals', 'TOKEN=abc123', 'TOKEN=***'],
    ['an authorization', 'authorization: Digest', 'authorization: ***'],
    ['an authorization with a colon in it', 'authorization=a:b', 'authorization=***'],
    ['several named secrets', 'token=a&secret=b,password=c}', 'token=***&secret=***,password=***}'],
    ['a bearer token in small letters, after several blanks', 'was bearer   a~b+c/d=', 'was bearer ***'],
    ['several bearer tokens', 'Bearer abc, Bearer def', 'Bearer ***, Bearer ***'],
    ['a JSON web token without a signature', 'eyJhbGciOiJI.eyJzdWIiOiIx. is old', '*** is old'],
    ['a JSON web token that was cut before its signature', 'eyJhbGciOiJI.eyJzdWIiOiIx is old', '*** is old'],
    ['an e-mail address as a value', 'user=jane@example.com:x', 'user=***@***:x'],
    ['the last 64 characters before an @', `${'x'.repeat(70)}@example.com`, `${'x'.repeat(6)}***@***`],
  ] as const) {
    test(what, () => {
      expect(maskSensitive(text)).toBe(masked)
    })
  }

  for (const text of [
    'You must have at least one of the following permissions assigned: [authorization:license:view]',
    'no forbearer abc',
    'a key of eyJ and no more',
    'an id_of_words_and_words',
    'ask for a token',
    'meet me @ noon',
  ]) {
    test(`and left as it is where there is nothing to mask: ${text}`, () => {
      expect(maskSensitive(text)).toBe(text)
    })
  }

  test('for the secrets that were sent, wherever they are, from six characters on', () => {
    expect(maskSensitive('s3cr3t and s3cr3t, but not short', ['s3cr3t', 'short'])).toBe('*** and ***, but not short')
  })

  test('and shortened, so that no error carries a page', () => {
    expect(maskSensitive('x'.repeat(100_000))).toHaveLength(500)
  })

  test('also where the cut goes through an address', () => {
    expect(maskSensitive(`${'x '.repeat(240)}jane.doe@example.com`)).not.toContain('jane')
  })

  test('in a time that does not explode with the length', () => {
    // What this process worked, whatever else the machine had to do.
    const start = process.cpuUsage()
    for (const evil of ['a@'.repeat(50_000), `${'a.'.repeat(50_000)}@`, 'eyJ'.repeat(50_000)]) maskSensitive(evil)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })
})

describe('an error', () => {
  const failing = async (status: number, body: unknown, headers: Record<string, string> = {}) => {
    vendor().get(/.*/).times(5).reply(status, JSON.stringify(body), headers)
    const { transport } = transportWith({ credentials: fixedCredentials(token) })
    return outcome(transport(get('/seats?email=jane@example.com&cursor=abcdef'), {}))
  }

  for (const status of [400, 401, 403, 404, 409, 423, 429, 500, 503]) {
    test(`for a ${status} is plain data that survives JSON`, async () => {
      const error = await failing(status, { code: 'c', message: 'm' })
      expect(JSON.parse(JSON.stringify(error))).toStrictEqual(error)
    })

    test(`for a ${status} contains no token, no query, and nobody’s address`, async () => {
      const body = { code: 'c', message: `token=${token} of jane@example.com`, echo: { token } }
      const json = JSON.stringify(await failing(status, body, { 'x-correlation-id': 'jane@example.com' }))
      expect(json).not.toContain(token)
      expect(json).not.toMatch(/jane|cursor|abcdef|vendor\.example/)
    })
  }

  test('does not contain the token that was sent, however the vendor words it', async () => {
    const json = JSON.stringify(await failing(400, { code: token, message: `The token ${token} is no good` }))
    expect(json).not.toContain(token)
  })

  test('keeps the vendor’s code, message and correlation id', async () => {
    expect(
      await failing(404, { code: 'not.found', message: 'No such seat' }, { 'x-correlation-id': 'c-1' }),
    ).toMatchObject({
      vendorCode: 'not.found',
      vendorMessage: 'No such seat',
      correlationId: 'c-1',
    })
  })

  test('has no fields for what the vendor did not say', async () => {
    const error = await failing(404, {})
    expect(Object.keys(error).sort()).toEqual(['_tag', 'message', 'operation', 'provider', 'status'])
  })

  test('does not contain what was written', async () => {
    vendor().post('/seats').reply(400, { message: 'bad' })
    const { transport } = transportWith()
    const json = JSON.stringify(await outcome(transport(write({ json: { secret: 'do-not-show' } }), {})))
    expect(json).not.toContain('do-not-show')
  })

  for (const [status, tag] of [
    [300, 'Untrusted'],
    [399, 'Untrusted'],
    [400, 'RequestRejected'],
    [408, 'Unavailable'],
    [422, 'RequestRejected'],
    [500, 'Unavailable'],
    [599, 'Unavailable'],
  ] as const) {
    test(`for a ${status} is ${tag}`, async () => {
      expect(await failing(status, {})).toMatchObject({ _tag: tag, status })
    })
  }
})

describe('the missing permissions of an error', () => {
  test('are names of permissions and nothing else that a refusal may hold', async () => {
    vendor()
      .get('/seats')
      .reply(403, { missing: ['seat:view', 'ada@example.com', 'x y', 'z'.repeat(101)] })
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['seat:view'],
      message: 'the credentials may not do this; needed: seat:view',
    })
  })

  test('leave a message readable where the token is a single letter', async () => {
    vendor().get('/seats').reply(400, { message: 'must not be empty' })
    const { transport } = transportWith({ credentials: fixedCredentials('t') })
    expect(await outcome(transport(get(), {}))).toMatchObject({ vendorMessage: 'must not be empty' })
  })
})

describe('an error says what has happened', () => {
  const says = async (status: number, reply: Record<string, string> = {}, attempts = 2) => {
    vendor().get('/seats').times(attempts).reply(status, {}, reply)
    const { transport } = transportWith({ policy: { attempts } })
    return outcome(transport(get(), {}))
  }
  const rejected = 'the vendor rejected the request'
  const busy = 'the present state does not allow it'
  const redirect = 'the answer is a redirect, which is not followed with credentials'

  for (const [status, message] of [
    [302, redirect],
    [400, rejected],
    [401, 'the credentials were refused'],
    [403, 'the credentials may not do this'],
    [404, 'there is no such thing'],
    [409, busy],
    [412, busy],
    [422, rejected],
    [423, "failed on the vendor's side, 2 attempts made"],
    [408, "failed on the vendor's side, 2 attempts made"],
    [503, "failed on the vendor's side, 2 attempts made"],
    [429, 'too many requests; Seatlens stopped waiting'],
  ] as const) {
    test(`after a ${status}`, async () => {
      expect(await says(status)).toMatchObject({ message, status, provider: 'vendor-1', operation: 'GET /seats' })
    })
  }

  test('and in how many seconds to try again, where the vendor says so', async () => {
    expect(await says(429, { 'retry-after': '3600.5' })).toMatchObject({
      message: 'too many requests; try again in 3601 s',
    })
  })

  test('and how often it was tried, where the wait was short', async () => {
    expect(await says(429, { 'retry-after': '0.001' })).toMatchObject({
      message: 'too many requests, 2 attempts made; try again in 1 s',
    })
  })

  test('after an answer that a browser hides, as it is a redirect', async () => {
    const { transport } = transportWith({ runtime: { fetch: async () => Response.error() } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Untrusted', status: 0, message: redirect })
  })

  test('where a token cannot be one', async () => {
    const { transport } = transportWith({ credentials: fixedCredentials('a b') })
    expect(await outcome(transport(get(), {}))).toEqual({
      _tag: 'AuthenticationFailed',
      provider: 'vendor-1',
      operation: 'GET /seats',
      message: 'the access token is empty or has characters that no access token has',
    })
  })

  test('where an address is not one of the configured ones', async () => {
    const { transport } = transportWith()
    expect(await outcome(transport(get('/seats', { url: new URL('https://evil.example') }), {}))).toEqual({
      _tag: 'Untrusted',
      provider: 'vendor-1',
      operation: 'GET /seats',
      message: 'refused to send credentials to an address outside of the configured ones',
    })
  })
})

describe('an error does not repeat', () => {
  test('what the request names as its secrets', async () => {
    vendor().get('/seats').reply(400, { code: 'hunter22', message: 'hunter22 is no secret of ours' })
    const { transport } = transportWith()
    expect(await outcome(transport(get('/seats', { secrets: ['hunter22'] }), {}))).toMatchObject({
      vendorCode: '***',
      vendorMessage: '*** is no secret of ours',
    })
  })

  test('the token in the names of missing permissions', async () => {
    vendor()
      .get('/seats')
      .reply(403, { missing: ['seat:view', token] })
    const { transport } = transportWith({ credentials: fixedCredentials(token) })
    expect(await outcome(transport(get(), {}))).toMatchObject({ missing: ['seat:view', '***'] })
  })
})

test('an error says what to do, where whoever reads the vendor’s failures knows it', async () => {
  vendor().get('/seats').reply(404, {})
  const { transport } = transportWith({ readFailure: () => ({ advice: 'check the region' }) })
  expect(await outcome(transport(get(), {}))).toMatchObject({
    _tag: 'NotFound',
    message: 'there is no such thing: check the region',
  })
})

describe('the name of a missing permission', () => {
  for (const [name, shown] of [
    ['p'.repeat(100), true],
    ['p'.repeat(101), false],
    ['spark-admin:people.read_2', true],
    ['seat:view and more', false],
    ['<seat:view', false],
    ['', false],
  ] as const) {
    test(`is ${shown ? '' : 'not '}shown where it is "${name}"`, async () => {
      vendor()
        .get('/seats')
        .reply(403, { missing: [name] })
      const { transport } = transportWith()
      expect(await outcome(transport(get(), {}))).toMatchObject({ missing: shown ? [name] : [] })
    })
  }
})

describe('a failure whose status misleads means what its body says:', () => {
  const meaning = (body: Answers.VendorFailure, status: number) => {
    vendor().get('/seats').reply(status, {})
    const { transport } = transportWith({ readFailure: () => body })
    return outcome(transport(get('/seats', { needs: ['seats:read'] }), {}))
  }

  test.each<[NonNullable<Answers.VendorFailure['meaning']>, number, string]>([
    ['permission', 400, 'PermissionDenied'],
    ['notFound', 400, 'NotFound'],
    ['conflict', 400, 'Conflict'],
    ['authentication', 403, 'AuthenticationFailed'],
    ['notFound', 403, 'NotFound'],
    ['permission', 404, 'PermissionDenied'],
  ])('%s with %i', async (says, status, tag) => {
    expect(await meaning({ meaning: says }, status)).toMatchObject({ _tag: tag, status })
  })

  test('a permission is named, by the body or by what the request needs', async () => {
    expect(await meaning({ meaning: 'permission' }, 400)).toMatchObject({
      missing: ['seats:read'],
      message: expect.stringContaining('needed: seats:read'),
    })
    expect(await meaning({ meaning: 'permission', missing: ['seats:all'] }, 400)).toMatchObject({
      missing: ['seats:all'],
    })
  })
})

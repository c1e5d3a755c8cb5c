import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Credentials } from '../../../src/provider-kit/index.ts'
import { fixedCredentials, mintedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { answered, get, outcome, transportWith, write } from './transport-with.ts'
import { vendor } from './vendor.ts'
import { createVirtualClock } from './virtual-clock.ts'

withoutNetwork()

const ok = { seats: 3 }
const tick = () => new Promise((resolve) => setImmediate(resolve))

const minting = () => {
  let mints = 0
  const credentials = mintedCredentials({
    clock: createVirtualClock(),
    mint: () => async () => E.right({ token: `token-${++mints}` }),
  })
  return { credentials, mints: () => mints }
}

const bearer = (token: string) => ({ reqheaders: { authorization: `Bearer ${token}` } })

/** A vendor that takes some tokens only, and what it was sent. */
const choosyVendor = (takes: (token: string) => boolean) => {
  const sent: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const token = new Request(input, init).headers.get('authorization')?.replace('Bearer ', '') ?? ''
    sent.push(token)
    return takes(token) ? new Response(JSON.stringify(ok)) : new Response('{"code":"expired"}', { status: 401 })
  }
  return { fetch, sent }
}

describe('a request', () => {
  test('carries the current token', async () => {
    vendor().get('/seats').matchHeader('authorization', bearer('abc').reqheaders.authorization).reply(200, ok)
    const { transport } = transportWith({ credentials: fixedCredentials('abc') })
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
  })

  test('carries no token where there are no credentials, and keeps its own header', async () => {
    vendor().get('/seats').matchHeader('authorization', 'Basic own').reply(200, ok)
    const { transport } = transportWith()
    expect(await outcome(transport(get('/seats', { headers: { authorization: 'Basic own' } }), {}))).toEqual(
      answered(ok),
    )
  })

  test('fails with the failure to get a token, and is not sent', async () => {
    const error = { _tag: 'RateLimited', provider: 'vendor-1', operation: 'POST /token', message: 'no' } as const
    const { transport } = transportWith({
      credentials: mintedCredentials({ clock: createVirtualClock(), mint: () => async () => E.left(error) }),
    })
    expect(await outcome(transport(get(), {}))).toEqual(error)
  })

  test('whose fixed token is refused is AuthenticationFailed at once', async () => {
    vendor().get('/seats').reply(401, { code: 'bad.credentials', message: 'no' }, { 'x-correlation-id': 'id-1' })
    const { transport } = transportWith({ credentials: fixedCredentials('abc') })
    expect(await outcome(transport(get(), {}))).toMatchObject({
      _tag: 'AuthenticationFailed',
      status: 401,
      vendorCode: 'bad.credentials',
      correlationId: 'id-1',
    })
  })

  test('without credentials that is refused is AuthenticationFailed at once', async () => {
    vendor().get('/seats').reply(401, {})
    const { transport } = transportWith()
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'AuthenticationFailed' })
  })

  test('is replayed with a new token where one that was taken before is refused', async () => {
    const { credentials, mints } = minting()
    let expired = false
    const { fetch, sent } = choosyVendor((token) => !(expired && token === 'token-1'))
    const { transport, clock } = transportWith({ credentials, runtime: { fetch } })
    await outcome(transport(get(), {}))
    expired = true
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    expect(sent).toEqual(['token-1', 'token-1', 'token-2'])
    expect(mints()).toBe(2)
    expect(clock.slept).toEqual([])
  })

  test('that is a write is replayed too, as a refused one was not carried out', async () => {
    const { credentials } = minting()
    let expired = false
    const { fetch, sent } = choosyVendor((token) => !(expired && token === 'token-1'))
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    await outcome(transport(get(), {}))
    expired = true
    expect(await outcome(transport(write(), {}))).toEqual(answered(ok))
    expect(sent.at(-1)).toBe('token-2')
  })

  test('mints once with all the others whose token is refused', async () => {
    const { credentials, mints } = minting()
    let expired = false
    const { fetch } = choosyVendor((token) => !(expired && token === 'token-1'))
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    await outcome(transport(get(), {}))
    expired = true
    const results = await Promise.all(Array.from({ length: 8 }, () => outcome(transport(get(), {}))))
    expect(results.every((result) => 'body' in result)).toBe(true)
    expect(mints()).toBe(2)
  })

  test('whose old token is refused late is replayed with the current one, and mints none', async () => {
    const { credentials, mints } = minting()
    let answerLate = () => {}
    let expired = false
    const sent: string[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
      sent.push(`${new URL(request.url).pathname} ${token}`)
      const refuse = new Response('{}', { status: 401 })
      if (request.url.endsWith('/late') && token === 'token-1') {
        return new Promise((resolve) => {
          answerLate = () => resolve(refuse)
        })
      }
      return expired && token === 'token-1' ? refuse : new Response(JSON.stringify(ok))
    }
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    await outcome(transport(get('/first'), {}))
    const late = outcome(transport(get('/late'), {}))
    await tick()
    expired = true
    await outcome(transport(get('/second'), {}))
    expect(mints()).toBe(2)
    answerLate()
    expect(await late).toEqual(answered(ok))
    expect(sent.at(-1)).toBe('/late token-2')
    expect(mints()).toBe(2)
  })

  test('is replayed with another new token where one is refused at its first use', async () => {
    const { credentials, mints } = minting()
    const { fetch, sent } = choosyVendor((token) => token === 'token-2')
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    expect(await outcome(transport(get(), {}))).toEqual(answered(ok))
    expect(sent).toEqual(['token-1', 'token-2'])
    expect(mints()).toBe(2)
  })

  test('is given up where a second new token is refused at its first use', async () => {
    const { credentials, mints } = minting()
    const { fetch, sent } = choosyVendor(() => false)
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'AuthenticationFailed' })
    expect(sent).toEqual(['token-1', 'token-2'])
    expect(mints()).toBe(2)
  })

  test('is given up where an old token and then two new ones are refused', async () => {
    const { credentials } = minting()
    let expired = false
    const { fetch, sent } = choosyVendor(() => !expired)
    const { transport } = transportWith({ credentials, runtime: { fetch } })
    await outcome(transport(get(), {}))
    expired = true
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'AuthenticationFailed' })
    expect(sent).toEqual(['token-1', 'token-1', 'token-2', 'token-3'])
  })

  test('is given up after three refused tokens', async () => {
    let minted = 0
    const old: Credentials = mintedCredentials({
      clock: createVirtualClock(),
      mint: () => async () => E.right({ token: `token-${++minted}`, mayBeOld: true }),
    })
    const { fetch, sent } = choosyVendor(() => false)
    const { transport } = transportWith({ credentials: old, runtime: { fetch } })
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'AuthenticationFailed' })
    expect(sent).toEqual(['token-1', 'token-2', 'token-3'])
  })

  test('is not taken for refused by a 403', async () => {
    const { credentials, mints } = minting()
    vendor()
      .get('/seats')
      .reply(403, { message: 'no', missing: ['seats:read', 'seats:admin'] })
    const { transport } = transportWith({ credentials })
    const error = await outcome(transport(get(), {}))
    expect(error).toMatchObject({ _tag: 'PermissionDenied', missing: ['seats:read', 'seats:admin'] })
    expect(error).toHaveProperty('message', 'the credentials may not do this; needed: seats:read or seats:admin')
    expect(mints()).toBe(1)
  })

  test('that is forbidden names what it needs where the vendor does not', async () => {
    vendor().get('/seats').reply(403, {})
    const { transport } = transportWith()
    expect(await outcome(transport(get('/seats', { needs: ['seats:read'] }), {}))).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['seats:read'],
    })
  })

  test('that is forbidden without anybody knowing why says no more than that', async () => {
    vendor().get('/seats').reply(403, {})
    const { transport } = transportWith()
    const error = await outcome(transport(get(), {}))
    expect(error).toMatchObject({ _tag: 'PermissionDenied', missing: [] })
    expect(error).toHaveProperty('message', 'the credentials may not do this')
  })
})

describe('waiting for a token', () => {
  const slowMint = () => {
    let mints = 0
    let finish = () => {}
    const credentials = mintedCredentials({
      clock: createVirtualClock(),
      mint: () => () => {
        mints++
        return new Promise((resolve) => {
          finish = () => resolve(E.right({ token: 'late-token' }))
        })
      },
    })
    return { credentials, mints: () => mints, finish: () => finish() }
  }

  test('ends with the caller’s signal, and leaves the token to the others who wait', async () => {
    vendor().get('/seats').matchHeader('authorization', 'Bearer late-token').reply(200, ok)
    const { credentials, finish, mints } = slowMint()
    const { transport } = transportWith({ credentials })
    const controller = new AbortController()
    const impatient = outcome(transport(get(), { signal: controller.signal }))
    const patient = outcome(transport(get(), {}))
    await tick()
    controller.abort()
    expect(await impatient).toMatchObject({ _tag: 'Aborted' })
    finish()
    expect(await patient).toEqual(answered(ok))
    expect(mints()).toBe(1)
  })

  test('ends at the deadline', async () => {
    const { credentials } = slowMint()
    const { transport, clock } = transportWith({ credentials })
    expect(await outcome(transport(get(), { deadlineAt: clock.now() + 30 }))).toMatchObject({
      _tag: 'DeadlineExceeded',
    })
  })

  test('is not begun by a caller who has aborted', async () => {
    const { credentials, mints } = slowMint()
    const { transport } = transportWith({ credentials })
    expect(await outcome(transport(get(), { signal: AbortSignal.abort() }))).toMatchObject({ _tag: 'Aborted' })
    expect(mints()).toBe(0)
  })

  test('is not begun after the deadline', async () => {
    const { credentials, mints } = slowMint()
    const { transport, clock } = transportWith({ credentials })
    expect(await outcome(transport(get(), { deadlineAt: clock.now() }))).toMatchObject({ _tag: 'DeadlineExceeded' })
    expect(mints()).toBe(0)
  })
})

describe('a token', () => {
  const trap = async (url: string) => {
    let requests = 0
    const { transport } = transportWith({
      credentials: fixedCredentials('abc'),
      origins: [
        'https://api.vendor.example',
        'http://api.vendor.example',
        'http://127.0.0.1:4010',
        'http://localhost:4010',
      ],
      runtime: {
        fetch: async () => {
          requests++
          return new Response(JSON.stringify(ok))
        },
      },
    })
    return { result: await outcome(transport(get('/seats', { url: new URL(url) }), {})), requests }
  }

  for (const url of [
    'https://api.vendor.example.evil.example/seats',
    'https://evil.example/seats',
    'https://api.vendor.example:8443/seats',
    'https://login.vendor.example/seats',
    'http://api.vendor.example/seats',
    'https://user:password@api.vendor.example/seats',
    'https://user@api.vendor.example/seats',
    'http://127.0.0.1:4011/seats',
    'ftp://api.vendor.example/seats',
  ]) {
    test(`is not sent to ${url}`, async () => {
      const { result, requests } = await trap(url)
      expect(result).toMatchObject({ _tag: 'Untrusted', operation: 'GET /seats' })
      expect(JSON.stringify(result)).not.toContain('evil')
      expect(JSON.stringify(result)).not.toContain('password')
      expect(requests).toBe(0)
    })
  }

  for (const url of [
    'https://api.vendor.example/seats',
    'https://API.vendor.example:443/seats',
    'http://127.0.0.1:4010/seats',
    'http://localhost:4010/',
  ]) {
    test(`is sent to ${url}`, async () => {
      expect((await trap(url)).requests).toBe(1)
    })
  }

  test('is not minted for a request that may not be sent', async () => {
    const { credentials, mints } = minting()
    const { transport } = transportWith({ credentials })
    await outcome(transport(get('/seats', { url: new URL('https://evil.example/') }), {}))
    expect(mints()).toBe(0)
  })
})

describe('a token that no header can carry', () => {
  test.each(['', '\u201cabc\u201d', 'a b', 'a\r\nx-evil: 1'])(
    'such as %j is refused without a request',
    async (token) => {
      const fetch = async () => {
        throw new Error('a request was made')
      }
      const { transport } = transportWith({ credentials: fixedCredentials(token), runtime: { fetch } })
      expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'AuthenticationFailed' })
    },
  )
})

import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexClient, type WebexTokenKeeper, type WebexTokens } from '../../../providers/webex/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, clientId, clientSecret, errorBody } from './webex-at-http.ts'

withoutNetwork()

const credentials = { clientId, clientSecret, refreshToken: 'r0' }

/** The token endpoint, which answers only to exactly this request. */
const refresh = (refreshToken: string) =>
  nock(api, { reqheaders: { 'content-type': /^application\/x-www-form-urlencoded/ } }).post('/access_token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  })

const answer = (token: string, refreshToken: string | undefined, expires_in: unknown = 1_209_599) => ({
  access_token: token,
  expires_in,
  refresh_token: refreshToken,
  refresh_token_expires_in: 7_775_999,
  token_type: 'Bearer',
})

const licensesFor = (token: string) => nock(api, { reqheaders: { authorization: `Bearer ${token}` } }).get('/licenses')
const noLicenses = { items: [] }

const keeperOf = (kept?: WebexTokens) => {
  const saved: WebexTokens[] = []
  const tokens: WebexTokenKeeper = {
    load: async () => kept,
    save: async (one) => {
      saved.push(one)
    },
  }
  return { tokens, saved }
}

describe('the refresh token of Webex', () => {
  test('gets an access token by a form, which is sent with every request', async () => {
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').times(2).reply(200, noLicenses)
    const client = createWebexClient(credentials, stillRuntime())
    await toPromise(client.listLicenses())
    await toPromise(client.listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test('is used once for many requests at once', async () => {
    refresh('r0').once().reply(200, answer('t1', 'r1'))
    licensesFor('t1').times(20).reply(200, noLicenses)
    const client = createWebexClient(credentials, stillRuntime())
    await Promise.all(Array.from({ length: 20 }, () => toPromise(client.listLicenses())))
    expect(nock.isDone()).toBe(true)
  })

  test('that the vendor rotates is the one of the next refresh, five minutes before the token expires', async () => {
    const runtime = stillRuntime()
    refresh('r0').reply(200, answer('t1', 'r1', 3_600))
    licensesFor('t1').times(2).reply(200, noLicenses)
    const client = createWebexClient(credentials, runtime)
    await toPromise(client.listLicenses())
    runtime.advance(3_299_000)
    await toPromise(client.listLicenses())
    refresh('r1').reply(200, answer('t2', 'r2', 3_600))
    licensesFor('t2').reply(200, noLicenses)
    runtime.advance(1_000)
    await toPromise(client.listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ])('stays the one that it is where the answer has one that is %s', async (_, returned) => {
    const { tokens, saved } = keeperOf()
    refresh('r0').reply(200, { ...answer('t1', undefined), refresh_token: returned })
    licensesFor('t1').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toMatchObject([{ refreshToken: 'r0' }])
  })

  test.each([
    ['a number in a text', '3600', Date.parse('2026-11-20T11:00:00.000Z')],
    ['null', null, undefined],
    ['garbage', 'soon', undefined],
  ])('is not lost where the answer says how long the token lives by %s', async (_, expiresIn, expiresAt) => {
    const { tokens, saved } = keeperOf()
    refresh('r0').reply(200, answer('t1', 'r1', expiresIn))
    licensesFor('t1').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toEqual([{ accessToken: 't1', refreshToken: 'r1', expiresAt }])
  })

  test('is not spent if another process has renewed the kept tokens since', async () => {
    let kept: WebexTokens | undefined
    const tokens: WebexTokenKeeper = {
      load: async () => kept,
      save: async (one) => {
        kept = one
      },
    }
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').reply(200, noLicenses)
    const client = createWebexClient({ ...credentials, tokens }, stillRuntime())
    await toPromise(client.listLicenses())
    kept = { accessToken: 't2', refreshToken: 'r2' }
    licensesFor('t1').reply(401, errorBody('revoked'))
    licensesFor('t2').reply(200, noLicenses)
    await toPromise(client.listLicenses())
    licensesFor('t2').reply(401, errorBody('revoked'))
    refresh('r2').reply(200, answer('t3', 'r3'))
    licensesFor('t3').reply(200, noLicenses)
    await toPromise(client.listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test('replaces a token that worked and is refused, once for all who wait', async () => {
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').reply(200, noLicenses)
    const client = createWebexClient(credentials, stillRuntime())
    await toPromise(client.listLicenses())
    licensesFor('t1').times(6).reply(401, errorBody('expired'))
    refresh('r1').once().reply(200, answer('t2', 'r2'))
    licensesFor('t2').times(6).reply(200, noLicenses)
    await Promise.all(Array.from({ length: 6 }, () => toPromise(client.listLicenses())))
    expect(nock.isDone()).toBe(true)
  })

  test('that has expired is AuthenticationFailed with what the vendor says of it, and no secret', async () => {
    const said = errorBody(
      `refresh_token=r0 of client_secret=${clientSecret}, also known as ${clientSecret}, has expired`,
    )
    refresh('r0').once().reply(400, said)
    const failure = await failureOf(createWebexClient(credentials, stillRuntime()).listLicenses())
    expect(failure).toMatchObject({
      _tag: 'AuthenticationFailed',
      operation: 'POST /v1/access_token',
      status: 400,
      correlationId: 'ROUTER_1',
    })
    expect(JSON.stringify(failure)).not.toContain(clientSecret)
    expect(nock.isDone()).toBe(true)
  })
})

describe('a keeper of Webex tokens', () => {
  test('has new tokens before they are used', async () => {
    const events: string[] = []
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').reply(200, () => {
      events.push('used')
      return noLicenses
    })
    const tokens: WebexTokenKeeper = {
      load: async () => undefined,
      save: async ({ accessToken, refreshToken }) => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        events.push(`kept ${accessToken} ${refreshToken}`)
      },
    }
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(events).toEqual(['kept t1 r1', 'used'])
  })

  test.each([null, { accessToken: 5 }, 'kept'])(
    'is told where it gives something else than tokens: %j',
    async (kept) => {
      const { tokens } = keeperOf(kept as never)
      const failed = await failureOf(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
      expect(failed).toMatchObject({
        _tag: 'AuthenticationFailed',
        message: expect.stringContaining('something else than tokens'),
      })
    },
  )

  test('spares the next run a refresh while the token lives', async () => {
    const { tokens, saved } = keeperOf({
      accessToken: 'kept',
      refreshToken: 'r7',
      expiresAt: Date.parse('2026-11-21T10:00:00.000Z'),
    })
    licensesFor('kept').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toEqual([])
  })

  test.each([
    ['is about to expire', Date.parse('2026-11-20T10:04:00.000Z')],
    ['has expired', Date.parse('2026-11-19T10:00:00.000Z')],
  ])('gives the refresh token of the last run when its token %s', async (_, expiresAt) => {
    const { tokens, saved } = keeperOf({ accessToken: 'kept', refreshToken: 'r7', expiresAt })
    refresh('r7').reply(200, answer('t8', 'r8'))
    licensesFor('t8').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toMatchObject([{ accessToken: 't8', refreshToken: 'r8' }])
  })

  test('gives the refresh token of the last run when its token is refused on first use', async () => {
    const { tokens } = keeperOf({ accessToken: 'kept', refreshToken: 'r7' })
    licensesFor('kept').reply(401, errorBody('revoked'))
    refresh('r7').reply(200, answer('t8', 'r8'))
    licensesFor('t8').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test.each([
    ['keep', { load: async () => undefined, save: () => Promise.reject(new Error('disk full of r1')) }],
    ['read', { load: () => Promise.reject(new Error('no such r0')), save: async () => {} }],
  ])('that cannot %s tokens ends the call before they are used', async (_, tokens) => {
    refresh('r0').reply(200, answer('t1', 'r1'))
    const used = licensesFor('t1').reply(200, noLicenses)
    const failure = await failureOf(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(failure._tag).toBe('AuthenticationFailed')
    expect(JSON.stringify(failure)).not.toMatch(/r0|r1/)
    expect(used.isDone()).toBe(false)
  })

  test('that could not keep a rotated token is given the one after it, from which the call goes on', async () => {
    const saved: WebexTokens[] = []
    let broken = true
    const tokens: WebexTokenKeeper = {
      load: async () => undefined,
      save: async (one) => {
        if (broken) throw new Error('disk full')
        saved.push(one)
      },
    }
    const runtime = stillRuntime()
    const client = createWebexClient({ ...credentials, tokens }, runtime)
    refresh('r0').reply(200, answer('t1', 'r1'))
    await failureOf(client.listLicenses())
    broken = false
    runtime.advance(30_000)
    refresh('r1').reply(200, answer('t2', 'r2'))
    licensesFor('t2').reply(200, noLicenses)
    await toPromise(client.listLicenses())
    expect(saved).toMatchObject([{ refreshToken: 'r2' }])
  })
})

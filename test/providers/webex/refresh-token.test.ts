import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexClient, createWebexProvider, type TokenStore } from '../../../providers/webex/index.ts'
import { createFileTokenStore } from '../../../src/node/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { newFolder } from '../../node/new-folder.ts'
import { failureOf, readList } from '../read-list.ts'
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

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt?: number
}

/** As stores have it, of every version: with the digest of the refresh token that was configured. */
const textOf = (tokens: Tokens): string =>
  JSON.stringify({ ...tokens, configured: createHash('sha256').update('r0').digest('hex') })
const tokensIn = (text: string): Tokens => {
  const { configured: _, ...tokens } = JSON.parse(text)
  return tokens
}

const storeOf = (kept?: Tokens) => {
  const saved: Tokens[] = []
  const tokens: TokenStore = {
    read: async () => kept && textOf(kept),
    write: async (text) => {
      saved.push(tokensIn(text))
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
    const { tokens, saved } = storeOf()
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
    const { tokens, saved } = storeOf()
    refresh('r0').reply(200, answer('t1', 'r1', expiresIn))
    licensesFor('t1').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toEqual([{ accessToken: 't1', refreshToken: 'r1', expiresAt }])
  })

  test('is not spent if another process has renewed the kept tokens since', async () => {
    let kept: string | undefined
    const tokens: TokenStore = {
      read: async () => kept,
      write: async (text) => {
        kept = text
      },
    }
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').reply(200, noLicenses)
    const client = createWebexClient({ ...credentials, tokens }, stillRuntime())
    await toPromise(client.listLicenses())
    kept = textOf({ accessToken: 't2', refreshToken: 'r2' })
    licensesFor('t1').reply(401, errorBody('revoked'))
    licensesFor('t2').reply(200, noLicenses)
    await toPromise(client.listLicenses())
    licensesFor('t2').reply(401, errorBody('revoked'))
    refresh('r2').reply(200, answer('t3', 'r3'))
    licensesFor('t3').reply(200, noLicenses)
    await toPromise(client.listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test('is spent once by all processes whose store runs one renewal at a time', async () => {
    let kept: string | undefined
    let last: Promise<unknown> = Promise.resolve()
    const tokens: TokenStore = {
      read: async () => kept,
      write: async (text) => {
        kept = text
      },
      alone: (renewal) => {
        const next = last.then(renewal)
        last = next
        return next
      },
    }
    refresh('r0').once().reply(200, answer('t1', 'r1'))
    licensesFor('t1').times(3).reply(200, noLicenses)
    const clients = Array.from({ length: 3 }, () => createWebexClient({ ...credentials, tokens }, stillRuntime()))
    await Promise.all(clients.map((client) => toPromise(client.listLicenses())))
    expect(nock.isDone()).toBe(true)
  })

  test('is not spent where the store cannot run a renewal alone', async () => {
    const tokens: TokenStore = {
      read: async () => undefined,
      write: async () => {},
      alone: async () => {
        throw new Error('the lock of r0')
      },
    }
    const failure = await failureOf(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(failure).toMatchObject({
      _tag: 'AuthenticationFailed',
      operation: 'token store',
      message: 'the tokens could not be renewed alone',
    })
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

describe('a store of Webex tokens', () => {
  test('has new tokens before they are used', async () => {
    const events: string[] = []
    refresh('r0').reply(200, answer('t1', 'r1'))
    licensesFor('t1').reply(200, () => {
      events.push('used')
      return noLicenses
    })
    const tokens: TokenStore = {
      read: async () => undefined,
      write: async (text) => {
        const { accessToken, refreshToken } = tokensIn(text)
        await new Promise((resolve) => setTimeout(resolve, 5))
        events.push(`kept ${accessToken} ${refreshToken}`)
      },
    }
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(events).toEqual(['kept t1 r1', 'used'])
  })

  test.each([5, '{"accessToken":5}', 'kept'])('is told where it gives something else than tokens: %j', async (kept) => {
    const tokens: TokenStore = { read: async () => JSON.parse(JSON.stringify(kept)), write: async () => {} }
    const failed = await failureOf(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(failed).toMatchObject({ _tag: 'AuthenticationFailed', message: expect.stringContaining('damaged') })
  })

  test('spares the next run a refresh while the token lives', async () => {
    const { tokens, saved } = storeOf({
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
    const { tokens, saved } = storeOf({ accessToken: 'kept', refreshToken: 'r7', expiresAt })
    refresh('r7').reply(200, answer('t8', 'r8'))
    licensesFor('t8').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(saved).toMatchObject([{ accessToken: 't8', refreshToken: 'r8' }])
  })

  test('gives the refresh token of the last run when its token is refused on first use', async () => {
    const { tokens } = storeOf({ accessToken: 'kept', refreshToken: 'r7' })
    licensesFor('kept').reply(401, errorBody('revoked'))
    refresh('r7').reply(200, answer('t8', 'r8'))
    licensesFor('t8').reply(200, noLicenses)
    await toPromise(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test.each([
    ['keep', { read: async () => undefined, write: () => Promise.reject(new Error('disk full of r1')) }],
    ['read', { read: () => Promise.reject(new Error('no such r0')), write: async () => {} }],
  ])('that cannot %s tokens ends the call before they are used', async (_, tokens) => {
    refresh('r0').reply(200, answer('t1', 'r1'))
    const used = licensesFor('t1').reply(200, noLicenses)
    const failure = await failureOf(createWebexClient({ ...credentials, tokens }, stillRuntime()).listLicenses())
    expect(failure._tag).toBe('AuthenticationFailed')
    expect(JSON.stringify(failure)).not.toMatch(/r0|r1/)
    expect(used.isDone()).toBe(false)
  })

  test('that could not keep a rotated token is given the one after it, from which the call goes on', async () => {
    const saved: Tokens[] = []
    let broken = true
    const tokens: TokenStore = {
      read: async () => undefined,
      write: async (text) => {
        if (broken) throw new Error('disk full')
        saved.push(tokensIn(text))
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

  test('that is no store is refused when the provider is made', () => {
    // @ts-expect-error: of another shape, as JavaScript allows
    const make = () => createWebexProvider({ ...credentials, tokens: { load: async () => undefined } })
    expect(make).toThrow('createWebexProvider: tokens: expected a token store, with the functions read and write')
  })
})

describe('a file of seatlens/node as the store of Webex tokens', () => {
  const licensesWith = (tokens: TokenStore, refreshToken = 'r0') =>
    readList(createWebexProvider({ ...credentials, refreshToken, tokens }, stillRuntime()).listLicenses())

  test('has the rotated token for the next process, until another refresh token is configured', async () => {
    const path = join(await newFolder(), 'tokens', 'webex')
    refresh('r0').reply(200, answer('t1', 'r1', 60))
    licensesFor('t1').reply(200, noLicenses)
    expect((await licensesWith(createFileTokenStore(path))).error).toBeUndefined()
    expect(await readFile(path, 'utf8')).not.toContain('"r0"')
    refresh('r1').reply(200, answer('t2', 'r2'))
    licensesFor('t2').reply(200, noLicenses)
    expect((await licensesWith(createFileTokenStore(path))).error).toBeUndefined()
    refresh('new').reply(200, answer('t3', 'r3'))
    licensesFor('t3').reply(200, noLicenses)
    expect((await licensesWith(createFileTokenStore(path), 'new')).error).toBeUndefined()
    expect(nock.isDone()).toBe(true)
  })

  test('says what is wrong with it', async () => {
    const folder = await newFolder()
    const { error } = await licensesWith(createFileTokenStore(folder))
    expect(error).toMatchObject({
      _tag: 'AuthenticationFailed',
      message: `the kept tokens could not be read: ${folder}: it is a folder`,
    })
  })
})

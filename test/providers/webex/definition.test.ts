import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { webexDefinition } from '../../../providers/webex/definition.ts'
import { LicenseException } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, clientId, clientSecret, person, servePeople } from './webex-at-http.ts'

withoutNetwork()

const problemsOf = (configuration: Readonly<Record<string, unknown>>) => {
  const configured = webexDefinition.configure('webex-emea', configuration)
  return E.isLeft(configured) ? configured.left : []
}
const fieldsOf = (configuration: Readonly<Record<string, unknown>>) =>
  problemsOf(configuration).map(({ field }) => field)

const refreshing = { clientId, clientSecret, refreshToken: 'r0' }

/** A file that lasts from run to run. */
const storeOf = (kept?: string) => {
  const store = { text: kept, path: undefined as string | undefined, writable: true }
  const host = {
    ...stillRuntime(),
    openTokenStore: (path?: string) => {
      store.path = path
      return {
        place: 'the file',
        ready: async () => {
          if (!store.writable) throw new LicenseException({ _tag: 'FileUnusable', message: 'the file: EROFS' })
        },
        read: async () => store.text,
        write: async (text: string) => {
          store.text = text
        },
      }
    },
  }
  return { store, host }
}

const run = async (configuration: Readonly<Record<string, unknown>>, host: ReturnType<typeof storeOf>['host']) => {
  const configured = webexDefinition.configure('webex-emea', configuration)
  if (E.isLeft(configured)) throw new Error('it was refused')
  return readList(configured.right.create(host).listLicenses())
}

const serveRun = (refreshToken: string, token: string, rotated: string) => {
  nock(api)
    .post('/access_token', (body) => body.refresh_token === refreshToken)
    .reply(200, { access_token: token, refresh_token: rotated, expires_in: 3_600 })
  serveLicensesFor(token)
}
const serveLicensesFor = (token: string) =>
  nock(api, { reqheaders: { authorization: `Bearer ${token}` } })
    .get('/licenses')
    .reply(200, { items: [] })

describe('the configuration of Webex', () => {
  test.each([
    ['an access token', { accessToken: 't0ken' }],
    ['a refresh token with the credentials of an integration', refreshing],
  ])('needs no more than %s', (_, configuration) => {
    expect(problemsOf(configuration)).toEqual([])
  })

  test('that is empty lacks an access token', () => {
    expect(problemsOf({})).toEqual([
      { field: 'accessToken', expected: 'an access token, or clientId, clientSecret and refreshToken' },
    ])
  })

  test('with a part of the credentials of an integration lacks all the others but the refresh token, which may be that of a person who signs in', () => {
    expect(fieldsOf({ clientId })).toEqual(['clientSecret'])
  })

  test('may not have both ways in', () => {
    expect(fieldsOf({ accessToken: 't0ken', ...refreshing })).toEqual(['clientId', 'clientSecret', 'refreshToken'])
  })

  test('tells every mistake at once, each once, with what was found', () => {
    const problems = problemsOf({ accessToken: ' ', apiUrl: 'http://webex.example', userSource: 'all', orgid: 'o1' })
    expect(problems.map(({ field }) => field).sort()).toEqual(['accessToken', 'apiUrl', 'orgid', 'userSource'])
    expect(problems.find(({ field }) => field === 'userSource')).toEqual({
      field: 'userSource',
      expected: 'one of "both", "licenses", "people"',
      found: '"all"',
    })
  })

  test.each([
    [{ scim: true }, []],
    [{ scim: true, userSource: 'both' }, []],
    [{ scim: false, userSource: 'people' }, []],
    [{ scim: true, userSource: 'people' }, ['scim']],
    [{ scim: true, userSource: 'licenses' }, ['scim']],
    [{ scim: 'yes' }, ['scim']],
  ])('with %j has the wrong fields %j: accounts are joined with users of both routes', (more, fields) => {
    expect(fieldsOf({ accessToken: 't0ken', ...more })).toEqual(fields)
  })

  test('makes a provider with its id, organization and source of users', async () => {
    const configuration = { accessToken: 't0ken', orgId: 'o1', userSource: 'people' }
    const configured = webexDefinition.configure('webex-emea', configuration)
    if (E.isLeft(configured)) throw new Error('it was refused')
    const queries = servePeople([person('p1')])
    const { value } = await readList(configured.right.create(storeOf().host).listUsers())
    expect(value).toMatchObject([{ provider: 'webex-emea', id: 'p1' }])
    expect(queries).toEqual(['?max=1000&orgId=o1'])
  })
})

describe('the token file of Webex', () => {
  test('is the configured one, or the default where none is configured', async () => {
    const { store, host } = storeOf()
    serveRun('r0', 't1', 'r1')
    await run({ ...refreshing, tokenFile: 'my.token' }, host)
    expect(store.path).toBe('my.token')
    serveLicensesFor('t1')
    await run(refreshing, host)
    expect(store.path).toBeUndefined()
  })

  test('wins over the configuration on the next run', async () => {
    const { store, host } = storeOf()
    serveRun('r0', 't1', 'r1')
    await run(refreshing, host)
    host.advance(3_600_000)
    serveRun('r1', 't2', 'r2')
    expect((await run(refreshing, host)).error).toBeUndefined()
    expect(JSON.parse(store.text ?? '')).toMatchObject({ accessToken: 't2', refreshToken: 'r2' })
  })

  test('is passed over once another refresh token has been configured', async () => {
    const { host } = storeOf()
    serveRun('r0', 't1', 'r1')
    await run(refreshing, host)
    serveRun('new', 't3', 'r3')
    expect((await run({ ...refreshing, refreshToken: 'new' }, host)).error).toBeUndefined()
    expect(nock.isDone()).toBe(true)
  })

  test('does not contain the configured refresh token, by which it knows it', async () => {
    const { store, host } = storeOf()
    serveRun('r0-configured', 't1', 'r1')
    await run({ ...refreshing, refreshToken: 'r0-configured' }, host)
    expect(store.text).not.toContain('r0-configured')
  })

  test('that is not one is an error, and stays as it is', async () => {
    const { store, host } = storeOf('my shopping list')
    const { error } = await run(refreshing, host)
    expect(error?._tag).toBe('AuthenticationFailed')
    expect(error?.message).toMatch(/^the kept tokens could not be read: the file was damaged or edited/)
    expect(store.text).toBe('my shopping list')
  })
})

describe('the kept tokens of Webex', () => {
  test('are not asked for where they could not be kept: the refresh token is not spent', async () => {
    const { store, host } = storeOf()
    store.writable = false
    const { error } = await run(refreshing, host)
    expect(error?._tag).toBe('AuthenticationFailed')
    expect(error?.message).toBe('new tokens could not be kept, so Seatlens did not ask for any: the file: EROFS')
  })

  test.each(['garbage{', '[]', '{"accessToken":1}'])('that are %j are named with their file', async (kept) => {
    const { error } = await run(refreshing, storeOf(kept).host)
    expect(error?._tag).toBe('AuthenticationFailed')
    expect(error?.message).toContain('the file was damaged or edited')
    expect(error?.message).not.toContain('garbage')
  })
})

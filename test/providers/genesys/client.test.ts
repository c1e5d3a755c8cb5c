import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysClient } from '../../../providers/genesys/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, errorBody, withToken } from './genesys-at-http.ts'

withoutNetwork()

const client = () => createGenesysClient(withToken, stillRuntime())

/** Answers only if method, path, query, body and token are exactly these. */
const vendor = nock.bind(undefined, api, { reqheaders: { authorization: 'Bearer t0ken', accept: 'application/json' } })

describe('the Genesys client', () => {
  test('gets all license definitions in one request, with no query', async () => {
    vendor()
      .get('/api/v2/license/definitions')
      .reply(200, [{ id: 'cloudCX2' }, { id: 'communicate' }])
    const { records } = await toPromise(client().getLicenseDefinitions())
    expect(records.map(({ id }) => id)).toEqual(['cloudCX2', 'communicate'])
  })

  test('gets one license definition by its id, which is encoded', async () => {
    vendor().get('/api/v2/license/definitions/a%2Fb%3Fc%20d').reply(200, { id: 'a/b?c d' })
    expect(await toPromise(client().getLicenseDefinition('a/b?c d'))).toEqual({ id: 'a/b?c d' })
  })

  test('takes a dollar sign in an id as it is', async () => {
    vendor().get("/api/v2/license/definitions/%24%26%24'").reply(200, { id: "$&$'" })
    expect(await toPromise(client().getLicenseDefinition("$&$'"))).toEqual({ id: "$&$'" })
  })

  test.each(['', '.', '..'])('refuses the id "%s", which would lead to another address', async (id) => {
    const failures = await Promise.all(
      [client().getLicenseDefinition(id), client().getLicenseUser(id), client().getUser(id)].map(failureOf),
    )
    expect(failures.map(({ _tag }) => _tag)).toEqual(['RequestRejected', 'RequestRejected', 'RequestRejected'])
  })

  test('gets the page of licensed users that is asked for', async () => {
    const page = {
      entities: [{ id: 'u1', licenses: ['cloudCX2'] }],
      pageSize: 50,
      pageNumber: 3,
      total: 101,
      pageCount: 3,
    }
    vendor().get('/api/v2/license/users').query({ pageSize: '50', pageNumber: '3' }).reply(200, page)
    expect(await toPromise(client().getLicenseUsers({ pageNumber: 3, pageSize: 50 }))).toEqual({
      records: [{ id: 'u1', licenses: ['cloudCX2'] }],
      undecodable: 0,
      issues: [],
      pageSize: 50,
      pageNumber: 3,
      total: 101,
      pageCount: 3,
      unstated: [],
    })
  })

  test('tells of rows that do not say what the user holds apart from those that cannot be read', async () => {
    const entities = [
      { id: 'u1', licenses: ['a'] },
      { id: 'u2' },
      { user: { id: 'u3' }, licenses: null },
      { licenses: [] },
    ]
    vendor().get('/api/v2/license/users').reply(200, { entities })
    expect(await toPromise(client().getLicenseUsers())).toMatchObject({
      records: [{ id: 'u1' }],
      unstated: [{ id: 'u2' }, { user: { id: 'u3' } }],
      undecodable: 1,
    })
  })

  test.each([1e305, 10.5, -1, '3', 'NaN', null, {}, Number.MAX_SAFE_INTEGER + 1])(
    'reads %j as no number of pages, rows or a total',
    async (odd) => {
      const page = { entities: [], pageSize: odd, pageNumber: odd, total: odd, pageCount: odd }
      vendor().get('/api/v2/license/users').reply(200, page)
      const told = await toPromise(client().getLicenseUsers())
      expect([told.pageSize, told.pageNumber, told.total, told.pageCount]).toEqual(Array(4).fill(undefined))
    },
  )

  test('leaves page number and size to the vendor where they are not asked for', async () => {
    vendor().get('/api/v2/license/users').reply(200, { entities: [] })
    expect((await toPromise(client().getLicenseUsers())).records).toEqual([])
  })

  test('gets the licenses of one user', async () => {
    const user = { id: 'u1', licenses: [{ id: 'cloudCX2', permissions: { ids: ['routing:queue:view'] } }] }
    vendor().get('/api/v2/license/users/u1').reply(200, user)
    expect(await toPromise(client().getLicenseUser('u1'))).toEqual(user)
  })

  test('posts the ids of several users and gets their licenses, whichever of the possible forms they have', async () => {
    vendor()
      .post('/api/v2/license/users', ['u1', 'u2', 'u3', 'u4'])
      .reply(200, {
        u1: ['cloudCX1', 'communicate'],
        u2: [{ id: 'cloudCX2' }],
        u3: { licenses: ['cloudCX3', { id: 'wallboardUser' }] },
        u4: [],
      })
    expect(await toPromise(client().postLicenseUsers(['u1', 'u2', 'u3', 'u4']))).toEqual(
      new Map([
        ['u1', ['cloudCX1', 'communicate']],
        ['u2', ['cloudCX2']],
        ['u3', ['cloudCX3', 'wallboardUser']],
        ['u4', []],
      ]),
    )
  })

  test('repeats the batch of users after a server error, as it only reads', async () => {
    vendor().post('/api/v2/license/users', ['u1']).reply(503)
    vendor()
      .post('/api/v2/license/users', ['u1'])
      .reply(200, { u1: ['cloudCX1'] })
    expect((await toPromise(client().postLicenseUsers(['u1']))).get('u1')).toEqual(['cloudCX1'])
  })

  test('posts role ids and gets the licenses that they infer', async () => {
    vendor().post('/api/v2/license/infer', ['role-1', 'role-2']).reply(200, ['cloudCX3'])
    expect(await toPromise(client().postLicenseInfer(['role-1', 'role-2']))).toEqual(['cloudCX3'])
  })

  test('reads a license feature toggle, though the vendor has deprecated it', async () => {
    vendor().get('/api/v2/license/toggles/my%20feature').reply(200, { featureName: 'my feature', enabled: true })
    expect(await toPromise(client().getLicenseToggle('my feature'))).toEqual({
      featureName: 'my feature',
      enabled: true,
    })
  })

  test('posts a license feature toggle, though the vendor says that it has no effect', async () => {
    vendor().post('/api/v2/license/toggles/my%20feature', '').reply(200, { enabled: true })
    expect(await toPromise(client().postLicenseToggle('my feature'))).toEqual({ enabled: true })
  })

  test('says NotFound for the license organization, which the vendor has withdrawn', async () => {
    vendor()
      .get('/api/v2/license/organization')
      .reply(404, errorBody(404, 'not.found', 'HTTP 404 Not Found'))
    expect(await failureOf(client().getLicenseOrganization())).toMatchObject({
      _tag: 'NotFound',
      operation: 'GET /api/v2/license/organization',
      vendorCode: 'not.found',
    })
  })

  test('reads the license organization where one still answers', async () => {
    const organization = { id: 'o1', name: 'Org', licenses: { cloudCX2: [{ id: 'u1', selfUri: '/api/v2/users/u1' }] } }
    vendor().get('/api/v2/license/organization').reply(200, organization)
    expect(await toPromise(client().getLicenseOrganization())).toEqual(organization)
  })

  test('gets a page of the directory in the state that is asked for', async () => {
    const entities = [{ id: 'u1', name: 'Ann', email: 'ann@example.com', state: 'inactive' }]
    vendor()
      .get('/api/v2/users')
      .query({ state: 'any', pageSize: '500', pageNumber: '2' })
      .reply(200, { entities, pageSize: 500, pageNumber: 2, pageCount: 2, total: 501 })
    const page = await toPromise(client().getUsers({ state: 'any', pageSize: 500, pageNumber: 2 }))
    expect(page).toMatchObject({ records: entities, pageSize: 500, pageNumber: 2, pageCount: 2, total: 501 })
  })

  test('gets a page of the directory by cursor', async () => {
    vendor()
      .get('/api/v2/users/query')
      .query({ state: 'any', pageSize: '500', cursor: 'c+1=' })
      .reply(200, { entities: [{ id: 'u1' }], cursor: 'c2' })
    const page = await toPromise(client().getUsersQuery({ state: 'any', pageSize: 500, cursor: 'c+1=' }))
    expect(page).toMatchObject({ records: [{ id: 'u1' }], cursor: 'c2' })
  })

  test.each([
    ['as entities', { entities: [{ id: 'u1' }] }],
    ['as results', { results: [{ id: 'u1' }] }],
    ['as results, with entities that are null', { entities: null, results: [{ id: 'u1' }] }],
    ['as entities, with results that are a number', { entities: [{ id: 'u1' }], results: 1 }],
    ['as entities, with results that are null', { entities: [{ id: 'u1' }], results: null }],
    ['as results, with entities that are empty', { entities: [], results: [{ id: 'u1' }] }],
  ])('finds the rows of the cursor listing %s', async (_, body) => {
    vendor().get('/api/v2/users/query').reply(200, body)
    expect((await toPromise(client().getUsersQuery({}))).records).toEqual([{ id: 'u1' }])
  })

  test.each([
    ['a full address', 'https://api.elsewhere.example/api/v2/users/query?pageSize=500&cursor=c%2B2'],
    ['a path', '/api/v2/users/query?cursor=c%2B2'],
  ])('takes nothing but the cursor from a next link that is %s', async (_, nextUri) => {
    vendor().get('/api/v2/users/query').reply(200, { entities: [], nextUri })
    expect((await toPromise(client().getUsersQuery({}))).cursor).toBe('c+2')
  })

  test.each([
    ['no cursor and no next link', {}],
    ['null for both', { cursor: null, nextUri: null }],
  ])('has no cursor after %s', async (_, more) => {
    vendor()
      .get('/api/v2/users/query')
      .reply(200, { entities: [], ...more })
    expect((await toPromise(client().getUsersQuery({}))).cursor).toBeUndefined()
  })

  test('does not take a next link without a cursor for the end of the list', async () => {
    vendor().get('/api/v2/users/query').reply(200, { entities: [], nextUri: '/api/v2/users/query?pageSize=500' })
    expect((await toPromise(client().getUsersQuery({}))).cursor).toBe('')
  })

  test('gets one user of the directory', async () => {
    vendor().get('/api/v2/users/u%3A1').reply(200, { id: 'u:1', state: 'deleted' })
    expect(await toPromise(client().getUser('u:1'))).toEqual({ id: 'u:1', state: 'deleted' })
  })

  test('searches users by e-mail address, in every state', async () => {
    vendor()
      .post('/api/v2/users/search', {
        pageSize: 25,
        pageNumber: 1,
        query: [
          { type: 'EXACT', fields: ['email'], value: 'ann@example.com' },
          { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] },
        ],
      })
      .reply(200, { total: 1, results: [{ id: 'u1', email: 'ann@example.com' }] })
    expect((await toPromise(client().searchUsersByEmail('ann@example.com'))).records).toHaveLength(1)
  })

  test.each([{ results: [] }, { total: 0 }, { total: 0, results: null }])(
    'finds no user if the search answers %j',
    async (body) => {
      vendor().post('/api/v2/users/search').reply(200, body)
      expect((await toPromise(client().searchUsersByEmail('ann@example.com'))).records).toEqual([])
    },
  )

  test.each([{}, { results: null }, { message: 'no', code: 'internal.server.error', status: 500 }, { total: 3 }])(
    'does not take %j for no user',
    async (body) => {
      vendor().post('/api/v2/users/search').reply(200, body)
      expect((await failureOf(client().searchUsersByEmail('ann@example.com')))._tag).toBe('InvalidResponse')
    },
  )
})

describe('the Genesys client, giving and taking licenses', () => {
  const path = '/api/v2/license/organization'
  const given = { licenseId: 'cloudCX2', userIdsAdd: ['u1'] }

  test('sends every field, as the vendor requires all of them', async () => {
    const rows = [{ userId: 'u1', licenseId: 'cloudCX2', result: 'whatever' }]
    vendor()
      .post(path, {
        assignments: [
          { licenseId: 'cloudCX2', userIdsAdd: ['u1'], userIdsRemove: [] },
          { licenseId: 'communicate', userIdsAdd: [], userIdsRemove: ['u2', 'u3'] },
        ],
      })
      .reply(200, rows, { 'ININ-Correlation-Id': 'c0rrelation' })
    const updates = await toPromise(
      client().postLicenseOrganization([given, { licenseId: 'communicate', userIdsRemove: ['u2', 'u3'] }]),
    )
    expect(updates).toEqual({ records: rows, undecodable: 0, issues: [], correlationId: 'c0rrelation' })
  })

  test('counts the rows that it cannot decode', async () => {
    vendor()
      .post(path)
      .reply(200, [{ userId: 'u1', licenseId: 'cloudCX2', result: null }, { userId: 'u2' }, null])
    const updates = await toPromise(client().postLicenseOrganization([given]))
    expect(updates).toMatchObject({ records: [{ userId: 'u1', licenseId: 'cloudCX2' }], undecodable: 2 })
  })

  test('does not repeat it after a failure, as it may have had its effect', async () => {
    vendor().post(path).once().reply(503)
    expect(await failureOf(client().postLicenseOrganization([given]))).toMatchObject({
      _tag: 'Unavailable',
      status: 503,
    })
  })

  test('names the permission that it needs', async () => {
    vendor().post(path).reply(403)
    expect(await failureOf(client().postLicenseOrganization([given]))).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['authorization:grant:add'],
    })
  })

  test.each([200, 202, 204])('takes a %i without a body for a yes that says nothing more', async (status) => {
    vendor().post(path).once().reply(status, '', { 'ININ-Correlation-Id': 'c0rrelation, c0rrelation' })
    expect(await toPromise(client().postLicenseOrganization([given]))).toEqual({
      records: [],
      undecodable: 0,
      issues: [],
      silent: true,
      correlationId: 'c0rrelation',
    })
  })

  test('says InvalidResponse, with the correlation id, for an answer that is no list', async () => {
    vendor().post(path).reply(200, { rows: [] }, { 'ININ-Correlation-Id': 'c0rrelation' })
    expect(await failureOf(client().postLicenseOrganization([given]))).toMatchObject({
      _tag: 'InvalidResponse',
      correlationId: 'c0rrelation',
    })
  })

  test('sends 511,999 bytes and refuses 512,000, in whatever characters', async () => {
    const rest = JSON.stringify({ assignments: [{ licenseId: '', userIdsAdd: [], userIdsRemove: [] }] }).length
    const licenseIdOf = (bytes: number) => 'é'.repeat(1_000) + 'x'.repeat(bytes - rest - 2_000)
    vendor().post(path).once().reply(200, [])
    await toPromise(client().postLicenseOrganization([{ licenseId: licenseIdOf(511_999) }]))
    expect(await failureOf(client().postLicenseOrganization([{ licenseId: licenseIdOf(512_000) }]))).toEqual({
      _tag: 'RequestRejected',
      provider: 'genesys',
      operation: 'POST /api/v2/license/organization',
      message: 'not sent: the vendor takes no body of 512000 bytes or more',
    })
  })
})

describe('a failure of the Genesys client', () => {
  test('has the vendor code, message and correlation id', async () => {
    vendor()
      .get('/api/v2/license/definitions')
      .reply(400, errorBody(400, 'bad.request', 'No such thing'), { 'ININ-Correlation-Id': 'c0rrelation' })
    expect(await failureOf(client().getLicenseDefinitions())).toEqual({
      _tag: 'RequestRejected',
      provider: 'genesys',
      operation: 'GET /api/v2/license/definitions',
      message: 'the vendor rejected the request',
      status: 400,
      vendorCode: 'bad.request',
      vendorMessage: 'No such thing',
      correlationId: 'c0rrelation',
    })
  })

  test('has the correlation id of the body where the header is missing', async () => {
    vendor()
      .get('/api/v2/license/definitions')
      .reply(400, errorBody(400, 'bad.request', 'No'))
    expect(await failureOf(client().getLicenseDefinitions())).toMatchObject({ correlationId: 'c0ntext' })
  })

  test('names the permissions that the vendor names', async () => {
    const message =
      'Unable to perform the requested action. You must have at least one of the following permissions assigned: [a:b:c, d:e:f]'
    vendor()
      .get('/api/v2/license/definitions')
      .reply(403, errorBody(403, 'missing.any.permissions', message))
    expect(await failureOf(client().getLicenseDefinitions())).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['a:b:c', 'd:e:f'],
    })
  })

  test('looks for permissions in the first 4,000 characters of what the vendor says, and no further', async () => {
    const named = (at: number) => `${'permissions '.repeat(2_000_000).slice(0, at - 5)} of [a:b:c]`
    const missingAt = async (at: number) => {
      vendor()
        .get('/api/v2/license/definitions')
        .reply(403, errorBody(403, 'missing.any.permissions', named(at)))
      return failureOf(client().getLicenseDefinitions())
    }
    expect(await missingAt(3_900)).toMatchObject({ missing: ['a:b:c'] })
    for (const at of [4_100, 15_000_000]) {
      expect(await missingAt(at)).toMatchObject({ missing: ['authorization:license:view', 'authorization:grant:add'] })
    }
  })

  test('names the documented permissions where the vendor names none', async () => {
    vendor().get('/api/v2/license/definitions').reply(403)
    expect(await failureOf(client().getLicenseDefinitions())).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['authorization:license:view', 'authorization:grant:add'],
    })
  })

  test('never has an id or a query in its operation', async () => {
    vendor()
      .get('/api/v2/license/users/secret-user')
      .reply(404, errorBody(404, 'not.found', 'no'))
    expect((await failureOf(client().getLicenseUser('secret-user'))).operation).toBe(
      'GET /api/v2/license/users/{userId}',
    )
  })

  test('keeps the rate of the vendor: nothing is sent before the minute is over when nothing is left of it', async () => {
    const runtime = stillRuntime()
    const spent = { 'inin-ratelimit-count': '300', 'inin-ratelimit-allowed': '300', 'inin-ratelimit-reset': '42' }
    vendor().get('/api/v2/license/definitions').times(2).reply(200, [], spent)
    const paced = createGenesysClient(withToken, runtime)
    await toPromise(paced.getLicenseDefinitions())
    await toPromise(paced.getLicenseDefinitions())
    expect(runtime.waits).toEqual([42_000])
  })
})

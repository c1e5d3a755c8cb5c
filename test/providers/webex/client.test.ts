import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexClient } from '../../../providers/webex/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, errorBody, nextLink, withToken } from './webex-at-http.ts'

withoutNetwork()

const client = (more: { orgId?: string; apiUrl?: string } = {}) =>
  createWebexClient({ ...withToken, ...more }, stillRuntime())

/** Answers only if method, path, query and token are exactly these. */
const vendor = () => nock(api, { reqheaders: { authorization: 'Bearer t0ken', accept: 'application/json' } })

const users = [{ id: 'p1', type: 'INTERNAL', displayName: 'Ann', email: 'ann@example.com' }]

describe('the Webex client', () => {
  test('lists the licenses in one request without a query', async () => {
    vendor()
      .get('/licenses')
      .reply(200, { items: [{ id: 'L1', name: 'Calling', totalUnits: 10 }] })
    expect(await toPromise(client().listLicenses())).toEqual({
      records: [{ id: 'L1', name: 'Calling', totalUnits: 10 }],
      undecodable: 0,
      issues: [],
    })
  })

  test('lists the licenses and the people of the organization that is configured', async () => {
    vendor().get('/licenses').query({ orgId: 'o1' }).reply(200, { items: [] })
    vendor().get('/people').query({ orgId: 'o1', max: '7' }).reply(200, { items: [] })
    await toPromise(client({ orgId: 'o1' }).listLicenses())
    await toPromise(client({ orgId: 'o1' }).listPeople({ max: 7 }))
    expect(nock.isDone()).toBe(true)
  })

  test('names no organization with one license, as its id contains it', async () => {
    vendor().get('/licenses/L1').reply(200, { id: 'L1' })
    expect(await toPromise(client({ orgId: 'o1' }).getLicense('L1'))).toMatchObject({ license: { id: 'L1' } })
  })

  test('gets one license without its holders', async () => {
    vendor().get('/licenses/L%2F1%3D').reply(200, { id: 'L/1=', name: 'Calling' })
    expect(await toPromise(client().getLicense('L/1='))).toEqual({
      license: { id: 'L/1=', name: 'Calling' },
      users: { records: [], undecodable: 0, issues: [] },
    })
  })

  test('gets one license with a page of its holders', async () => {
    const url = `${api}/licenses/L1?includeAssignedTo=user&limit=300&next=c2`
    vendor()
      .get('/licenses/L1')
      .query({ includeAssignedTo: 'user', limit: '300' })
      .reply(200, { id: 'L1', users }, nextLink(url))
    const details = await toPromise(client().getLicense('L1', { includeAssignedTo: 'user', limit: 300 }))
    expect(details.users).toEqual({
      records: users,
      undecodable: 0,
      issues: [],
      next: 'holders/L1?limit=300&next=c2',
    })
  })

  test('gets a page of holders by its cursor', async () => {
    vendor()
      .get('/licenses/L1')
      .query({ includeAssignedTo: 'user', next: 'c+2', limit: '4' })
      .reply(200, { id: 'L1', users })
    const query = { includeAssignedTo: 'user', next: 'c+2', limit: 4 } as const
    expect((await toPromise(client().getLicense('L1', query))).users.records).toEqual(users)
  })

  test.each([{}, { users: null }])('finds no holders where the license says %j', async (more) => {
    vendor()
      .get('/licenses/L1')
      .query(true)
      .reply(200, { id: 'L1', ...more })
    const details = await toPromise(client().getLicense('L1', { includeAssignedTo: 'user' }))
    expect(details.users.records).toEqual([])
  })

  test('gets further pages of holders, licenses and people by their cursors', async () => {
    vendor().get('/licenses/L1').query({ next: 'c2', includeAssignedTo: 'user' }).reply(200, { id: 'L1', users })
    vendor()
      .get('/licenses')
      .query({ page: '2' })
      .reply(200, { items: [{ id: 'L2' }] })
    vendor()
      .get('/people')
      .query({ cursor: 'c2' })
      .reply(200, { items: [{ id: 'p2' }] })
    const pages = await Promise.all([
      toPromise(client().getLicenseUsers('L1', { cursor: 'holders/L1?next=c2' })),
      toPromise(client().listLicenses({ cursor: 'licenses?page=2' })),
      toPromise(client().listPeople({ cursor: 'people?cursor=c2' })),
    ])
    expect(pages.map(({ records }) => records.map(({ id }) => id))).toEqual([['p1'], ['L2'], ['p2']])
  })

  test('lists people by e-mail address', async () => {
    vendor()
      .get('/people')
      .query({ email: 'ann+1@example.com' })
      .reply(200, { items: [{ id: 'p1' }] })
    expect((await toPromise(client().listPeople({ email: 'ann+1@example.com' }))).records).toEqual([{ id: 'p1' }])
  })

  test('gets one person', async () => {
    vendor().get('/people/p%2F1').reply(200, { id: 'p/1', licenses: [] })
    expect(await toPromise(client().getPersonDetails('p/1'))).toEqual({ id: 'p/1', licenses: [] })
  })

  test('reads from another address where one is configured', async () => {
    nock('http://127.0.0.1:4020').get('/v1/licenses').reply(200, { items: [] })
    await toPromise(client({ apiUrl: 'http://127.0.0.1:4020/v1' }).listLicenses())
    expect(nock.isDone()).toBe(true)
  })

  test.each(['', '.', '..'])('refuses the id "%s", which would lead to another address', async (id) => {
    const failures = await Promise.all([client().getLicense(id), client().getPersonDetails(id)].map(failureOf))
    expect(failures.map(({ _tag }) => _tag)).toEqual(['RequestRejected', 'RequestRejected'])
  })

  test.each([
    ['https://evil.example/v1/licenses'],
    ['https://webexapis.com.evil.example/v1/licenses'],
    ['https://webexapis.com:8443/v1/licenses'],
    ['http://webexapis.com/v1/licenses'],
    ['https://user:pass@webexapis.com/v1/licenses'],
  ])('sends nothing to %s', async (url) => {
    const requests: unknown[] = []
    const fetch: typeof globalThis.fetch = async (request) => {
      requests.push(request)
      return new Response('{"items":[]}')
    }
    const failure = await failureOf(
      createWebexClient(withToken, { ...stillRuntime(), fetch }).listLicenses({ cursor: url }),
    )
    expect(failure._tag).toBe('Untrusted')
    expect(requests).toEqual([])
  })

  test.each(['', 'c2', '/v1/licenses?page=2', 'people?page=2', 'licenses?', 'holders/L2?next=c2'])(
    'refuses "%s" for a cursor of another list',
    async (cursor) => {
      const failures = await Promise.all(
        [client().listLicenses({ cursor }), client().getLicenseUsers('L1', { cursor })].map(failureOf),
      )
      expect(failures.map(({ _tag }) => _tag)).toEqual(['RequestRejected', 'RequestRejected'])
    },
  )

  test('says where it cannot read whether there is more, rather than that there is not', async () => {
    vendor()
      .get('/licenses')
      .reply(200, { items: [{ id: 'L1' }] }, { link: 'garbage' })
    expect(await toPromise(client().listLicenses())).toMatchObject({
      records: [{ id: 'L1' }],
      endedBy: { _tag: 'InvalidResponse', issues: [expect.stringContaining('Link header')] },
    })
  })
})

describe('a failure of the Webex client', () => {
  const failing = async (status: number, body?: nock.Body, headers: Record<string, string> = {}) => {
    vendor().get('/licenses').times(5).reply(status, body, headers)
    return failureOf(client().listLicenses())
  }

  test('has the vendor code, message and tracking id', async () => {
    expect(await failing(400, errorBody('License not recognized', 400000))).toEqual({
      _tag: 'RequestRejected',
      provider: 'webex',
      operation: 'GET /v1/licenses',
      message: 'the vendor rejected the request',
      status: 400,
      vendorCode: '400000',
      vendorMessage: 'License not recognized',
      correlationId: 'ROUTER_1',
    })
  })

  test('is read in the style of Control Hub', async () => {
    const body = {
      errorCode: 6,
      message: 'Bad request',
      errors: [{ errorCode: 6, description: 'x' }],
      trackingId: 'ATLAS_1',
    }
    expect(await failing(400, body)).toMatchObject({
      vendorCode: '6',
      vendorMessage: 'Bad request',
      correlationId: 'ATLAS_1',
    })
  })

  test('is read in the style of the identity service', async () => {
    const error = { key: '401', message: [{ code: '701018', description: 'Access token expired' }] }
    expect(await failing(401, { error, trackingId: 'NA_1' })).toMatchObject({
      _tag: 'AuthenticationFailed',
      vendorCode: '701018',
      vendorMessage: 'Access token expired',
      correlationId: 'NA_1',
    })
  })

  test('names the scope where a 403 says no more than that one is missing', async () => {
    expect(
      await failing(403, { message: 'The server understood the request', trackingId: 'ROUTERGW_1' }),
    ).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['spark-admin:licenses_read'],
      correlationId: 'ROUTERGW_1',
    })
  })

  test('has the tracking id of the header where the body is a page', async () => {
    expect(await failing(502, '<html>Bad gateway</html>', { TrackingID: 'GTWY_1' })).toMatchObject({
      _tag: 'Unavailable',
      status: 502,
      correlationId: 'GTWY_1',
    })
  })
})

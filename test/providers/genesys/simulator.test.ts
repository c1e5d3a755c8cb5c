import { afterEach, describe, expect, it } from 'vitest'
import {
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  type GenesysWorld,
  rawRecord,
  startGenesysSimulator,
} from '../../../providers/genesys/simulator/index.ts'
import { idsOf, type JsonRecord, type Reply, recordOf, recordsOf, send as sendTo } from '../../simulator-kit/reply.ts'

let simulator: GenesysSimulator | undefined
let token = ''

const send = (path: string, init?: RequestInit) => sendTo(`${simulator?.url}${path}`, init)

const mint = (init: RequestInit = {}): Promise<Reply> => {
  const { clientId, clientSecret } = simulator?.configuration ?? {}
  return send('/oauth/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    ...init,
  })
}

const start = async (options: GenesysSimulatorOptions = {}): Promise<GenesysSimulator> => {
  simulator = await startGenesysSimulator(options)
  const minted = await mint()
  token = String(minted.body.access_token)
  return simulator
}

const get = (path: string) => send(`/api/v2${path}`, { headers: { authorization: `Bearer ${token}` } })
const post = (path: string, body: unknown, contentType = 'application/json') =>
  send(`/api/v2${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const everyPage = async (path: (pageNumber: number) => string): Promise<readonly JsonRecord[]> => {
  const entities: JsonRecord[] = []
  for (let pageNumber = 1; ; pageNumber++) {
    const { body } = await get(path(pageNumber))
    entities.push(...recordsOf(body.entities))
    if (pageNumber >= Number(body.pageCount)) return entities
  }
}

afterEach(async () => {
  await simulator?.destroy()
  simulator = undefined
})

describe('the login host', () => {
  it('mints tokens for the client, by Basic auth or in the form', async () => {
    const { configuration } = await start({ tokenLifetimeSeconds: 600 })
    expect((await mint()).body).toMatchObject({ token_type: 'bearer', expires_in: 600 })
    const { clientId, clientSecret } = configuration
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
    expect((await mint({ headers: {}, body: new URLSearchParams(form) })).status).toBe(200)
    expect(simulator?.tokens.minted()).toBe(3)
  })

  it('refuses a client that it does not know with a 400', async () => {
    await start()
    const { status, body } = await mint({ headers: { authorization: `Basic ${btoa('no:body')}` } })
    expect(status).toBe(400)
    expect(body).toEqual({
      error: 'invalid_client',
      description: 'client not found',
      error_description: 'client not found',
    })
    simulator?.tokens.refuseClient(true)
    expect((await mint()).body.error).toBe('invalid_client')
  })

  it('throttles minting with a 400', async () => {
    const { clock } = await start({ tokenRateLimit: { requests: 1 } })
    const { status, body } = await mint()
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_request')
    expect(body.description).toMatch(/^rate limit exceeded; /)
    clock.advance(60_000)
    expect((await mint()).status).toBe(200)
  })
})

describe('access to the API', () => {
  it('tells why a token is refused', async () => {
    const { tokens, clock } = await start({ tokenLifetimeSeconds: 60 })
    expect((await send('/api/v2/license/users')).body).toMatchObject({ status: 401, code: 'authentication.required' })
    clock.advance(60_000)
    expect((await get('/license/users')).body).toMatchObject({ status: 401, code: 'credentials.expired' })
    tokens.revoke()
    expect((await get('/license/users')).body).toMatchObject({
      status: 401,
      code: 'bad.credentials',
      message: 'Invalid login credentials.',
    })
  })

  it('names the permissions of which one is needed', async () => {
    await start({ permissions: [] })
    const { status, body } = await get('/license/definitions')
    expect(status).toBe(403)
    expect(body.code).toBe('missing.any.permissions')
    expect(body.message).toContain('assigned: [authorization:grant:add, authorization:license:view]')
    expect((await get('/users/query')).body.message).toContain('[directory:user:view]')
    expect((await get('/license/users')).status).toBe(200)
    expect((await get('/users')).status).toBe(200)
  })

  it('puts a correlation id on every answer, the same as in the body', async () => {
    const { faults } = await start()
    const { headers, body } = await get('/license/definitions/nothing')
    expect(body).toMatchObject({ status: 404, code: 'not.found', contextId: headers.get('ININ-Correlation-Id') })
    expect((await get('/license/definitions')).headers.get('ININ-Correlation-Id')).toMatch(/^[0-9a-f-]{36}$/)
    faults.add({ effect: { kind: 'status', status: 503, body: {} } })
    expect((await get('/users')).headers.get('ININ-Correlation-Id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('limits the rate of each token and says how long to wait', async () => {
    const { clock } = await start({ rateLimit: { requests: 2 } })
    const first = await get('/tokens/me')
    expect(first.headers.get('inin-ratelimit-count')).toBe('1')
    expect(first.headers.get('inin-ratelimit-allowed')).toBe('2')
    expect(Number(first.headers.get('inin-ratelimit-reset'))).toBeGreaterThan(50)
    await get('/tokens/me')
    const refused = await get('/tokens/me')
    const seconds = refused.headers.get('retry-after')
    expect(refused.body).toMatchObject({
      status: 429,
      code: 'too.many.requests.retry.after',
      message: `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`,
    })
    clock.advance(60_000)
    expect((await get('/tokens/me')).status).toBe(200)
  })

  it('has rate headers without a limit too, far above what a client may use', async () => {
    await start()
    const { headers } = await get('/tokens/me')
    expect(headers.get('inin-ratelimit-count')).toBe('1')
    expect(Number(headers.get('inin-ratelimit-allowed'))).toBeGreaterThanOrEqual(300_000)
    expect(Number(headers.get('inin-ratelimit-reset'))).toBeGreaterThan(0)
  })

  it('refuses what is unknown, gone, of another kind or too large', async () => {
    await start()
    expect((await get('/license/organization')).status).toBe(404)
    expect((await get('/license/users/00000000-0000-4000-8000-000000000000')).status).toBe(404)
    expect((await post('/license/definitions', [])).status).toBe(405)
    expect((await post('/license/users', '[]', 'text/plain')).status).toBe(415)
    expect((await post('/license/users', '{')).status).toBe(400)
    expect((await post('/license/users', [1])).status).toBe(400)
    expect((await post('/license/users', [`${'x'.repeat(512_000)}`])).status).toBe(413)
  })
})

describe('the License API of a seeded organization', () => {
  it('lists every user with a row once, as the organization has them', async () => {
    const { organization } = await start({ users: 1234 })
    const entities = await everyPage((page) => `/license/users?pageSize=100&pageNumber=${page}`)
    const truth = [...organization.users()].filter(({ listed }) => listed)
    expect(entities.map(({ id, licenses }) => ({ id, licenses }))).toEqual(
      truth.map(({ id, licenseIds }) => ({ id, licenses: licenseIds })),
    )
    expect(entities.length).toBeLessThan(1234)
    for (const definition of organization.definitions) {
      const id = 'id' in definition ? definition.id : ''
      expect(organization.holderCount(id)).toBe(
        entities.filter(({ licenses }) => [licenses].flat().includes(id)).length,
      )
    }
  })

  it('pages from 25 rows by default to 100 at most, silently', async () => {
    await start({ users: 1000 })
    expect((await get('/license/users')).body).toMatchObject({ pageSize: 25, pageNumber: 1 })
    const capped = (await get('/license/users?pageSize=500&pageNumber=2')).body
    expect(capped).toMatchObject({ pageSize: 100, pageNumber: 2, pageCount: Math.ceil(Number(capped.total) / 100) })
    expect(capped.entities).toHaveLength(100)
    expect((await get('/license/users?pageNumber=1000')).body.entities).toEqual([])
    expect((await get('/license/users?pageNumber=0')).status).toBe(400)
    expect((await get('/license/users?pageSize=x')).status).toBe(400)
  })

  it('can leave out the count of pages and the total, and cap pages elsewhere', async () => {
    await start({ licenseListing: { maximumPageSize: 7, total: false, pageCount: false } })
    const { body } = await get('/license/users?pageSize=500')
    expect(Object.keys(body)).toEqual(['entities', 'pageSize', 'pageNumber'])
    expect(body.entities).toHaveLength(7)
  })

  it('defines licenses with what they presuppose and contain, one of them without holders', async () => {
    const { organization } = await start({ users: 10_000 })
    const { body } = await get('/license/definitions')
    const upgrade = recordsOf(body).find(({ id }) => id === 'gc1WEMupgrade')
    expect(upgrade?.prerequisites).toEqual([{ id: 'cloudCX1', selfUri: '/api/v2/license/definitions/cloudCX1' }])
    expect(idsOf((await get('/license/definitions/cloudCX1')).body.comprises)).toEqual(['communicate'])
    expect(idsOf(body).filter((id) => organization.holderCount(String(id)) === 0)).toEqual(['gcSTAupgrade'])
  })

  it('shows one user with definitions in full, and several as a map', async () => {
    const { organization } = await start()
    const [first, second] = organization.users()
    const one = (await get(`/license/users/${first?.id}`)).body
    expect(idsOf(one.licenses)).toEqual(first?.licenseIds)
    expect(recordOf(recordsOf(one.licenses)[0]?.permissions).ids).toContain('routing:queue:view')
    expect((await post('/license/users', [first?.id, second?.id, 'nobody'])).body).toEqual({
      [first?.id ?? '']: { licenses: first?.licenseIds },
      [second?.id ?? '']: { licenses: second?.licenseIds },
    })
  })

  it('infers licenses from roles and from permissions', async () => {
    const { organization } = await start()
    const role = organization.roles.at(-1)
    expect((await post('/license/infer', [role?.id, 'unknown'])).body).toEqual(role?.licenses)
    expect((await post('/license/infer/permissions', ['routing:queue:view'])).body).toEqual(['cloudCX1'])
  })

  it('answers every toggle with true, as the vendor does since toggles do nothing', async () => {
    await start()
    expect((await get('/license/toggles/anything')).body).toEqual({ featureName: 'anything', enabled: true })
  })

  it('answers a toggle that is posted in the same way', async () => {
    await start()
    expect((await post('/license/toggles/anything', '')).body).toEqual({ featureName: 'anything', enabled: true })
  })

  it('shows at once what changes', async () => {
    const { organization } = await start({ users: 50 })
    const without = [...organization.users()].find(({ listed }) => !listed)
    const before = (await get('/license/users?pageSize=100')).body
    organization.setLicenses(without?.id ?? '', ['cloudCX3'])
    const after = (await get('/license/users?pageSize=100')).body
    expect(after.total).toBe(Number(before.total) + 1)
    expect(recordsOf(after.entities).at(-1)).toMatchObject({ id: without?.id, licenses: ['cloudCX3'] })
  })
})

describe('the analytics of presences', () => {
  const world: GenesysWorld = {
    definitions: [],
    licenseRows: [],
    directory: [
      {
        id: 'ada',
        name: 'Ada',
        presences: [{ from: '2026-11-01T23:00:00Z', to: '2026-11-02T02:00:00Z', presence: 'ON_QUEUE' }],
      },
      { id: 'bob', name: 'Bob' },
    ],
  }
  const ask = (change: object) =>
    post('/analytics/users/aggregates/query', {
      interval: '2026-11-01T00:00:00Z/2026-11-03T00:00:00Z',
      granularity: 'P1D',
      groupBy: ['userId'],
      metrics: ['tSystemPresence'],
      filter: { type: 'or', predicates: ['ada', 'bob', 'none'].map((value) => ({ dimension: 'userId', value })) },
      ...change,
    })

  it('tell how long users were in each presence, day by day', async () => {
    await start({ world })
    const hours = (count: number) => ({ sum: count * 3_600_000 })
    const metric = 'tSystemPresence'
    expect((await ask({})).body).toEqual({
      results: [
        {
          group: { userId: 'ada' },
          data: [
            {
              interval: '2026-11-01T00:00:00.000Z/2026-11-02T00:00:00.000Z',
              metrics: [
                { metric, qualifier: 'ON_QUEUE', stats: hours(1) },
                { metric, qualifier: 'OFFLINE', stats: hours(23) },
              ],
            },
            {
              interval: '2026-11-02T00:00:00.000Z/2026-11-03T00:00:00.000Z',
              metrics: [
                { metric, qualifier: 'ON_QUEUE', stats: hours(2) },
                { metric, qualifier: 'OFFLINE', stats: hours(22) },
              ],
            },
          ],
        },
      ],
    })
  })

  it.each([
    [
      'more than 100 users',
      { filter: { type: 'or', predicates: Array(101).fill({ dimension: 'userId', value: 'a' }) } },
    ],
    ['another interval', { interval: '2026-11-03T00:00:00Z/2026-11-01T00:00:00Z' }],
    ['another metric', { metrics: ['tAgentRoutingStatus'] }],
    ['another granularity', { granularity: 'PT30M' }],
    ['a body without an interval', { interval: 7 }],
  ])('refuse %s', async (_, change) => {
    await start({ world })
    expect((await ask(change)).status).toBe(400)
  })

  it('need their own permission', async () => {
    await start({ world, permissions: ['directory:user:view'] })
    expect((await ask({})).body.message).toContain('[analytics:userAggregate:view]')
  })
})

describe('giving and taking licenses', () => {
  const world: GenesysWorld = {
    definitions: [{ id: 'plain' }, { id: 'better' }],
    licenseRows: [{ id: 'ada', licenses: ['plain', 'withdrawn'] }],
    directory: [{ id: 'bob', name: 'Bob' }],
  }
  const change = (licenseId: string, userIdsAdd: readonly string[], userIdsRemove: readonly string[] = []) =>
    post('/license/organization', { assignments: [{ licenseId, userIdsAdd, userIdsRemove }] })

  it('answers one row for each license of each user, and has its effect', async () => {
    const { organization } = await start({ world })
    const assignments = [
      { licenseId: 'better', userIdsAdd: ['ada', 'bob'], userIdsRemove: [] },
      { licenseId: 'plain', userIdsAdd: [], userIdsRemove: ['ada'] },
    ]
    const { status, body } = await post('/license/organization', { assignments })
    expect(status).toBe(200)
    expect(body).toEqual([
      { userId: 'ada', licenseId: 'better', result: 'SUCCESS' },
      { userId: 'bob', licenseId: 'better', result: 'SUCCESS' },
      { userId: 'ada', licenseId: 'plain', result: 'SUCCESS' },
    ])
    expect([organization.licensesOf('ada'), organization.licensesOf('bob')]).toEqual([
      ['withdrawn', 'better'],
      ['better'],
    ])
    expect(recordsOf((await get('/license/users')).body.entities).map(({ id }) => id)).toEqual(['ada', 'bob'])
  })

  it('does what is so already without changing anything', async () => {
    const { organization } = await start({ world })
    expect(recordsOf((await change('plain', ['ada'], ['bob'])).body).map(({ result }) => result)).toEqual([
      'SUCCESS',
      'SUCCESS',
    ])
    expect([...organization.users()].filter(({ listed }) => listed)).toHaveLength(1)
  })

  it('answers a failing row to what is unknown, and does the others', async () => {
    const { organization } = await start({ world })
    const { status, body } = await change('plain', ['nobody', 'bob'])
    expect([status, recordsOf(body).map(({ result }) => result)]).toEqual([
      200,
      ['FAILURE: not.found: The user was not found.', 'SUCCESS'],
    ])
    expect(recordsOf((await change('nothing', ['ada'])).body)[0]?.result).toMatch(/^FAILURE: not.found: /)
    // A license that is held can be taken although it is defined no more.
    expect(recordsOf((await change('withdrawn', [], ['ada'])).body)[0]?.result).toBe('SUCCESS')
    expect([organization.licensesOf('ada'), organization.licensesOf('bob')]).toEqual([['plain'], ['plain']])
  })

  it('needs the permission to grant, and no other will do', async () => {
    await start({ world, permissions: ['authorization:license:view'] })
    const { status, body } = await change('plain', ['bob'])
    expect([status, body.message]).toEqual([403, expect.stringContaining('[authorization:grant:add]')])
  })

  it('refuses a body that lacks a field, and one that is too large', async () => {
    await start({ world })
    expect((await post('/license/organization', '')).status).toBe(400)
    expect((await post('/license/organization', {})).status).toBe(400)
    for (const missing of ['licenseId', 'userIdsAdd', 'userIdsRemove']) {
      const { [missing]: _, ...rest }: JsonRecord = { licenseId: 'plain', userIdsAdd: [], userIdsRemove: [] }
      expect((await post('/license/organization', { assignments: [rest] })).status).toBe(400)
    }
    expect((await change('x'.repeat(512_000), [])).status).toBe(413)
  })

  it('goes beyond any number of seats, unless they can run out', async () => {
    const { organization, stop } = await start({ users: 100 })
    const idle = [...organization.users()].filter(({ licenseIds }) => licenseIds.length === 0).map(({ id }) => id)
    const succeeded = async () =>
      recordsOf((await change('gcSTAupgrade', idle)).body).filter(({ result }) => result === 'SUCCESS').length
    expect(await succeeded()).toBe(idle.length)
    await stop()
    await start({ users: 100, seats: 'purchased' })
    expect([idle.length > 2, await succeeded()]).toEqual([true, 2])
    await stop()
    await start({ users: 100, seats: { gcSTAupgrade: 1 } })
    expect(await succeeded()).toBe(1)
  })

  it('misbehaves as it is told to, write by write', async () => {
    const { organization, writes } = await start({
      world,
      writes: [{ match: { userId: 'bob', times: 1 }, effect: { kind: 'ignore' } }],
    })
    const refusal = writes.add({ match: { action: 'remove' }, effect: { kind: 'refuse', code: 'conflict' } })
    expect(recordsOf((await change('plain', ['bob'], ['ada'])).body).map(({ result }) => result)).toEqual([
      'FAILURE: conflict: The update was refused.',
      'SUCCESS',
    ])
    expect([organization.licensesOf('ada'), organization.licensesOf('bob')]).toEqual([['plain', 'withdrawn'], []])
    expect([refusal.strikes(), writes.active()]).toEqual([1, [expect.anything(), refusal]])
    writes.clear()
    await change('plain', ['bob'], ['ada'])
    expect([organization.licensesOf('ada'), organization.licensesOf('bob')]).toEqual([['withdrawn'], ['plain']])
  })

  it('does late what it is told to, on its own clock, and says at once that it is done', async () => {
    const late = { match: { userId: 'ada' }, effect: { kind: 'late' as const, afterMs: 30_000 } }
    const { organization, clock } = await start({ world, writes: [late] })
    const { body } = await change('better', ['ada', 'bob'], [])
    expect(recordsOf(body).map(({ result }) => result)).toEqual(['SUCCESS', 'SUCCESS'])
    expect([organization.licensesOf('ada').includes('better'), organization.licensesOf('bob')]).toEqual([
      false,
      ['better'],
    ])
    clock.advance(30_000)
    expect(organization.licensesOf('ada')).toContain('better')
    expect(organization.holderCount('better')).toBe(2)
  })

  it('gives and takes besides what it is told to', async () => {
    const implicit = { kind: 'implicit' as const, gives: ['better'], takes: ['withdrawn'] }
    const { organization } = await start({ world, writes: [{ match: { userId: 'ada' }, effect: implicit }] })
    await change('plain', [], ['ada'])
    expect(organization.licensesOf('ada')).toEqual(['better'])
  })

  it('does half of a request, and leaves the rest out or fails', async () => {
    const { organization, writes } = await start({ world })
    const half = writes.add({ effect: { kind: 'half' } })
    expect(recordsOf((await change('better', ['ada', 'bob'], [])).body).map(({ userId }) => userId)).toEqual(['ada'])
    half.remove()
    writes.add({ effect: { kind: 'half', answer: 'failed' } })
    expect((await change('better', ['bob'], ['ada'])).status).toBe(500)
    expect(organization.holderCount('better')).toBe(0)
  })

  it('refuses a whole request, throttles it, and runs out of seats half-way, where it is told to', async () => {
    const { organization, writes } = await start({ world })
    writes.add({ match: { userId: 'ada', times: 1 }, effect: { kind: 'refuse', status: 404, code: 'not.found' } })
    writes.add({ match: { userId: 'ada', times: 1 }, effect: { kind: 'throttle', afterSeconds: 3 } })
    expect(await change('better', ['bob', 'ada'], [])).toMatchObject({ status: 404, body: { code: 'not.found' } })
    const throttled = await change('plain', ['ada', 'bob'], [])
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3'])
    expect(organization.licensesOf('bob')).toEqual([])
    writes.add({ match: { licenseId: 'better', skip: 1 }, effect: { kind: 'seatsOut' } })
    const results = recordsOf((await change('better', ['ada', 'bob'], [])).body).map(({ result }) => result)
    expect(results).toEqual(['SUCCESS', expect.stringContaining('No license')])
  })
})

describe('the directory', () => {
  it('hides inactive and deleted people by default, and shows them when asked', async () => {
    const { organization } = await start({ users: 1000 })
    const truth = [...organization.users()]
    for (const state of ['active', 'inactive', 'deleted', 'any']) {
      const entities = await everyPage((page) => `/users?state=${state}&pageSize=500&pageNumber=${page}`)
      const expected = truth.filter(({ record }) => record && (state === 'any' || record.state === state))
      expect(entities.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      expect(entities.length).toBeGreaterThan(0)
    }
    const { body } = await get('/users')
    expect(recordsOf(body.entities).every(({ state }) => state === 'active')).toBe(true)
    expect(body.entities).toHaveLength(25)
    expect(body.nextUri).toBe('/api/v2/users?pageSize=25&pageNumber=2')
    expect((await get('/users?state=gone')).status).toBe(400)
  })

  it('comes in the order that is asked for, and refuses an order or an expansion that it does not know', async () => {
    await start({ users: 40 })
    const idsAt = async (path: string) => idsOf(recordsOf((await get(path)).body.entities))
    const ascending = await idsAt('/users?state=any&pageSize=100')
    expect(await idsAt('/users?state=any&pageSize=100&sortOrder=ASC')).toEqual(ascending)
    expect(await idsAt('/users?state=any&pageSize=100&sortOrder=desc')).toEqual([...ascending].reverse())
    expect(await idsAt('/users/query?state=any&pageSize=100&sortOrder=desc')).toEqual([...ascending].reverse())
    for (const query of ['sortOrder=up', 'expand=lastlogin', 'expand=dateLastLogin,teams']) {
      expect((await get(`/users?${query}`)).status).toBe(400)
      expect((await get(`/users/query?${query}`)).status).toBe(400)
    }
    expect((await get('/users?expand=dateLastLogin')).status).toBe(200)
  })

  it('has no user who would be the client itself', async () => {
    await start()
    expect((await get('/users/me')).status).toBe(400)
  })

  it('has holders that it does not know, and people who hold nothing', async () => {
    const { organization } = await start({ users: 10 })
    const truth = [...organization.users()]
    expect(truth.some(({ record, licenseIds }) => record === undefined && licenseIds.length > 0)).toBe(true)
    expect(truth.some(({ listed }) => !listed)).toBe(true)
    expect(truth.some(({ listed, licenseIds }) => listed && licenseIds.length === 0)).toBe(true)
    for (const state of ['inactive', 'deleted']) {
      expect(truth.some(({ record, licenseIds }) => record?.state === state && licenseIds.length > 0)).toBe(true)
    }
  })

  it('refuses to page past 10,000 rows, where the cursor goes on to the end', async () => {
    const { organization } = await start({ users: 12_000, directory: { limitedStates: ['any'] } })
    expect((await get('/users?state=any&pageSize=500&pageNumber=20')).status).toBe(200)
    expect((await get('/users?state=any&pageSize=500&pageNumber=21')).status).toBe(400)
    const ids: unknown[] = []
    let query = ''
    do {
      const { body } = await get(`/users/query?state=any&pageSize=500${query}`)
      ids.push(...idsOf(body.entities))
      query = body.cursor === undefined ? '' : `&cursor=${encodeURIComponent(String(body.cursor))}`
    } while (query !== '')
    expect(ids).toEqual([...organization.users()].filter(({ record }) => record).map(({ id }) => id))
    expect((await get('/users/query?cursor=junk')).status).toBe(400)
  })

  it('refuses so by default to list inactive users alone', async () => {
    await start({ users: 12_000 })
    expect((await get('/users?state=any&pageSize=500&pageNumber=21')).status).toBe(200)
    expect((await get('/users?state=inactive&pageSize=500&pageNumber=20')).status).toBe(200)
    expect((await get('/users?state=inactive&pageSize=500&pageNumber=21')).status).toBe(400)
  })

  it('finds one user in the state that is asked for, by default active ones', async () => {
    const { organization } = await start()
    const of = (state: string) => [...organization.users()].find(({ record }) => record?.state === state)?.id
    const answers = async (id: string | undefined) => [
      (await get(`/users/${id}`)).status,
      (await get(`/users/${id}?state=deleted`)).status,
      recordsOf((await get(`/users?id=${id}&state=any`)).body.entities).length,
    ]
    expect(await answers(of('active'))).toEqual([200, 404, 1])
    expect(await answers(of('inactive'))).toEqual([404, 404, 1])
    expect(await answers(of('deleted'))).toEqual([404, 200, 1])
    expect((await get(`/users/${of('active')}?state=any`)).status).toBe(400)
  })

  it('lists in both orders, and refuses another one', async () => {
    const { organization } = await start({ users: 60 })
    const all = [...organization.users()].filter(({ record }) => record).map(({ id }) => id)
    const listed = async (query: string) => idsOf((await get(query)).body.entities)
    expect(await listed('/users?state=any&pageSize=100&sortOrder=DESC')).toEqual([...all].reverse())
    expect(await listed('/users?state=any&pageSize=40&pageNumber=2&sortOrder=descending')).toEqual(
      [...all].reverse().slice(40),
    )
    expect(await listed('/users/query?state=any&pageSize=100&sortOrder=ascending')).toEqual(all)
    expect((await get('/users?sortOrder=sideways')).status).toBe(400)
    expect((await get('/users/query?sortOrder=sideways')).status).toBe(400)
    const search = async (sortOrder: string, sortBy: string) =>
      post('/users/search', {
        pageSize: 100,
        sortOrder,
        sortBy,
        query: [{ type: 'CONTAINS', fields: ['email'], value: '@' }],
      })
    const emails = async (sortOrder: string) =>
      recordsOf((await search(sortOrder, 'email')).body.results).map(({ email }) => String(email).toLowerCase())
    expect(await emails('ASC')).toEqual([...(await emails('ASC'))].sort())
    expect(await emails('DESC')).toEqual([...(await emails('ASC'))].reverse())
    expect((await search('ASC', 'shoe size')).status).toBe(400)
  })

  it('refuses fields that the vendor does not document, and those that it is told to refuse', async () => {
    await start({ directory: { refusedExpansions: ['lasttokenissued'] } })
    expect((await get('/users?expand=groups')).status).toBe(200)
    for (const expand of ['shoeSize', 'dateLastLogin,lasttokenissued']) {
      expect((await get(`/users?expand=${expand}`)).status).toBe(400)
      expect((await get(`/users/query?expand=${expand}`)).status).toBe(400)
      expect((await get(`/users/anyone?expand=${expand}`)).status).toBe(400)
      expect((await post('/users/search', { expand: expand.split(','), query: [] })).status).toBe(400)
    }
  })

  it('tells divisions, managers, and what else it is asked for', async () => {
    const { organization } = await start()
    const [, second] = organization.users()
    const { body } = await get(`/users/${second?.id}?expand=lasttokenissued,employerInfo,locations`)
    const { manager, division = '', employeeId, dateHire, lastTokenIssued, location = '' } = second?.record ?? {}
    expect(body).toMatchObject({
      manager,
      division: { name: division },
      employerInfo: { employeeId, dateHire },
      lastTokenIssued: { dateIssued: lastTokenIssued },
      locations: [{ locationDefinition: { name: location } }],
    })
    expect(organization.record(manager ?? '')).toBeDefined()
  })

  it('can have users who sign in by another system, whose logins with a password are years old or none', async () => {
    const { organization, clock } = await start({ users: 1_000, singleSignOn: true })
    const records = [...organization.users()].flatMap(({ record }) => record ?? [])
    const yearsAgo = (time: string | undefined) => (clock.now() - Date.parse(time ?? '')) / 31_536_000_000
    const logins = records.filter(({ dateLastLogin }) => dateLastLogin !== undefined)
    expect(logins.length).toBeGreaterThan(500)
    expect(Math.min(...logins.map(({ dateLastLogin }) => yearsAgo(dateLastLogin)))).toBeGreaterThan(3)
    const tokens = records.filter(({ lastTokenIssued }) => lastTokenIssued !== undefined)
    expect(tokens.length).toBeGreaterThan(logins.length)
    expect(tokens.filter(({ lastTokenIssued }) => yearsAgo(lastTokenIssued) < 0.1).length).toBeGreaterThan(200)
  })

  it('finds people by several ids, repeated or joined by commas', async () => {
    const { organization } = await start()
    const [first, second] = organization.users()
    const joined = (await get(`/users?id=${first?.id},${second?.id},nobody`)).body
    expect(idsOf(joined.entities)).toEqual([first?.id, second?.id])
    expect((await get(`/users?id=${first?.id}&id=${second?.id}`)).body.entities).toHaveLength(2)
    expect((await get(`/users/${first?.id}`)).body.name).toBe(first?.record?.name)
  })

  it('tells the last login only where it is asked for', async () => {
    await start()
    const plain = recordsOf((await get('/users')).body.entities)
    expect(plain.some((user) => 'dateLastLogin' in user)).toBe(false)
    const expanded = recordsOf((await get('/users?expand=dateLastLogin')).body.entities)
    const told = expanded.filter((user) => 'dateLastLogin' in user)
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(expanded.length)
  })

  it('searches without regard to case, and among the active unless a state is asked for', async () => {
    const { organization } = await start()
    const truth = [...organization.users()]
    const active = truth.find(({ record }) => record?.state === 'active')?.record
    const inactive = truth.find(({ record }) => record?.state === 'inactive')?.record
    const search = (...query: object[]) => post('/users/search', { pageSize: 50, query })
    const byEmail = (value?: string) => ({ type: 'EXACT', fields: ['email'], value })
    const anyState = { type: 'TERMS', fields: ['state'], values: ['active', 'inactive', 'deleted'] }
    expect(idsOf((await search(byEmail(active?.email?.toUpperCase()))).body.results)).toEqual([active?.id])
    expect((await search(byEmail(inactive?.email))).body).toMatchObject({ total: 0, results: [] })
    expect(idsOf((await search(byEmail(inactive?.email), anyState)).body.results)).toEqual([inactive?.id])
    const inactives = truth.filter(({ record }) => record?.state === 'inactive').length
    expect((await search({ type: 'EXACT', fields: ['state'], value: 'inactive' })).body.total).toBe(inactives)
    expect((await search({ type: 'REGEX', fields: ['name'], value: '.*' })).status).toBe(400)
  })

  it('says where one is', async () => {
    const { organization, configuration } = await start()
    expect((await get('/organizations/me')).body).toMatchObject({ id: organization.id, name: organization.name })
    expect((await get('/tokens/me')).body).toMatchObject({
      organization: { id: organization.id },
      OAuthClient: { id: configuration.clientId },
    })
  })
})

describe('a seeded organization', () => {
  it('is the same for the same seed and another for another', async () => {
    const page = async (seed: number) => {
      await start({ seed })
      const { body } = await get('/license/users?pageSize=100')
      await simulator?.destroy()
      return body
    }
    expect(await page(5)).toEqual(await page(5))
    expect(await page(5)).not.toEqual(await page(6))
  })

  it('of a million people answers at once', async () => {
    const { organization } = await start({ users: 1_000_000 })
    const { body } = await get('/license/users?pageSize=100&pageNumber=9000')
    expect(body.entities).toHaveLength(100)
    expect(organization.holderCount('cloudCX3')).toBeGreaterThan(250_000)
    const last = idsOf(body.entities).at(-1)
    expect((await get(`/license/users/${last}`)).body.id).toBe(last)
  })

  it('has 10 to 1,000,000 people', async () => {
    await expect(startGenesysSimulator({ users: 9 })).rejects.toThrow(RangeError)
    await expect(startGenesysSimulator({ users: 1_000_001 })).rejects.toThrow(RangeError)
  })
})

describe('an organization that is written out', () => {
  const world: GenesysWorld = {
    organization: { id: 'org', name: 'Small' },
    definitions: [
      { id: 'plain' },
      { id: '__proto__', description: 'Prototype', comprises: ['constructor', 'plain'] },
      rawRecord({ description: 'no id' }),
    ],
    licenseRows: [
      { id: 'ada', licenses: ['plain', 'not-defined'] },
      { id: 'ghost', licenses: ['__proto__'] },
      rawRecord({ id: 5, licenses: 'plain' }),
      { id: '__proto__', licenses: ['constructor'] },
      { id: 'ada', licenses: ['plain', 'not-defined'] },
      rawRecord(null),
    ],
    directory: [
      { id: 'ada', name: 'Ada', email: 'Ada@example.com' },
      rawRecord('nonsense'),
      { id: 'constructor', name: 'Con', email: 'ada@example.com', state: 'inactive' },
      { id: '__proto__', name: 'Proto', state: 'deleted' },
    ],
    roles: [{ id: 'role', licenses: ['plain'] }],
  }

  it('is listed row by row, oddities included', async () => {
    await start({ world })
    expect((await get('/license/users')).body).toEqual({
      entities: [
        expect.objectContaining({ id: 'ada', licenses: ['plain', 'not-defined'] }),
        expect.objectContaining({ id: 'ghost', licenses: ['__proto__'] }),
        { id: 5, licenses: 'plain' },
        expect.objectContaining({ id: '__proto__', licenses: ['constructor'] }),
        expect.objectContaining({ id: 'ada' }),
        null,
      ],
      pageSize: 25,
      pageNumber: 1,
      total: 6,
      pageCount: 1,
    })
    expect(recordsOf((await get('/license/definitions')).body).at(-1)).toEqual({ description: 'no id' })
    expect((await get('/users?state=any')).body.entities).toHaveLength(4)
    expect((await get('/users')).body.entities).toEqual([expect.objectContaining({ id: 'ada' }), 'nonsense'])
  })

  it('takes ids that are names of prototypes as ids', async () => {
    await start({ world })
    expect((await get('/license/definitions/__proto__')).body.description).toBe('Prototype')
    expect((await get('/license/definitions/constructor')).status).toBe(404)
    expect((await get('/license/users/__proto__')).body.licenses).toEqual([
      expect.objectContaining({ id: 'constructor' }),
    ])
    const { body } = await post('/license/users', ['__proto__', 'constructor', 'toString'])
    expect(Object.entries(body)).toEqual([
      ['__proto__', { licenses: ['constructor'] }],
      ['constructor', { licenses: [] }],
    ])
  })

  it('tells the truth to tests', async () => {
    const { organization } = await start({ world })
    expect([...organization.users()].map(({ id, listed, record }) => [id, listed, record?.name])).toEqual([
      ['ada', true, 'Ada'],
      ['ghost', true, undefined],
      ['__proto__', true, 'Proto'],
      ['constructor', false, 'Con'],
    ])
    expect(organization.holderCount('plain')).toBe(1)
    const byEmail = [
      { type: 'EXACT', fields: ['email'], value: 'ada@example.com' },
      { type: 'TERMS', fields: ['state'], values: ['active', 'inactive'] },
    ]
    expect((await post('/users/search', { query: byEmail })).body.total).toBe(2)
  })
})

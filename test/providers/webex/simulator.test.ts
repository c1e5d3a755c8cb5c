import { afterEach, describe, expect, it } from 'vitest'
import {
  hydraId,
  rawRecord,
  startWebexSimulator,
  type WebexSimulator,
  type WebexSimulatorOptions,
  type WebexWorld,
} from '../../../providers/webex/simulator/index.ts'
import { idsOf, type JsonRecord, type Reply, recordOf, recordsOf, send } from '../../simulator-kit/reply.ts'

let simulator: WebexSimulator | undefined

const start = async (options: WebexSimulatorOptions = {}): Promise<WebexSimulator> => {
  simulator = await startWebexSimulator(options)
  return simulator
}

const get = (pathOrUrl: string, token = simulator?.configuration.accessToken) =>
  send(pathOrUrl.startsWith('http') ? pathOrUrl : `${simulator?.configuration.apiUrl}${pathOrUrl}`, {
    headers: { authorization: `Bearer ${token}` },
  })

const nextOf = ({ headers }: Reply) => /^<([^>]*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1]

const everyPage = async (path: string, rows: 'users' | 'items'): Promise<readonly JsonRecord[]> => {
  const found: JsonRecord[] = []
  for (let url: string | undefined = path; url !== undefined; ) {
    const reply: Reply = await get(url)
    expect(reply.status).toBe(200)
    found.push(...recordsOf(reply.body[rows] ?? []))
    url = nextOf(reply)
  }
  return found
}

const licenses = async (path = '/licenses') => recordsOf((await get(path)).body.items)
const licenseNamed = async (name: string) => recordOf((await licenses()).find((license) => license.name === name))
/** What is inside of a public id. */
const insideOf = (id: unknown) => Buffer.from(String(id), 'base64').toString()

afterEach(async () => {
  await simulator?.destroy()
  simulator = undefined
})

describe('access to the API', () => {
  it('gives the tracking id of the client back, where it sends one', async () => {
    await start()
    const trackingId = 'CLIENT_6f1c1b5e-3f0e-4d4c-9c3c-0d6d2c1f2a3b'
    const { headers, body } = await send(`${simulator?.configuration.apiUrl}/licenses`, {
      headers: { trackingid: trackingId },
    })
    expect([headers.get('trackingid'), body.trackingId]).toEqual([trackingId, trackingId])
  })

  it('needs a valid token', async () => {
    const { tokens } = await start()
    const { status, body, headers } = await send(`${simulator?.configuration.apiUrl}/licenses`)
    expect(status).toBe(401)
    expect(body.message).toBe('The request requires a valid access token set in the Authorization request header.')
    expect(body.errors).toEqual([{ description: body.message }])
    expect(body.trackingId).toMatch(/^ROUTER_/)
    expect(headers.get('trackingId')).toBe(body.trackingId)
    expect((await get('/licenses', 'another')).status).toBe(401)
    expect((await get('/licenses')).status).toBe(200)
    tokens.expire()
    expect((await get('/licenses')).status).toBe(401)
  })

  it('needs the scope of each operation, and refuses without errors in the body', async () => {
    await start({ scopes: ['spark:people_read'] })
    const { status, body } = await get('/licenses')
    expect(status).toBe(403)
    expect(Object.keys(body)).toEqual(['message', 'trackingId'])
    expect((await get('/people')).status).toBe(403)
    expect((await get('/organizations')).status).toBe(403)
    expect((await get('/people/me')).status).toBe(200)
  })

  it('refuses what is unknown', async () => {
    await start()
    expect((await get('/licenses/unknown')).status).toBe(404)
    expect((await get('/nothing')).body.errors).toHaveLength(1)
    expect((await send(`${simulator?.configuration.apiUrl}/licenses`, { method: 'PUT' })).status).toBe(405)
  })

  it('limits the rate with Retry-After, which can be told to say anything or nothing', async () => {
    const { clock } = await start({ rateLimit: { requests: 1, windowMs: 5_000 } })
    await get('/licenses')
    const refused = await get('/licenses')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('5')
    clock.advance(5_000)
    expect((await get('/licenses')).status).toBe(200)
    await simulator?.destroy()
    await start({ rateLimit: { requests: 0, retryAfter: 'rand(30),add(30)' } })
    expect((await get('/licenses')).headers.get('retry-after')).toBe('rand(30),add(30)')
    await simulator?.destroy()
    await start({ rateLimit: { requests: 0, retryAfter: null } })
    expect((await get('/licenses')).headers.has('retry-after')).toBe(false)
  })
})

describe('refreshing tokens', () => {
  const refresh = (fields: Record<string, string> = {}) => {
    const { clientId = '', clientSecret = '', refreshToken = '' } = simulator?.refreshConfiguration ?? {}
    const form = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret }
    return send(`${simulator?.configuration.apiUrl}/access_token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, refresh_token: refreshToken, ...fields }),
    })
  }

  it('gives an access token that lives as long as it says', async () => {
    const { tokens, clock, refreshConfiguration } = await start({ tokenLifetimeSeconds: 100 })
    tokens.expire()
    const { body } = await refresh()
    expect(body).toMatchObject({
      expires_in: 100,
      refresh_token: refreshConfiguration.refreshToken,
      refresh_token_expires_in: 7_775_999,
      token_type: 'Bearer',
    })
    expect((await get('/licenses', String(body.access_token))).status).toBe(200)
    clock.advance(100_000)
    expect((await get('/licenses', String(body.access_token))).status).toBe(401)
    expect(tokens.refreshed()).toBe(1)
  })

  it('can rotate the refresh token, and then refuses the old one', async () => {
    const { tokens, refreshConfiguration } = await start({ rotateRefreshToken: true })
    const { body } = await refresh()
    expect(body.refresh_token).not.toBe(refreshConfiguration.refreshToken)
    expect(body.refresh_token).toBe(tokens.refreshToken())
    expect((await refresh()).status).toBe(400)
    expect((await refresh({ refresh_token: String(body.refresh_token) })).status).toBe(200)
    tokens.revokeRefreshToken()
    expect((await refresh({ refresh_token: tokens.refreshToken() })).status).toBe(400)
  })

  it('refuses another client and another grant', async () => {
    await start()
    expect((await refresh({ client_secret: 'wrong' })).status).toBe(401)
    expect((await refresh({ grant_type: 'password' })).body.message).toContain('unsupported_grant_type')
  })
})

describe('the licenses of a seeded organization', () => {
  it('are as odd as live ones', async () => {
    const { organization } = await start({ users: 1000 })
    const meetings = (await licenses()).filter(({ name }) => name === 'Webex Meetings Suite')
    expect(new Set(meetings.map(({ siteUrl }) => siteUrl)).size).toBe(2)
    for (const { id, siteUrl } of meetings) {
      expect(id).not.toContain('=')
      expect(insideOf(id)).toMatch(/^ciscospark:\/\/us\/LICENSE\/[0-9a-f-]{36}:EE_[0-9a-f-]{36}_/)
      expect(insideOf(id)).toContain(`/${organization.uuid}:`)
      expect(insideOf(id).endsWith(`_${siteUrl}`)).toBe(true)
    }
    expect(await licenseNamed('Webex Calling - Route List Calls')).toMatchObject({
      consumedByUsers: null,
      consumedByWorkspaces: null,
    })
    expect(typeof (await licenseNamed('Real-Time Translations')).totalUnits).toBe('number')
    const free = await licenseNamed('Basic Messaging')
    expect(free.totalUnits).toBe(1000)
    expect('subscriptionId' in free).toBe(false)
    const over = await licenseNamed('Contact center Standard Agent')
    expect(over.consumedUnits).toBeGreaterThan(Number(over.totalUnits))
    expect(await licenseNamed('Salesforce Desktop Connector')).toMatchObject({ totalUnits: 10, consumedUnits: 0 })
    const hybrid = await licenseNamed('Hybrid - Exchange Calendar')
    expect(hybrid.consumedUnits).toBe(0)
    expect(organization.holderCount(String(hybrid.id))).toBeGreaterThan(0)
    const calling = await licenseNamed('Webex Calling - Professional')
    expect(calling.consumedByWorkspaces).toBeGreaterThan(0)
    expect(calling.consumedUnits).toBe(Number(calling.consumedByUsers) + Number(calling.consumedByWorkspaces))
  })

  it('have the counters that fit their holders', async () => {
    const { organization } = await start({ users: 500 })
    const counts = new Map<string, number>()
    for (const { licenseIds } of organization.users()) {
      for (const id of licenseIds) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    for (const license of await licenses()) {
      const holders = await everyPage(`/licenses/${license.id}?includeAssignedTo=user`, 'users')
      expect(holders.length).toBe(counts.get(String(license.id)) ?? 0)
      expect(new Set(holders.map(({ id }) => id)).size).toBe(holders.length)
      const hybrid = /^Hybrid|\(UCM\)/.test(String(license.name))
      if (!hybrid && license.consumedByUsers !== null) expect(license.consumedByUsers).toBe(holders.length)
      expect([typeof license.totalUnits, typeof license.consumedUnits]).toEqual(['number', 'number'])
    }
  })

  it('follow what changes', async () => {
    const { organization } = await start({ users: 100 })
    const license = await licenseNamed('Salesforce Desktop Connector')
    const [first] = organization.users()
    organization.setLicenses(first?.id ?? '', [String(license.id)])
    const { body } = await get(`/licenses/${license.id}?includeAssignedTo=user`)
    expect(body).toMatchObject({ consumedUnits: 1, users: [{ id: first?.id, type: 'INTERNAL' }] })
    expect((await get(`/people/${first?.id}`)).body.licenses).toEqual([license.id])
  })

  it('are known by the same id in every organization only where they come free', async () => {
    const { organizations } = await start({ managed: [{ users: 10 }] })
    const uuids = organizations.map(({ licenses }) =>
      licenses.flatMap((license) =>
        'id' in license ? [/[A-Z]+_([0-9a-f-]{36})/.exec(insideOf(license.id))?.[1]] : [],
      ),
    )
    const same = uuids[0]?.filter((uuid) => uuids[1]?.includes(uuid)) ?? []
    expect(same).toHaveLength(9)
  })
})

describe('the holders of a license', () => {
  it('come in pages of 300 with a Link that carries every parameter', async () => {
    await start({ users: 1000 })
    const { id } = await licenseNamed('Basic Messaging')
    const first = await get(`/licenses/${id}?includeAssignedTo=user`)
    expect(first.body.users).toHaveLength(300)
    expect(first.body.name).toBe('Basic Messaging')
    expect(Object.keys(recordsOf(first.body.users)[0] ?? {})).toEqual(['id', 'type', 'displayName', 'email'])
    const next = new URL(nextOf(first) ?? '')
    expect(next.origin).toBe(simulator?.url)
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ includeAssignedTo: 'user', limit: '300' })
    expect(insideOf(next.searchParams.get('next'))).toMatch(/^ciscospark:\/\/us\/LICENSE_USER_PAGING\//)
    const all = await everyPage(`/licenses/${id}?includeAssignedTo=user&limit=7`, 'users')
    expect(all.length).toBe(first.body.consumedUnits)
  })

  it('are not shown unless asked for, and never more than 300 at once', async () => {
    await start()
    const { id } = await licenseNamed('Basic Messaging')
    expect('users' in (await get(`/licenses/${id}`)).body).toBe(false)
    for (const query of ['limit=301', 'limit=0', 'limit=x', 'next=junk']) {
      expect((await get(`/licenses/${id}?includeAssignedTo=user&${query}`)).status).toBe(400)
    }
    expect((await get(`/licenses/${id}?includeAssignedTo=workspace`)).status).toBe(400)
  })

  it('are left out altogether where there are none', async () => {
    await start()
    const { id } = await licenseNamed('Salesforce Desktop Connector')
    const { body, headers } = await get(`/licenses/${id}?includeAssignedTo=user`)
    expect('users' in body).toBe(false)
    expect(headers.has('link')).toBe(false)
  })

  it('include external people for meetings, and for nothing else', async () => {
    await start({ users: 500 })
    for (const license of await licenses()) {
      const holders = await everyPage(`/licenses/${license.id}?includeAssignedTo=user`, 'users')
      const external = holders.filter(({ type }) => type === 'EXTERNAL')
      expect(external.length > 0).toBe(license.siteUrl !== undefined)
      expect(external.every(({ email }) => String(email).endsWith('@guests.example.org'))).toBe(true)
    }
  })
})

describe('people', () => {
  it('are the members with their licenses, page by page', async () => {
    const { organization } = await start({ users: 230 })
    const people = await everyPage('/people', 'items')
    const members = [...organization.users()].filter(({ person }) => person.type !== 'EXTERNAL')
    expect(people.map(({ id, licenses }) => ({ id, licenses }))).toEqual(
      members.map(({ id, licenseIds }) => ({ id, licenses: licenseIds })),
    )
    expect(people).toHaveLength(230)
  })

  it('come 100 at a time unless asked otherwise, and 1000 at most', async () => {
    await start({ users: 1500 })
    const first = await get('/people?excludeStatus=true')
    expect(first.body.items).toHaveLength(100)
    expect(recordsOf(first.body.items).some((person) => 'lastActivity' in person)).toBe(false)
    const next = new URL(nextOf(first) ?? '')
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ excludeStatus: 'true', max: '100', before: '' })
    expect((await get('/people?max=5000')).body.items).toHaveLength(1000)
    expect((await get('/people?max=0')).status).toBe(400)
    expect((await get('/people?after=junk')).status).toBe(400)
    expect((await get('/people?displayName=A')).status).toBe(400)
  })

  it('are found by address, unless they are external', async () => {
    const { organization } = await start()
    const truth = [...organization.users()]
    const email = truth[0]?.person.email ?? ''
    const found = (await get(`/people?email=${encodeURIComponent(email.toUpperCase())}`)).body.items
    expect(found).toMatchObject([{ id: truth[0]?.id, emails: [email], licenses: truth[0]?.licenseIds }])
    const guest = truth.find(({ person }) => person.type === 'EXTERNAL')
    expect((await get(`/people?email=${guest?.person.email}`)).body.items).toEqual([])
    expect((await get(`/people/${guest?.id}`)).status).toBe(404)
  })

  it('are listed by id without their licenses', async () => {
    const { organization } = await start()
    const [first] = organization.users()
    const { body } = await get(`/people?id=${first?.id},nobody`)
    expect(body.notFoundIds).toEqual(['nobody'])
    expect(body.items).toMatchObject([{ id: first?.id }])
    expect('licenses' in recordOf(recordsOf(body.items)[0])).toBe(false)
    expect((await get(`/people?id=${Array(86).fill(first?.id)}`)).status).toBe(400)
  })

  it('are shown one by one by id or bare uuid, the token owner as me', async () => {
    const { organization } = await start()
    const [first] = organization.users()
    const uuid = Buffer.from(first?.id ?? '', 'base64')
      .toString()
      .split('/')
      .at(-1)
    expect((await get(`/people/${uuid}`)).body).toEqual((await get(`/people/${first?.id}`)).body)
    expect((await get('/people/me')).body).toMatchObject({ orgId: organization.id })
  })
})

describe('records of people', () => {
  const ada: WebexWorld = {
    licenses: [],
    people: [
      {
        id: 'ada',
        displayName: 'Ada King Lovelace',
        email: 'ada@example.com',
        created: '2024-02-03T04:05:06.000Z',
        calling: { locationId: 'location-1', extension: '7', phoneNumber: '+15550000007' },
        licenses: [],
      },
      { id: 'bob', displayName: 'Bob', firstName: 'Robert', lastName: 'Tables', licenses: [] },
    ],
  }

  it('have first and last name, creation and location', async () => {
    await start({ world: ada })
    const people = recordsOf((await get('/people')).body.items)
    expect(people).toMatchObject([
      { firstName: 'Ada', lastName: 'King Lovelace', created: '2024-02-03T04:05:06.000Z', locationId: 'location-1' },
      { firstName: 'Robert', lastName: 'Tables' },
    ])
    expect(people[0]).not.toHaveProperty('extension')
    expect(people[1]).not.toHaveProperty('locationId')
  })

  it('have the location with callingData only, where the simulator is started so', async () => {
    await start({ world: ada, personLocations: 'withCallingData' })
    expect((await get('/people/ada')).body).not.toHaveProperty('locationId')
    expect((await get('/people/ada?callingData=true')).body).toMatchObject({ locationId: 'location-1', extension: '7' })
  })

  it('come 100 at a time with callingData, whatever is asked for', async () => {
    await start({ users: 150 })
    expect((await get('/people?callingData=true&max=1000')).body.items).toHaveLength(100)
  })

  it('are not sorted, and a request that asks for it is refused', async () => {
    await start()
    expect((await get('/people?sortBy=displayName')).status).toBe(400)
  })

  it('of a seeded organization have invitations that are pending, and people without activity', async () => {
    await start({ users: 300 })
    const people = recordsOf((await get('/people?max=1000')).body.items)
    expect(people.some(({ invitePending }) => invitePending === true)).toBe(true)
    const silent = people.filter(({ lastActivity }) => lastActivity === undefined).length
    expect(silent).toBeGreaterThan(0)
    expect(silent).toBeLessThan(people.length / 2)
    for (const { firstName, lastName, created } of people) {
      expect([firstName, lastName, created]).toEqual([expect.any(String), expect.any(String), expect.any(String)])
    }
  })
})

describe('the identity service', () => {
  const accounts = (query: string, orgId = simulator?.organization.uuid) =>
    get(`${simulator?.url}/identity/scim/${orgId}/v2/Users${query}`)
  const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const CISCO = 'urn:scim:schemas:extension:cisco:webexidentity:2.0:User'

  it('has an account for each member, with the uuid that is inside of the id of the person', async () => {
    const { organization } = await start({ users: 120 })
    const { body, headers } = await accounts('?count=500')
    expect(headers.get('content-type')).toBe('application/scim+json')
    expect(body).toMatchObject({ totalResults: 120, itemsPerPage: 120, startIndex: 1 })
    const members = [...organization.users()].filter(({ person }) => person.type !== 'EXTERNAL')
    expect(recordsOf(body.Resources).map(({ id }) => id)).toEqual(
      members.map(({ id }) => insideOf(id).split('/').at(-1)),
    )
    expect(recordsOf(body.Resources)[0]).not.toHaveProperty('licenses')
  })

  it('is awkward: accounts without the enterprise extension, and a status that nothing is known of', async () => {
    await start({ users: 120 })
    const records = recordsOf((await accounts('?count=500')).body.Resources)
    expect(records.some((record) => !(ENTERPRISE in record))).toBe(true)
    expect(records.map((record) => recordOf(record[CISCO]).accountStatus)).toContainEqual(['transient'])
    expect(records.map((record) => recordOf(record[CISCO]).accountStatus)).toContainEqual(['disabled'])
  })

  it('pages by startIndex and count, with shorter pages where it is started so', async () => {
    await start({ users: 25, accountsPerPage: 10 })
    const page = await accounts('?startIndex=11&count=20')
    expect(page.body).toMatchObject({ totalResults: 25, itemsPerPage: 10, startIndex: 11 })
    expect((await accounts('?startIndex=26')).body).toMatchObject({ totalResults: 25, itemsPerPage: 0, Resources: [] })
    expect((await accounts('')).body).toMatchObject({ startIndex: 1, itemsPerPage: 10 })
    expect((await accounts('?startIndex=0')).status).toBe(400)
  })

  it('filters by id, gives the attributes that are asked for, and refuses what it does not know', async () => {
    await start({ users: 20 })
    const [first, second] = recordsOf((await accounts('?count=2')).body.Resources)
    const filter = encodeURIComponent(`id eq "${second?.id}" or id eq "${first?.id}" or id eq "nobody"`)
    const { body } = await accounts(`?filter=${filter}&attributes=active,${CISCO}`)
    expect(recordsOf(body.Resources).map(({ id }) => id)).toEqual([second?.id, first?.id])
    expect(Object.keys(recordsOf(body.Resources)[0] ?? {}).sort()).toEqual(['active', 'id', 'schemas', CISCO])
    for (const query of ['?filter=userName+eq+%22a%22', '?sortBy=userName', '?sortOrder=ascending']) {
      expect((await accounts(query)).status).toBe(400)
    }
  })

  it('takes the bare uuid of an organization that the token reaches, and its own scope', async () => {
    const { organization } = await start({ managed: [{ users: 12 }] })
    expect((await accounts('', organization.id)).status).toBe(400)
    expect((await accounts('', '11111111-1111-4111-8111-111111111111')).status).toBe(403)
    expect((await accounts('', simulator?.organizations[1]?.uuid)).body).toMatchObject({ totalResults: 12 })
    await simulator?.destroy()
    await start({ scopes: ['spark-admin:people_read'] })
    expect((await accounts('')).status).toBe(403)
  })
})

describe('several organizations', () => {
  it('are chosen by id or bare uuid, and others refused', async () => {
    const { organizations } = await start({ users: 100, managed: [{ users: 20, name: 'Customer' }] })
    const [own, customer] = organizations
    expect(idsOf((await get('/organizations')).body.items)).toEqual([own?.id, customer?.id])
    expect((await get(`/organizations/${customer?.uuid}`)).body.displayName).toBe('Customer')
    for (const orgId of [customer?.id, customer?.uuid]) {
      expect(await everyPage(`/people?orgId=${orgId}`, 'items')).toHaveLength(20)
      const last = idsOf(await licenses(`/licenses?orgId=${orgId}`)).at(-1)
      expect((await get(`/licenses/${last}?includeAssignedTo=user`)).body.id).toBe(last)
    }
    expect((await get('/people?orgId=11111111-1111-4111-8111-111111111111')).status).toBe(403)
    expect((await get(`/licenses?orgId=${hydraId('ORGANIZATION', 'other')}`)).status).toBe(403)
    const ids = new Set([...(own?.users() ?? [])].map(({ id }) => id))
    expect([...(customer?.users() ?? [])].some(({ id }) => ids.has(id))).toBe(false)
  })

  it('can be dormant until they are looked up', async () => {
    const { organizations } = await start({ managed: [{ dormant: true }] })
    const customer = organizations[1]
    const license = customer?.licenses[0]
    const licenseId = license !== undefined && 'id' in license ? license.id : ''
    expect((await get(`/licenses?orgId=${customer?.id}`)).status).toBe(403)
    expect((await get(`/licenses/${licenseId}`)).status).toBe(403)
    expect((await get(`/organizations/${customer?.id}`)).status).toBe(200)
    expect((await get(`/licenses?orgId=${customer?.id}`)).status).toBe(200)
    expect((await get(`/licenses/${licenseId}`)).status).toBe(200)
  })
})

describe('a seeded organization', () => {
  it('is the same for the same seed and another for another', async () => {
    const people = async (seed: number) => {
      await start({ seed })
      const { body } = await get('/people?max=1000')
      await simulator?.destroy()
      return body
    }
    expect(await people(5)).toEqual(await people(5))
    expect(await people(5)).not.toEqual(await people(6))
  })

  it('of a million people answers at once', async () => {
    const { organization } = await start({ users: 1_000_000 })
    const { id } = await licenseNamed('Advanced Messaging')
    const deep = hydraId('LICENSE_USER_PAGING', Buffer.from('from:500000').toString('base64'))
    const { body } = await get(`/licenses/${id}?includeAssignedTo=user&next=${deep}`)
    expect(body.users).toHaveLength(300)
    expect(organization.licensesOf(String(idsOf(body.users)[0]))).toContain(id)
  })

  it('has 10 to 1,000,000 people', async () => {
    await expect(startWebexSimulator({ users: 9 })).rejects.toThrow(RangeError)
    await expect(startWebexSimulator({ managed: [{ users: 1_000_001 }] })).rejects.toThrow(RangeError)
  })
})

describe('an organization that is written out', () => {
  const world: WebexWorld = {
    organization: { uuid: '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9', name: 'Small' },
    licenses: [
      { id: 'messaging', name: 'Messaging', totalUnits: '5', workspaces: 2, subscriptionId: 'Sub1' },
      { id: '__proto__', name: 'Prototype', counters: { consumedUnits: null } },
      { id: 'empty', name: 'Empty', totalUnits: 3, counters: 'text' },
      rawRecord({ name: 'no id' }),
    ],
    people: [
      { id: 'ada', displayName: 'Ada', email: 'Ada@example.com', licenses: ['messaging', 'not-defined'] },
      { id: 'guest', type: 'EXTERNAL', licenses: ['messaging'] },
      { id: 'ghost', listed: false, licenses: ['messaging', '__proto__'] },
      { id: 'constructor', loginEnabled: false, licenses: [] },
      rawRecord({ id: 7 }),
    ],
    rawHolders: [{ licenseId: '__proto__', rows: [rawRecord(null)] }],
  }

  it('is listed as it is written, oddities included', async () => {
    await start({ world })
    expect((await get('/licenses')).body.items).toEqual([
      {
        id: 'messaging',
        name: 'Messaging',
        totalUnits: '5',
        consumedUnits: 5,
        consumedByUsers: 3,
        consumedByWorkspaces: 2,
        subscriptionId: 'Sub1',
      },
      { id: '__proto__', name: 'Prototype', consumedUnits: null },
      {
        id: 'empty',
        name: 'Empty',
        totalUnits: 3,
        consumedUnits: '0',
        consumedByUsers: '0',
        consumedByWorkspaces: '0',
      },
      { name: 'no id' },
    ])
    const holders = async (id: string) => (await get(`/licenses/${id}?includeAssignedTo=user`)).body.users
    expect(await holders('messaging')).toEqual([
      { id: 'ada', type: 'INTERNAL', displayName: 'Ada', email: 'Ada@example.com' },
      { id: 'guest', type: 'EXTERNAL' },
      { id: 'ghost', type: 'INTERNAL' },
    ])
    expect(await holders('__proto__')).toEqual([{ id: 'ghost', type: 'INTERNAL' }, null])
    expect(await holders('empty')).toBeUndefined()
    const people = recordsOf((await get('/people')).body.items)
    expect(idsOf(people)).toEqual(['ada', 'constructor', 7])
    expect(people[0]?.licenses).toEqual(['messaging', 'not-defined'])
    expect(people[1]?.loginEnabled).toBe(false)
    expect((await get('/licenses/constructor')).status).toBe(404)
    expect((await get('/people/constructor')).status).toBe(200)
    expect((await get('/people/ghost')).status).toBe(404)
  })
})

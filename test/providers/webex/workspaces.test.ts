import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { createLicenseReport, known, unknown, type Workspace } from '../../../src/index.ts'
import { type Paged, toReadonlyArray } from '../../../src/provider-kit/index.ts'
import { readList as collected } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  hydraId,
  licenseId,
  licenseRecord,
  nextLink,
  origin,
  serveHolders,
  serveLicenses,
  serveWorkspaces,
  WORKSPACES_PER_PAGE,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const BCCA = licenseId('BCCA', 1)
const BCSTD = licenseId('BCSTD', 2)
const SD = licenseId('SD', 3)
const MS = licenseId('MS', 4)

const place = (name: string) => hydraId('PLACE', name)

const room = (name: string, licenses: readonly string[] = [], more: Readonly<Record<string, unknown>> = {}) => ({
  id: place(name),
  displayName: `Room ${name}`,
  locationId: 'L1',
  calling: licenses.length === 0 ? { type: 'none' } : { type: 'webexCalling', webexCalling: { licenses } },
  ...more,
})

const rooms = (count: number) => Array.from({ length: count }, (_, index) => room(`r${index}`, [BCCA]))

const serveDevices = (devices: readonly unknown[]): string[] => {
  const queries: string[] = []
  nock(api)
    .persist()
    .get('/devices')
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, origin)
      queries.push(search)
      const from = Number(searchParams.get('cursor') ?? 0)
      const more = from + WORKSPACES_PER_PAGE < devices.length
      return [
        200,
        { items: devices.slice(from, from + WORKSPACES_PER_PAGE) } as nock.Body,
        more ? nextLink(`${api}/devices?cursor=${from + WORKSPACES_PER_PAGE}`) : {},
      ]
    })
  return queries
}

const provider = (config: Partial<WebexConfig> = {}) => createWebexProvider({ ...withToken, ...config }, stillRuntime())

const listed = (config?: Partial<WebexConfig>, request = {}): Paged<Workspace> => {
  const list = provider(config).listWorkspaces?.(request)
  if (list === undefined) throw new Error('Webex lists workspaces')
  return list
}

/** A list read as far as it goes. */
const readList = async <A>(list: Paged<A>) => {
  const { value: items, ...read } = await collected(list)
  return { items, ...read }
}

const namesIn = async (list: Paged<Workspace>) => (await readList(list)).items.map(({ displayName }) => displayName)

describe('workspaces of Webex', () => {
  test('are listed with their place and the licenses that they hold', async () => {
    serveWorkspaces([
      room('a', [BCCA, BCSTD]),
      room('b', [], { locationId: null, displayName: '', calling: null }),
      room('c', [], { calling: { type: 'freeCalling' } }),
    ])
    const { items, ledger } = await readList(listed())
    expect(items).toEqual([
      { provider: 'webex', id: place('a'), displayName: 'Room a', location: 'L1', licenseIds: [BCCA, BCSTD] },
      { provider: 'webex', id: place('b'), location: null, licenseIds: [] },
      { provider: 'webex', id: place('c'), displayName: 'Room c', location: 'L1', licenseIds: [] },
    ])
    expect(ledger).toMatchObject({ items: 3, gaps: [], verdict: 'unverifiable' })
  })

  test('have the day on which they were created, where it is one', async () => {
    const told = ['2024-05-06T07:08:09.000Z', null, 'yesterday', '1970-01-01T00:00:00Z']
    serveWorkspaces(told.map((created, place) => room(`w${place}`, [BCCA], { created })))
    const { items } = await readList(listed())
    expect(items.map(({ createdAt }) => createdAt)).toEqual([
      '2024-05-06T07:08:09.000Z',
      undefined,
      undefined,
      undefined,
    ])
  })

  test.each([
    [{}, 'set `"devices": true`, and grant the scope `spark-admin:devices_read`'],
    [{ devices: true }, 'grant the scope `spark-admin:devices_read`'],
  ])('with %j: when their devices were last seen takes more', (config, toGet) => {
    const { workspaceFields } = provider(config).capabilities
    expect(workspaceFields?.lastSeenAt).toEqual({ support: 'conditional', toGet })
  })

  test('carry their record only if it is asked for', async () => {
    serveWorkspaces([room('a', [BCCA])])
    const { items } = await readList(listed({}, { includeRaw: true }))
    expect(items[0]?.raw).toEqual(room('a', [BCCA]))
  })

  test('that use Webex Calling and name no license are a gap, and no workspace without a license', async () => {
    serveWorkspaces([room('a', [BCCA]), room('b', [], { calling: { type: 'webexCalling', webexCalling: null } })])
    const { items, ledger } = await readList(listed())
    expect(items).toHaveLength(2)
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ what: 'the licenses of 1 workspace' }] })
  })

  test('that cannot be decoded are counted, and lose no other', async () => {
    serveWorkspaces([room('a', [BCCA]), { id: '' }, room('c'), { id: 'x', calling: 'odd' }, room('e')])
    const { items, ledger } = await readList(listed())
    expect(items).toHaveLength(3)
    expect(ledger).toMatchObject({ undecodable: 2, verdict: 'partial' })
  })

  test('of another organization are not shown, nor are its licenses', async () => {
    const orgId = hydraId('ORGANIZATION', 'a0000000-0000-4000-8000-00000000000a')
    const another = hydraId('ORGANIZATION', 'b0000000-0000-4000-8000-00000000000b')
    serveWorkspaces([room('a', [BCCA], { orgId }), room('b', [], { orgId: another }), room('c', [], { orgId })])
    const { items, ledger } = await readList(listed({ orgId }))
    expect(items).toMatchObject([{ id: place('a'), licenseIds: [] }, { id: place('c') }])
    expect(ledger.gaps.map(({ what }) => what)).toEqual([
      '1 record of a page of the workspaces',
      'licenses of 1 workspace on a page of the workspaces',
    ])
  })
})

describe('pages of workspaces', () => {
  test.each([
    [0, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [12, 4],
  ])('of %i are read from where the rows before them ended until none comes: %i requests', async (count, requests) => {
    const queries = serveWorkspaces(rooms(count))
    expect(await namesIn(listed())).toHaveLength(count)
    expect(queries).toHaveLength(requests)
    expect(queries[0]).toBe('')
  })

  test('are asked for with as many rows as are configured', async () => {
    const queries = serveWorkspaces(rooms(5))
    expect(await namesIn(listed({ pageSize: 2 }))).toHaveLength(5)
    expect(queries).toEqual(['?max=2', '?max=2&start=2', '?max=2&start=4', '?max=2&start=5'])
  })

  test('lead on by a next link, where there is one', async () => {
    const queries = serveWorkspaces(rooms(9), { links: true })
    expect(await namesIn(listed())).toHaveLength(9)
    expect(queries).toEqual(['', '?cursor=4', '?cursor=8'])
  })

  test('end where an offset is ignored, with every workspace once', async () => {
    const queries = serveWorkspaces(rooms(4), { ignoresStart: true })
    const { items, ledger } = await readList(listed())
    expect(items).toHaveLength(4)
    expect(ledger).toMatchObject({ verdict: 'unverifiable', repeated: 0 })
    expect(queries).toEqual(['', '?start=4'])
  })

  test('without a record that can be read end the list, and say so', async () => {
    const queries = serveWorkspaces([{ id: 1 }, { id: 2 }], { ignoresStart: true })
    const { error, ledger } = await readList(listed())
    expect(error?._tag).toBe('InvalidResponse')
    expect(ledger.verdict).toBe('partial')
    expect(queries).toHaveLength(1)
  })

  test('can be gone on with', async () => {
    serveWorkspaces(rooms(9))
    const pages = []
    for await (const page of listed().pages()) if (E.isRight(page)) pages.push(page.right)
    expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 1, 0])
    const rest = await readList(listed({}, { continuation: pages[1]?.continuation }))
    expect(rest.items.map(({ displayName }) => displayName)).toEqual(['Room r8'])
  })

  test('are of this list only', async () => {
    const { error } = await readList(listed({}, { continuation: 'people?start=4' }))
    expect(error).toMatchObject({ _tag: 'RequestRejected' })
    serveWorkspaces([])
    nock.cleanAll()
    nock(api)
      .get('/workspaces')
      .reply(200, { items: rooms(1) }, nextLink(`${api}/workspaces?displayName=x&start=1`))
    expect((await readList(listed())).error).toMatchObject({ _tag: 'Untrusted' })
  })
})

describe('devices of workspaces', () => {
  const collaboration = { supportedDevices: 'collaborationDevices' }
  const all = [
    room('a', [BCCA], collaboration),
    room('b', [], collaboration),
    room('c', [BCCA], { supportedDevices: 'phones' }),
  ]
  const devices = [
    { id: 'd1', workspaceId: place('a'), lastSeen: '2026-10-02T08:00:00Z' },
    { id: 'd2', workspaceId: place('a'), lastSeen: '2026-11-02T08:00:00Z' },
    { id: 'd3', workspaceId: place('a'), connectionStatus: 'offline_expired', lastSeen: 'never' },
    { id: 'd4', personId: 'p1', lastSeen: '2026-11-03T08:00:00Z' },
    { id: 'd5', workspaceId: place('c') },
  ]
  const licenses = [licenseRecord(SD), licenseRecord(BCCA)]

  test('are read if that is set: how many there are, and when the last was seen', async () => {
    serveWorkspaces(all)
    serveLicenses(licenses)
    const queries = serveDevices(devices)
    const { items } = await readList(listed({ devices: true }))
    expect(items).toMatchObject([
      { devices: 3, lastSeenAt: '2026-11-02T08:00:00.000Z', likelyLicenseIds: [SD] },
      { devices: 0 },
      { devices: 1 },
    ])
    expect(items[1]).not.toHaveProperty('likelyLicenseIds')
    expect(items[2]).not.toHaveProperty('likelyLicenseIds')
    expect(items[2]).not.toHaveProperty('lastSeenAt')
    expect(queries).toEqual(['', '?cursor=4'])
  })

  test('are not asked for by themselves, and no device license is then taken to be held', async () => {
    serveWorkspaces(all)
    const { items } = await readList(listed())
    expect(items).toHaveLength(3)
    for (const one of items) for (const field of ['devices', 'likelyLicenseIds']) expect(one).not.toHaveProperty(field)
  })

  test('are not asked for where there is no workspace', async () => {
    serveWorkspaces([])
    const queries = serveDevices(devices)
    expect((await readList(listed({ devices: true }))).items).toEqual([])
    expect(queries).toEqual([])
  })

  test('that these credentials are not shown are a remark, and the list of workspaces is whole', async () => {
    serveWorkspaces(all)
    nock(api).get('/devices').reply(403, errorBody('missing scopes'))
    const { items, ledger } = await readList(listed({ devices: true }))
    expect(items).toHaveLength(3)
    expect(items[0]).not.toHaveProperty('devices')
    expect(ledger).toMatchObject({ verdict: 'unverifiable', gaps: [] })
    expect(ledger.remarks).toEqual([
      expect.stringMatching(/^the devices of workspaces are unknown, as not all devices could be read: .*devices_read/),
    ])
  })

  test('that came in part are not counted', async () => {
    serveWorkspaces(all)
    serveDevices([...devices.slice(0, 2), { id: 7 }])
    const { items, ledger } = await readList(listed({ devices: true }))
    expect(items[0]).not.toHaveProperty('devices')
    expect(ledger.remarks).toHaveLength(1)
  })
})

describe('licenses of Webex', () => {
  test('say whether workspaces may hold them', async () => {
    serveLicenses([
      licenseRecord(SD),
      licenseRecord(BCCA),
      licenseRecord(BCSTD),
      licenseRecord(licenseId('BCSTD', 5), { consumedByWorkspaces: 0 }),
      licenseRecord(MS, { consumedByWorkspaces: '2' }),
      licenseRecord(licenseId('MS', 6), { consumedByWorkspaces: null }),
      licenseRecord(licenseId('MS', 7), { consumedByWorkspaces: 0 }),
    ])
    const { items } = await readList(provider().listLicenses())
    expect(items.map(({ holders }) => holders)).toEqual([
      'notTold',
      'usersAndWorkspaces',
      'usersAndWorkspaces',
      undefined,
      'usersAndWorkspaces',
      undefined,
      undefined,
    ])
  })
})

describe('a report of Webex', () => {
  const counted = (id: string, users: number, workspaces: number) =>
    licenseRecord(id, {
      consumedUnits: users + workspaces,
      consumedByUsers: users,
      consumedByWorkspaces: workspaces,
    })

  const serve = (holdersOfStandard = 2) => {
    serveLicenses([counted(BCCA, 0, 2), counted(BCSTD, 2, 1), counted(SD, 0, 40), counted(MS, 1, 0)])
    for (const id of [BCCA, SD]) serveHolders(id, [])
    serveHolders(BCSTD, [holder('p1'), holder('p2')].slice(0, holdersOfStandard))
    serveHolders(MS, [holder('p1')])
  }
  const report = async (config: Partial<WebexConfig> = { userSource: 'licenses' }) =>
    createLicenseReport({ detail: true })([provider(config)])()

  test('counts workspaces among the holders of a license, and in no list of people', async () => {
    serve()
    serveWorkspaces([room('a', [BCCA]), room('b', [BCCA]), room('c', [BCSTD]), room('d')])
    const { licenses, workspaces, people, users, complete } = await report()
    expect(licenses.map(({ assigned }) => assigned)).toEqual([
      known(2),
      known(3),
      unknown('no list of the vendor says which devices hold it'),
      known(1),
    ])
    expect(licenses.map(({ available }) => available)).toEqual([known(98), known(97), known(60), known(99)])
    expect(licenses.map(({ discrepancy }) => discrepancy)).toEqual([undefined, undefined, undefined, undefined])
    expect(workspaces).toHaveLength(4)
    expect(users?.map(({ id }) => id)).toEqual(['p1', 'p2'])
    expect(people.total).toEqual(known(2))
    expect(complete).toBe(true)
  })

  test('compares the users that the vendor counts with users alone', async () => {
    serve(1)
    serveWorkspaces([room('c', [BCSTD])])
    const { licenses } = await report()
    expect(licenses[1]).toMatchObject({
      assigned: known(2),
      discrepancy: { consumedByUsers: 2, assigned: 1, difference: 1 },
    })
  })

  test('is complete without the scope for workspaces, and does not know who holds what these may hold', async () => {
    serve()
    nock(api).get('/workspaces').reply(403, errorBody('missing scopes'))
    const { licenses, providers, complete } = await report()
    const missing = expect.stringContaining('spark-admin:workspaces_read')
    expect(licenses.map(({ assigned }) => assigned)).toEqual([
      { kind: 'unknown', reason: missing },
      { kind: 'unknown', reason: missing, atLeast: 2 },
      unknown('no list of the vendor says which devices hold it'),
      known(1),
    ])
    expect(licenses.map(({ available }) => available)).toEqual([known(98), known(97), known(60), known(99)])
    expect(providers[0]?.ledgers.workspaces).toMatchObject({ supplementary: true, gaps: [{ reason: missing }] })
    expect(providers[0]).toMatchObject({ status: 'complete' })
    expect(complete).toBe(true)
  })

  test('with devices has an estimate for room licenses in the reason, and never in a number', async () => {
    serve()
    serveWorkspaces([room('a', [BCCA], { supportedDevices: 'collaborationDevices' })])
    serveDevices([{ id: 'd1', workspaceId: place('a') }])
    const { licenses } = await report({ userSource: 'licenses', devices: true })
    expect(licenses[2]?.assigned).toEqual(
      unknown('no list of the vendor says which devices hold it; an estimate: 1 workspace'),
    )
  })

  test('asks for no workspaces where no license may be held by one', async () => {
    serveLicenses([counted(MS, 1, 0), counted(BCSTD, 0, 0)])
    serveHolders(MS, [holder('p1')])
    serveHolders(BCSTD, [])
    const queries = serveWorkspaces([room('a')])
    const { complete } = await report()
    expect(complete).toBe(true)
    expect(queries).toEqual([])
  })
})

describe('the number of requests for the workspaces of Webex', () => {
  test.each([
    // Workspaces, devices, and the requests of each with pages of 4.
    [0, 9, 1, 0],
    [3, 0, 2, 1],
    [8, 8, 3, 2],
    [9, 13, 4, 4],
  ])(
    '%i with %i devices is one for each page, and one that brings none: %i, and %i for devices',
    async (...numbers) => {
      const [workspaces, devices, forWorkspaces, forDevices] = numbers
      const asked = serveWorkspaces(rooms(workspaces))
      const askedForDevices = serveDevices(
        Array.from({ length: devices }, (_, index) => ({ id: `d${index}`, workspaceId: place('r0') })),
      )
      const listLicenses = nock(api).get('/licenses').reply(200, { items: [] })
      await toReadonlyArray(listed({ devices: true }, { licenses: [] }))()
      expect([asked.length, askedForDevices.length]).toEqual([forWorkspaces, forDevices])
      expect(listLicenses.isDone()).toBe(false)
    },
  )
})

describe('a list of workspaces whose page cannot be read', () => {
  test('is read to its end with smaller pages, though the head of that page led on', async () => {
    const count = 400
    let attempts = 0
    const json = (body: string, status: number, link?: string) =>
      new Response(body, { status, headers: { 'content-type': 'application/json', ...(link ? { link } : {}) } })
    const fetch = async (href: string) => {
      const url = new URL(href)
      if (!url.pathname.endsWith('/workspaces')) return json('{"items":[]}', 200)
      const [start, max] = [Number(url.searchParams.get('start') ?? 0), Number(url.searchParams.get('max'))]
      url.searchParams.set('start', String(start + max))
      const link = start + max < count ? `<${url.href}>; rel="next"` : undefined
      if (start === 100 && max === 100) return attempts++ === 0 ? json('{"items":[', 200, link) : json('{}', 504)
      const items = rooms(count).slice(start, start + max)
      return json(JSON.stringify({ items }), 200, link)
    }
    const list = createWebexProvider({ ...withToken, pageSize: 100 }, { ...stillRuntime(), fetch }).listWorkspaces?.()
    if (list === undefined) throw new Error('Webex lists workspaces')
    const read = await collected(list)
    expect(read.value).toHaveLength(count)
    expect(new Set(read.value.map(({ id }) => id)).size).toBe(count)
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import {
  rawRecord,
  startWebexSimulator,
  type WebexSimulator,
  type WebexSimulatorOptions,
} from '../../../providers/webex/simulator/index.ts'
import { createLicenseReport, known, listWorkspaceHolders, toReadonlyArray } from '../../../src/index.ts'

const running: WebexSimulator[] = []

afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.destroy()
})

const start = async (options: WebexSimulatorOptions = {}) => {
  const simulator = await startWebexSimulator(options)
  running.push(simulator)
  const get = (path: string) =>
    fetch(`${simulator.configuration.apiUrl}${path}`, {
      headers: { authorization: `Bearer ${simulator.configuration.accessToken}` },
    })
  const rowsOf = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const body: unknown = await (await get(path)).json()
    return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) ? body.items : []
  }
  const report = (config: Partial<WebexConfig> = {}) =>
    createLicenseReport({ detail: true })([createWebexProvider({ ...simulator.configuration, ...config })])()
  return { simulator, get, rowsOf, report }
}

describe('simulated workspaces', () => {
  test('are the same for a seed, and of every kind', async () => {
    const { rowsOf } = await start({ users: 1_000 })
    const rows = await rowsOf('/workspaces?max=1000')
    expect(rows).toHaveLength(60)
    const callings = new Set(rows.map(({ calling }) => JSON.stringify(calling).replace(/\["[^"]*"\]/, 'LICENSES')))
    expect(callings).toEqual(
      new Set([
        '{"type":"webexCalling","webexCalling":{"licenses":LICENSES}}',
        '{"type":"none"}',
        '{"type":"freeCalling"}',
        '{"type":"thirdPartySipCalling"}',
      ]),
    )
    expect(rows.some(({ locationId }) => locationId === undefined)).toBe(true)
    const devices = await rowsOf('/devices?max=1000')
    const placed = new Set(devices.map(({ workspaceId }) => workspaceId))
    expect(placed.size).toBe(48)
    expect(devices.length).toBeGreaterThan(48)
    expect(new Set(devices.map(({ connectionStatus }) => connectionStatus))).toEqual(
      new Set(['connected', 'offline_expired', 'activating']),
    )
    const other = await start({ users: 1_000 })
    expect(await other.rowsOf('/workspaces?max=1000')).toEqual(rows)
  })

  test('are paged by offset without a link, and devices by links', async () => {
    const { get, rowsOf } = await start({ users: 1_000 })
    const first = await get('/workspaces?max=40')
    expect(first.headers.get('link')).toBeNull()
    expect(await rowsOf('/workspaces?max=40&start=40')).toHaveLength(20)
    expect(await rowsOf('/workspaces?max=40&start=60')).toEqual([])
    expect((await get('/devices?max=40')).headers.get('link')).toContain('start=40')
    for (const wrong of ['/workspaces?start=-1', '/workspaces?max=0', '/devices?max=x', '/workspaces?displayName=x']) {
      expect((await get(wrong)).status).toBe(400)
    }
  })

  test('need their scopes', async () => {
    const { get } = await start({ users: 10, scopes: ['spark-admin:licenses_read'] })
    expect((await get('/workspaces')).status).toBe(403)
    expect((await get('/devices')).status).toBe(403)
  })

  test('are exactly those that are written out', async () => {
    const { rowsOf, simulator } = await start({
      world: {
        licenses: [{ id: 'calling', name: 'Calling', totalUnits: 5, workspaces: 1, subscriptionId: 'Sub1' }],
        people: [{ id: 'p1', licenses: ['calling'] }],
        workspaces: [
          { id: 'w1', displayName: 'Lobby', licenses: ['calling'], devices: [{ id: 'd1' }] },
          { id: 'w2', supportedDevices: 'phones' },
          rawRecord({ odd: true }),
        ],
      },
    })
    expect(await rowsOf('/workspaces')).toMatchObject([
      { id: 'w1', calling: { webexCalling: { licenses: ['calling'] } }, orgId: simulator.organization.id },
      { id: 'w2', calling: { type: 'none' }, supportedDevices: 'phones' },
      { odd: true },
    ])
    expect(await rowsOf('/devices')).toMatchObject([{ id: 'd1', workspaceId: 'w1', connectionStatus: 'connected' }])
    expect(await rowsOf('/licenses')).toMatchObject([{ consumedUnits: 3, consumedByUsers: 1, consumedByWorkspaces: 2 }])
  })
})

describe('a report of a simulated organization', () => {
  test.each([10, 200, 2_500])(
    'of %i people has as many workspaces for each license as the vendor counts',
    async (users) => {
      const { simulator, report } = await start({ users })
      const { licenses, workspaces, complete } = await report()
      expect(complete).toBe(true)
      for (const code of ['BCCA', 'BCSTD']) {
        const row = licenses.find(({ productCode }) => productCode === code)
        expect(row?.assigned).toEqual(row?.consumed)
        expect(row?.assigned.kind).toBe('known')
        expect(row?.discrepancy).toBeUndefined()
      }
      const rooms = licenses.find(({ productCode }) => productCode === 'SD')
      expect(rooms?.assigned).toMatchObject({ kind: 'unknown' })
      expect(rooms?.available.kind).toBe('known')
      expect(workspaces).toHaveLength(simulator.organization.workspaces.size)
    },
  )

  test('with devices tells how many each workspace has and when the last was seen, and estimates room licenses', async () => {
    const { report, simulator } = await start({ users: 1_000 })
    const { workspaces = [], licenses } = await report({ devices: true })
    expect(workspaces.filter(({ devices }) => devices === 0)).toHaveLength(12)
    expect(workspaces.filter(({ lastSeenAt }) => lastSeenAt !== undefined && lastSeenAt < '2026-06')).not.toEqual([])
    const likely = workspaces.filter(({ likelyLicenseIds }) => likelyLicenseIds !== undefined).length
    expect(licenses.find(({ productCode }) => productCode === 'SD')?.assigned).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining(`an estimate: ${likely} workspaces`),
    })
    expect(simulator.requests.count({ path: '/v1/devices' })).toBe(1)
  })

  test('of a thousand people asks twice for workspaces, and for devices only if that is set', async () => {
    const { report, simulator } = await start({ users: 1_000 })
    await report()
    expect(simulator.requests.count({ path: '/v1/workspaces' })).toBe(2)
    expect(simulator.requests.count({ path: '/v1/devices' })).toBe(0)
  })

  test('without the scope for workspaces is complete, and knows everything else', async () => {
    const scopes = ['spark-admin:licenses_read', 'spark-admin:people_read']
    const { report } = await start({ users: 200, scopes })
    const { complete, licenses, providers } = await report()
    expect(complete).toBe(true)
    expect(providers[0]?.ledgers.workspaces?.gaps).toHaveLength(1)
    const device = licenses.filter(({ metric }) => metric === 'device')
    expect(device).toHaveLength(2)
    for (const { assigned } of device) expect(assigned).toMatchObject({ kind: 'unknown' })
    for (const { assigned } of device) expect(assigned).not.toHaveProperty('atLeast')
  })

  test('names the workspaces that hold one license', async () => {
    const { simulator } = await start({ users: 200 })
    const license = simulator.organization.licenses.find((one) => 'name' in one && one.name.endsWith('- Workspaces'))
    const id = license !== undefined && 'id' in license ? license.id : ''
    const list = listWorkspaceHolders(createWebexProvider(simulator.configuration), id)
    const holders = list && (await toReadonlyArray(list)())
    expect(holders).toMatchObject({ right: { items: expect.objectContaining({ length: 8 }) } })
    expect(known(simulator.organization.workspacesWith(id))).toEqual(known(8))
  })
})

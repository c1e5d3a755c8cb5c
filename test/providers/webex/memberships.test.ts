import nock from 'nock'
import { afterEach, describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { startWebexSimulator, type WebexSimulator } from '../../../providers/webex/simulator/index.ts'
import { createLicenseReport, known } from '../../../src/index.ts'
import { readList } from '../read-list.ts'
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
  person,
  serveHolders,
  serveLicenses,
  servePeople,
  serveWorkspaces,
  withToken,
} from './webex-at-http.ts'

const CE = licenseId('CE', 1)
const MS = licenseId('MS', 2)

const ADA = hydraId('PEOPLE', 'a0000000-0000-4000-8000-000000000001')
const BOB = hydraId('PEOPLE', 'b0000000-0000-4000-8000-000000000002')
const CYD = hydraId('PEOPLE', 'c0000000-0000-4000-8000-000000000003')

const membership = (personId: string, status: string, licenseOf = CE) => ({
  id: `m-${personId}-${licenseOf}`,
  resourceGroupId: 'g1',
  licenseId: licenseOf,
  personId,
  status,
})

/** Two on a page; returns the queries that came. */
const serveMemberships = (all: readonly unknown[]): string[] => {
  const queries: string[] = []
  nock(api)
    .persist()
    .get('/resourceGroup/memberships/v2')
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, origin)
      queries.push(search)
      const from = Number(searchParams.get('cursor') ?? 0)
      const type = searchParams.get('type')
      const more = from + 2 < all.length
      const next = more ? nextLink(`${api}/resourceGroup/memberships/v2?type=${type}&cursor=${from + 2}`) : {}
      return [200, { items: all.slice(from, from + 2) } as nock.Body, next]
    })
  return queries
}

const serve = () => {
  serveLicenses([licenseRecord(MS), licenseRecord(CE, { consumedUnits: 0, consumedByUsers: 0, subscriptionId: null })])
  serveHolders(MS, [holder(ADA), holder(BOB)])
  serveHolders(CE, [])
}

const users = (config: Partial<WebexConfig> = {}) =>
  readList(
    createWebexProvider(
      { ...withToken, userSource: 'licenses', hybridMemberships: true, ...config },
      stillRuntime(),
    ).listUsers(),
  )

describe('holders of hybrid licenses', () => {
  withoutNetwork()

  test('are those whom the memberships name, if that is set', async () => {
    serve()
    const queries = serveMemberships([
      membership(ADA, 'activated'),
      membership(BOB, 'pending'),
      membership(CYD, 'error'),
    ])
    const { value, ledger } = await users()
    expect(value).toMatchObject([
      { id: ADA, licenseIds: [MS, CE], pendingLicenseIds: [] },
      { id: BOB, licenseIds: [MS], pendingLicenseIds: [CE] },
      { id: CYD, licenseIds: [CE], status: 'unknown', kind: 'unknown' },
    ])
    expect(ledger).toMatchObject({ items: 3, verdict: 'unverifiable', gaps: [] })
    expect(ledger.remarks).toEqual(['1 hybrid license of users has the status error: it is held and does not work'])
    expect(queries).toEqual(['?type=User', '?type=User&cursor=2'])
  })

  test('are not asked for otherwise', async () => {
    serve()
    const queries = serveMemberships([membership(ADA, 'activated')])
    const { value } = await users({ hybridMemberships: false })
    expect(value).toMatchObject([{ licenseIds: [MS] }, { licenseIds: [MS] }])
    expect(queries).toEqual([])
  })

  test('that the credentials are not shown are a remark', async () => {
    serve()
    nock(api).get('/resourceGroup/memberships/v2').query(true).reply(403, errorBody('missing scopes'))
    const { value, ledger } = await users()
    expect(value).toHaveLength(2)
    expect(ledger).toMatchObject({ verdict: 'unverifiable', gaps: [] })
    expect(ledger.remarks).toEqual([
      expect.stringMatching(/^some holders of hybrid licenses may be missing.*resource_group_memberships_read/),
    ])
  })

  test('are each listed once, whoever else names them', async () => {
    serveLicenses([licenseRecord(MS), licenseRecord(CE)])
    serveHolders(MS, [holder(ADA)])
    serveHolders(CE, [holder(ADA)])
    serveMemberships([membership(ADA, 'pending'), membership(`${ADA}=`, 'activated')])
    expect((await users()).value).toMatchObject([{ id: ADA, licenseIds: [MS, CE], pendingLicenseIds: [] }])
  })

  test('are people by default, also those who hold nothing else', async () => {
    serve()
    servePeople([
      person(CYD, { emails: ['cyd@example.com'], department: 'IT', lastActivity: '2026-11-01T06:00:00.000Z' }),
    ])
    serveMemberships([membership(CYD, 'activated')])
    const { value } = await users({ userSource: 'both' })
    expect(value.at(-1)).toMatchObject({
      id: CYD,
      kind: 'internal',
      status: 'active',
      email: 'cyd@example.com',
      department: 'IT',
      lastActiveAt: '2026-11-01T06:00:00.000Z',
      licenseIds: [CE],
    })
  })

  test('are workspaces too', async () => {
    const uuid = 'd0000000-0000-4000-8000-000000000004'
    serveWorkspaces([{ id: hydraId('PLACE', uuid) }, { id: hydraId('PLACE', 'other') }])
    const queries = serveMemberships([membership(hydraId('PEOPLE', uuid), 'activated')])
    const provider = createWebexProvider({ ...withToken, hybridMemberships: true }, stillRuntime())
    const list = provider.listWorkspaces?.()
    expect(list && (await readList(list)).value).toMatchObject([{ licenseIds: [CE] }, { licenseIds: [] }])
    expect(queries).toEqual(['?type=Workspace'])
  })

  test('are in the records of people, so that the setting is refused with these', () => {
    expect(() => createWebexProvider({ ...withToken, userSource: 'people', hybridMemberships: true })).toThrow(
      'hybridMemberships: expected false, as userSource is "people"',
    )
  })
})

describe('a simulated organization', () => {
  let simulator: WebexSimulator | undefined

  afterEach(() => simulator?.destroy())

  test('has the same holders of hybrid licenses by memberships, and workspaces besides', async () => {
    simulator = await startWebexSimulator({ users: 200 })
    const config = { ...simulator.configuration, userSource: 'licenses' } as const
    const read = (more: Partial<WebexConfig>) =>
      createLicenseReport({ detail: true })([createWebexProvider({ ...config, ...more })])()
    const [plain, hybrid] = [await read({}), await read({ hybridMemberships: true })]
    const held = (report: typeof plain, code: string) =>
      report.licenses.find(({ productCode }) => productCode === code)?.assigned
    expect(held(hybrid, 'HM')).toEqual(held(plain, 'HM'))
    expect(hybrid.users?.length).toBe(plain.users?.length)
    const calendar = held(plain, 'CE')
    expect(held(hybrid, 'CE')).toEqual(known((calendar?.kind === 'known' ? calendar.value : 0) + 1))
    expect(hybrid.complete).toBe(true)
    expect(hybrid.providers[0]?.ledgers.assignments.remarks).toEqual([
      expect.stringMatching(/hybrid licenses? of users/),
    ])
  })
})

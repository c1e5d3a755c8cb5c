import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import type { LicensedUser, Page, PageRequest } from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  definitions,
  directory,
  directoryRecords,
  licensedRows,
  licenseUsers,
  login,
  serveListing,
  tokenAnswer,
  withSecret,
} from './genesys-at-http.ts'

withoutNetwork()

describe('the number of requests for a report on Genesys', () => {
  test.each([
    { users: 0, people: 0, expected: [1, 1, 1, 1] },
    { users: 100, people: 500, expected: [1, 1, 1, 1] },
    { users: 101, people: 501, expected: [1, 1, 2, 2] },
    { users: 1_234, people: 2_600, expected: [1, 1, 13, 6] },
  ])('is 1 token + 1 definitions + $users users / 100 + $people people / 500', async ({ users, people, expected }) => {
    let tokens = 0
    let definitionRequests = 0
    nock(login)
      .persist()
      .post('/oauth/token')
      .reply(200, () => {
        tokens++
        return tokenAnswer(`t${tokens}`)
      })
    nock(api)
      .persist()
      .get(definitions)
      .reply(200, () => {
        definitionRequests++
        return [{ id: 'cloudCX2' }]
      })
    const rows = serveListing(licenseUsers, licensedRows(users))
    const records = serveListing(directory, directoryRecords(people))
    const runtime = stillRuntime()
    const report = await createLicenseReport(runtime)([createGenesysProvider(withSecret, runtime)])()
    expect(report.complete).toBe(true)
    expect([tokens, definitionRequests, rows.length, records.length]).toEqual(expected)
  })

  test('is two more where the directory is refused past 10,000 rows: the first page and the one that is refused', async () => {
    const simulator = await startGenesysSimulator({ users: 15_000, directory: { limitedStates: ['any'] } })
    nock.enableNetConnect('127.0.0.1')
    const report = await createLicenseReport()([createGenesysProvider(simulator.configuration)])()
    nock.disableNetConnect()
    const requests = simulator.requests.byRoute()
    await simulator.destroy()
    const { directory: joined, assignments } = report.providers[0]?.ledgers ?? {}
    expect(report.complete).toBe(true)
    expect(Object.fromEntries(requests)).toEqual({
      'POST /oauth/token': 1,
      'GET /api/v2/license/definitions': 1,
      'GET /api/v2/license/users': Math.ceil((assignments?.items ?? 0) / 100),
      'GET /api/v2/users': 2,
      'GET /api/v2/users/query': Math.ceil((joined?.items ?? 0) / 500),
    })
  })
})

describe('the number of requests for a page of the users of Genesys', () => {
  /** An organization of so many people, and one page of its users. */
  const inOrganization = async <A>(
    users: number,
    use: (
      pageOf: (request: PageRequest) => Promise<{ page: Page<LicensedUser>; requests: Record<string, number> }>,
    ) => A,
  ): Promise<A> => {
    const simulator = await startGenesysSimulator({ users })
    nock.enableNetConnect('127.0.0.1')
    const provider = createGenesysProvider(simulator.configuration)
    try {
      return await use(async (request) => {
        simulator.requests.clear()
        for await (const page of provider.listUsers(request).pages()) {
          if (E.isLeft(page)) throw new Error(page.left.message)
          const { 'POST /oauth/token': _, ...requests } = Object.fromEntries(simulator.requests.byRoute())
          return { page: page.right, requests }
        }
        throw new Error('there is no page')
      })
    } finally {
      nock.disableNetConnect()
      await simulator.destroy()
    }
  }

  test.each([1_000, 4_000])(
    'that is gone on with is the same in an organization of %d people, whatever its size',
    async (users) => {
      await inOrganization(users, async (pageOf) => {
        const first = await pageOf({})
        expect(first.requests).toEqual({
          'GET /api/v2/license/users': 1,
          'GET /api/v2/users': Math.ceil((first.page.directory?.items ?? 0) / 500),
        })
        const second = await pageOf({ continuation: first.page.continuation })
        expect(second.page.items).toHaveLength(100)
        expect(second.requests['GET /api/v2/license/users']).toBe(1)
        // The records of a hundred, 50 in a request, and of those among them who may be deleted.
        expect(second.requests['GET /api/v2/users']).toBeLessThanOrEqual(4)
        expect(second.page.directory).toMatchObject({ verdict: 'unverifiable', gaps: [] })
        const whole = (await pageOf({ pageSize: 10 })).page
        const behind = await pageOf({ pageSize: 10, continuation: whole.continuation })
        expect(behind.page.items).toEqual(first.page.items.slice(10, 20))
        expect(behind.requests['GET /api/v2/license/users']).toBe(1)
        expect(behind.requests['GET /api/v2/users']).toBeLessThanOrEqual(4)
      })
    },
  )

  test('is no more for smaller pages of one iteration', async () => {
    const rows = serveListing(licenseUsers, licensedRows(250))
    const records = serveListing(directory, directoryRecords(250))
    const provider = createGenesysProvider({ accessToken: 't0ken', region: 'mypurecloud.ie' }, stillRuntime())
    const sizes: number[] = []
    for await (const page of provider.listUsers({ pageSize: 40 }).pages()) {
      if (E.isRight(page)) sizes.push(page.right.items.length)
    }
    expect(sizes).toEqual([40, 40, 20, 40, 40, 20, 40, 10])
    expect([rows.length, records.length]).toEqual([3, 1])
  })

  test('of a list that is resumed for long is not that of asking for every user by id', async () => {
    const rows = serveListing(licenseUsers, licensedRows(2_000))
    const byId: string[] = []
    nock(api)
      .persist()
      .get(directory)
      .query(({ id }) => id !== undefined)
      .reply((uri) => {
        const { searchParams } = new URL(uri, api)
        byId.push(searchParams.get('id') ?? '')
        const entities = byId
          .at(-1)
          ?.split(',')
          .map((id) => ({ id, name: id, state: 'active' }))
        return [200, { entities }]
      })
    const records = serveListing(directory, directoryRecords(2_000))
    const provider = createGenesysProvider({ accessToken: 't0ken', region: 'mypurecloud.ie' }, stillRuntime())
    const { value, ledger, directory: joined } = await readList(provider.listUsers({ continuation: '2/100' }))
    expect(value).toHaveLength(1_900)
    expect([rows.length, byId.length, records.length]).toEqual([19, 10, 4])
    expect([ledger.verdict, joined?.verdict]).toEqual(['unverifiable', 'complete'])
  })
})

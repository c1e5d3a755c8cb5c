import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
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
    const simulator = await startGenesysSimulator({ users: 25_000 })
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

import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
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
})

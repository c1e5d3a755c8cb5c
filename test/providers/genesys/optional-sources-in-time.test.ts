import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import { createLicenseReport } from '../../../src/index.ts'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  definitions,
  directory,
  directoryRecords,
  licensedRows,
  licenseUsers,
  serveListing,
  tokenAnswer,
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

/** In turns of the event loop, of which the users take a small part. */
const DEADLINE_MS = 10_000
const never = () => new Promise<never>(() => {})

/** More users than the pages that are read ahead have. */
const USERS = 1_000

const TOO_LONG = 'it took more than half of the time before the deadline; give a longer deadline'

const serve = () => {
  nock(api)
    .persist()
    .get(definitions)
    .reply(200, [{ id: 'cloudCX3' }])
  nock(api).persist().get('/api/v2/organizations/me').reply(200, { id: 'org-1', name: 'Alpha' })
  serveListing(licenseUsers, licensedRows(USERS, ['cloudCX3']))
  serveListing(directory, directoryRecords(USERS))
}

const reportOf = async (more: Partial<GenesysConfig>) => {
  const inTurns = timersThatGoByTurns()
  const begun = performance.now()
  const provider = createGenesysProvider({ ...withToken, ...more })
  const report = await inTurns(createLicenseReport({ deadlineMs: DEADLINE_MS, detail: true })([provider])())
  expect(performance.now() - begun).toBeLessThan(DEADLINE_MS)
  return report
}

const trustee = {
  source: 'trustee',
  clientId: 'partner',
  clientSecret: 'secret-of-the-partner',
  organizationId: 'org-1',
} as const

describe('what a report of Genesys can do without, and never comes', () => {
  test.each([
    ['contracts', { source: 'contracts' }, 'the contracts could not be read'],
    ['overview', trustee, 'the billing overview of this organization could not be read'],
  ] as const)('leaves time for the users: the %s', async (_, billing, what) => {
    serve()
    nock('https://login.mypurecloud.ie').post('/oauth/token').reply(200, tokenAnswer('p4rtner'))
    nock(api)
      .get(/^\/api\/v2\/billing\//)
      .query(true)
      .reply(never)
    const report = await reportOf({ billing })
    expect(report).toMatchObject({
      complete: true,
      licenses: [
        { assigned: { kind: 'known', value: USERS }, purchased: { kind: 'unknown', reason: `${what}: ${TOO_LONG}` } },
      ],
    })
    expect(report.users).toHaveLength(USERS)
  })

  test('leaves time for the users: when they were online', async () => {
    serve()
    nock(api).post('/api/v2/analytics/users/aggregates/query').reply(never)
    const report = await reportOf({ activity: 'presence', pageSize: 50 })
    expect(report).toMatchObject({ complete: true, licenses: [{ assigned: { kind: 'known', value: USERS } }] })
    expect(report.providers[0]?.ledgers.directory?.remarks).toEqual([
      expect.stringMatching(
        /^When 1,000 of 1,000 users were last online could not be read from .*: it took more than half of the time/,
      ),
    ])
  })
})

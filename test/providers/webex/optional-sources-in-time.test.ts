import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { createLicenseReport } from '../../../src/index.ts'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  holder,
  licenseId,
  licenseRecord,
  person,
  serveHolders,
  serveLicenses,
  servePeople,
  serveWorkspaces,
  WORKSPACES_PER_PAGE,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

/** In turns of the event loop, of which the users take a small part. */
const DEADLINE_MS = 10_000
const never = () => new Promise<never>(() => {})

const ROOM_CALLS = licenseId('BCCA', 1)
const ROOMS = 3 * WORKSPACES_PER_PAGE

const serve = () => {
  serveLicenses([licenseRecord(ROOM_CALLS, { consumedUnits: ROOMS + 1, consumedByWorkspaces: ROOMS })])
  serveHolders(ROOM_CALLS, [holder('ada')])
  servePeople([person('ada', { licenses: [ROOM_CALLS] })])
  serveWorkspaces(
    Array.from({ length: ROOMS }, (_, index) => ({
      id: `room-${index}`,
      displayName: `Room ${index}`,
      calling: { type: 'webexCalling', webexCalling: { licenses: [ROOM_CALLS] } },
    })),
  )
}

describe('what a report of Webex can do without, and never comes', () => {
  test.each<[string, Partial<WebexConfig>]>([
    ['/devices', { devices: true }],
    ['/resourceGroup/memberships/v2', { hybridMemberships: true }],
  ])('leaves time for who holds what: %s', async (path, more) => {
    serve()
    nock(api).persist().get(path).query(true).reply(never)
    const inTurns = timersThatGoByTurns()
    const begun = performance.now()
    const provider = createWebexProvider({ ...withToken, ...more })
    const report = await inTurns(createLicenseReport({ deadlineMs: DEADLINE_MS, detail: true })([provider])())
    expect(performance.now() - begun).toBeLessThan(DEADLINE_MS)
    expect(report).toMatchObject({
      complete: true,
      licenses: [{ assigned: { kind: 'known', value: ROOMS + 1 } }],
      users: [{ id: 'ada', status: 'active' }],
    })
    const { assignments, workspaces } = report.providers[0]?.ledgers ?? {}
    const remarks = [...(assignments?.remarks ?? []), ...(workspaces?.remarks ?? [])]
    expect(remarks).not.toHaveLength(0)
    for (const remark of remarks) expect(remark).toContain('more than half of the time before the deadline')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  conditional,
  type FindingOptions,
  LicenseReport,
  type LicenseReportOptions,
  notApplicable,
  type Workspace,
} from '../../src/index.ts'
import type { InMemoryOptions } from '../../src/testing/index.ts'
import { priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization } from './reported-organization.ts'

const NOW = Date.parse('2026-11-20T10:00:00.000Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number, ms = 0): string => new Date(NOW - days * DAY_MS - ms).toISOString()

type Room = Omit<Workspace, 'provider'>
const room = (id: string, more: Partial<Room> = {}): Room => ({
  id,
  displayName: `Room ${id}`,
  licenseIds: ['calling'],
  devices: 1,
  ...more,
})

const licenses = [
  license('calling', { holders: 'usersAndWorkspaces' }),
  license('room', { holders: 'notTold', metric: 'device' }),
  license('free', { holders: 'usersAndWorkspaces', purchased: notApplicable }),
]

const applied = async (
  workspaces: readonly Room[],
  findings: FindingOptions = {},
  more: Partial<InMemoryOptions> = {},
  options: LicenseReportOptions = {},
) => {
  const provider = organization('one', { licenses, workspaces, ...more })
  const report = await reportOn([provider], { ...options, findings })
  const found = (report.findings ?? []).filter(({ rule }) => rule === 'idle-workspace')
  return {
    report,
    found,
    ids: found.map(({ workspaceId }) => workspaceId),
    reasons: (report.abstentions ?? []).filter(({ rule }) => rule === 'idle-workspace').map(({ reason }) => reason),
  }
}

describe('an idle workspace', () => {
  test('holds a paid license, and its devices were last seen 90 days ago, to the millisecond', async () => {
    const prices = priceTable({ one: { calling: seatPrice(1_500) } })
    const rooms = [room('w1', { lastSeenAt: daysAgo(90) }), room('w2', { lastSeenAt: daysAgo(90, -1) })]
    const { found, reasons, report } = await applied(rooms, {}, {}, { prices })
    expect(found).toEqual([
      {
        rule: 'idle-workspace',
        id: expect.stringMatching(/^f[0-9a-f]{16}$/),
        message: 'the workspace Room w1 has had no device online for 90 days and holds Name of calling',
        provider: 'one',
        licenseId: 'calling',
        workspaceId: 'w1',
        evidence: { lastSeenAt: daysAgo(90), days: 90, dormantAfterDays: 90 },
        seats: { kind: 'known', value: 1 },
        cost: { kind: 'known', amounts: [{ amount: 1_500, currency: 'EUR' }] },
        group: expect.stringMatching(/^g[0-9a-f]{16}$/),
      },
    ])
    expect(reasons).toEqual([])
    expect(report.findingGroups?.find(({ rule }) => rule === 'idle-workspace')).toMatchObject({ workspaceId: 'w1' })
    expect(LicenseReport.is(JSON.parse(JSON.stringify(report)))).toBe(true)
    // No provider takes a license from a workspace.
    expect(report.savings?.removable.seats).toEqual({ kind: 'known', value: 0 })
  })

  test('takes the days of dormant holders, and has one group for all that it holds', async () => {
    const both = room('w1', { licenseIds: ['calling', 'free', 'room'], lastSeenAt: daysAgo(20) })
    const { found, report } = await applied([both], { dormantAfterDays: 20 })
    expect(found.map(({ licenseId }) => licenseId)).toEqual(['calling', 'room'])
    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
    expect(report.findingGroups?.filter(({ rule }) => rule === 'idle-workspace')).toMatchObject([
      {
        message:
          'the workspace Room w1 has had no device online for 20 days and holds Name of calling and Name of room',
      },
    ])
    expect((await applied([both], { dormantAfterDays: 21 })).ids).toEqual([])
  })

  test('may have no device', async () => {
    const { found, reasons } = await applied([room('w1', { devices: 0, createdAt: daysAgo(30) })])
    expect(found).toMatchObject([
      {
        workspaceId: 'w1',
        message: 'the workspace Room w1 has no device and holds Name of calling',
        evidence: { devices: 0, createdAt: daysAgo(30) },
      },
    ])
    expect(reasons).toEqual([])
  })

  test('is none that holds what comes free, or nothing', async () => {
    const rooms = [
      room('w1', { licenseIds: ['free'], lastSeenAt: daysAgo(400) }),
      room('w2', { licenseIds: [], devices: 0, likelyLicenseIds: ['free'] }),
      room('w3', { licenseIds: ['free'], devices: undefined }),
    ]
    const { ids, reasons } = await applied(rooms)
    expect({ ids, reasons }).toEqual({ ids: [], reasons: [] })
  })
})

describe('the rule of idle workspaces abstains', () => {
  test.each<[string, Partial<Room>]>([
    ['were not read', { devices: undefined }],
    ['have no time', {}],
    ['have a text', { lastSeenAt: 'yesterday' }],
    ['have the zero of a clock', { lastSeenAt: '1970-01-01T00:00:00Z' }],
    ['have a time that is still to come', { lastSeenAt: '2027-01-01T00:00:00Z' }],
  ])('if devices %s, and says what to do', async (_, more) => {
    const { capabilities } = organization('any')
    const workspaceFields = { lastSeenAt: conditional('set `"devices": true`') }
    const rooms = [room('w1', more), room('w2', { lastSeenAt: daysAgo(1) })]
    const { ids, reasons } = await applied(rooms, {}, { capabilities: { ...capabilities, workspaceFields } })
    expect(ids).toEqual([])
    expect(reasons).toEqual([
      'the vendor does not say when the devices of 1 workspace of 2 were last seen. To get this, set `"devices": true`',
    ])
  })

  test('of new workspaces, and of those without a device of which it is not known whether they are new', async () => {
    const young = daysAgo(30, -1)
    const rooms = [
      room('w1', { createdAt: young, devices: 0 }),
      // The device was elsewhere before.
      room('w2', { createdAt: young, lastSeenAt: daysAgo(200) }),
      room('w3', { devices: 0 }),
    ]
    const { ids, reasons } = await applied(rooms)
    expect(ids).toEqual([])
    expect(reasons).toEqual([
      'since when there is 1 workspace without a device is not known',
      '2 workspaces are too new to judge: created less than 30 days ago',
    ])
    expect((await applied(rooms, { graceDays: 29 })).ids).toEqual(['w1', 'w2'])
    expect((await applied(rooms, { graceDays: 0 })).ids).toEqual(['w1', 'w2', 'w3'])
  })

  test('where the vendor does not say which licenses a workspace holds that is not in use', async () => {
    const likely = { licenseIds: [], likelyLicenseIds: ['room'] }
    const rooms = [
      room('w1', { ...likely, lastSeenAt: daysAgo(200) }),
      room('w2', { ...likely, lastSeenAt: daysAgo(2) }),
    ]
    const { ids, reasons } = await applied(rooms)
    expect(ids).toEqual([])
    expect(reasons).toEqual(['the vendor does not say which licenses 1 workspace without use holds'])
  })

  test('where the list of workspaces has a gap', async () => {
    const onRequest: InMemoryOptions['onRequest'] = ({ operation }) =>
      operation === 'listWorkspaces' ? failure('one') : undefined
    const { ids, reasons } = await applied([room('w1', { lastSeenAt: daysAgo(200) })], {}, { onRequest })
    expect(ids).toEqual([])
    expect(reasons).toEqual([expect.stringContaining('the credentials may not do this')])
  })
})

test('for any times, a workspace is found exactly if it was not in use for long enough and is not new', async () => {
  const ago = fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined })
  const days = fc.integer({ min: 1, max: 200 })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2 }),
      ago,
      ago,
      days,
      days,
      async (devices, seen, created, ...limits) => {
        const [dormantAfterDays, graceDays] = limits
        const one = room('w1', {
          devices,
          lastSeenAt: devices === 0 || seen === undefined ? undefined : daysAgo(seen),
          createdAt: created === undefined ? undefined : daysAgo(created),
        })
        const { ids, reasons } = await applied([one], { dormantAfterDays, graceDays })
        const isUnused = devices === 0 || (seen !== undefined && seen >= dormantAfterDays)
        const isKnown = devices === 0 ? created !== undefined : seen !== undefined
        const isNew = created !== undefined && created < graceDays
        const isFound = isUnused && isKnown && !isNew
        expect(ids).toEqual(isFound ? ['w1'] : [])
        expect(reasons).toHaveLength(!isFound && (!isKnown || (isUnused && isNew)) ? 1 : 0)
      },
    ),
    { numRuns: 200 },
  )
})

import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  known,
  type License,
  type LicenseProvider,
  listWorkspaceHolders,
  toReadonlyArray,
  unknown,
  type Workspace,
} from '../../src/index.ts'
import { problemsOfReport } from '../../src/report/report-problems.ts'
import { createInMemoryProvider, type InMemoryOptions } from '../../src/testing/index.ts'

const license = (id: string, holders?: License['holders']): Omit<License, 'provider'> => ({
  id,
  name: id,
  metric: 'named',
  purchased: known(10),
  consumed: known(3),
  includes: [],
  requires: [],
  holders,
})

const room = (id: string, licenseIds: readonly string[], more: Partial<Workspace> = {}) => ({ id, licenseIds, ...more })

const provider = (more: Partial<InMemoryOptions>): LicenseProvider =>
  createInMemoryProvider({
    id: 'memory',
    licenses: [license('calling', 'usersAndWorkspaces'), license('room', 'notTold'), license('suite')],
    users: [{ id: 'u1', kind: 'internal', status: 'active', licenseIds: ['calling', 'suite'], pendingLicenseIds: [] }],
    ...more,
  })

const assignedIn = async (provider: LicenseProvider) => {
  const report = await createLicenseReport({ detail: true })([provider])()
  return { report, assigned: Object.fromEntries(report.licenses.map(({ id, assigned }) => [id, assigned])) }
}

describe('workspaces', () => {
  const rooms = [
    room('w1', ['calling'], { displayName: 'Lobby', lastSeenAt: '2026-11-01T00:00:00.000Z' }),
    room('w2', ['calling'], { likelyLicenseIds: ['room'] }),
    room('w3', [], { likelyLicenseIds: ['room'] }),
  ]

  test('are holders, and in no list of users or people', async () => {
    const { report, assigned } = await assignedIn(provider({ workspaces: rooms }))
    expect(assigned).toMatchObject({ calling: known(3), suite: known(1) })
    expect(report.workspaces).toHaveLength(3)
    expect(report).toMatchObject({
      complete: true,
      people: { total: known(1) },
      providers: [{ licensedUsers: known(1) }],
    })
    expect(report.users?.map(({ id }) => id)).toEqual(['u1'])
  })

  test('that no list links to a license are an estimate, which is in the reason and never in a number', async () => {
    const { assigned } = await assignedIn(provider({ workspaces: rooms }))
    expect(assigned.room).toEqual(
      unknown('no list of the vendor says which devices hold it; an estimate: 2 workspaces'),
    )
  })

  test('that were not read leave the number of holders unknown, never 0', async () => {
    const { report, assigned } = await assignedIn(provider({}))
    const reason = 'the workspaces, which may hold it, were not read'
    expect(assigned).toMatchObject({ calling: unknown(reason, 1), room: unknown(reason), suite: known(1) })
    expect(report.providers[0]?.ledgers.workspaces).toBeUndefined()
    expect(report.complete).toBe(true)
  })

  test('are counted where the definitions could not be read: any license may be held by them', async () => {
    const failing = provider({
      workspaces: rooms,
      onRequest: ({ operation }) =>
        operation === 'listLicenses'
          ? { _tag: 'RateLimited', provider: 'memory', operation, message: 'too many requests' }
          : undefined,
    })
    const { assigned } = await assignedIn(failing)
    expect(assigned).toMatchObject({ calling: known(3), suite: known(1) })
  })

  test('that could not be read are a gap of their own list, and the provider is complete', async () => {
    const refused = provider({
      workspaces: rooms,
      onRequest: ({ operation }) =>
        operation === 'listWorkspaces'
          ? { _tag: 'PermissionDenied', provider: 'memory', operation, message: 'refused', missing: ['workspaces'] }
          : undefined,
    })
    const { report, assigned } = await assignedIn(refused)
    expect(assigned.calling).toMatchObject({ kind: 'unknown', atLeast: 1 })
    expect(assigned.suite).toEqual(known(1))
    expect(report.providers[0]).toMatchObject({
      status: 'complete',
      ledgers: { workspaces: { verdict: 'partial', supplementary: true } },
    })
    expect(problemsOfReport(report)).toEqual([])
  })

  test('leave the seats in use at what the vendor counts where they are unknown', async () => {
    const { report } = await assignedIn(provider({}))
    expect(report.licenses).toMatchObject([
      { id: 'calling', assignedUsers: known(1), available: known(7), utilization: known(0.3) },
      { id: 'room', assignedUsers: known(0), available: known(7) },
      { id: 'suite' },
    ])
    expect(report.licenses[2]).not.toHaveProperty('assignedUsers')
  })

  test('may hold what stands for a device, unless the provider says that users alone do', async () => {
    const device = { ...license('device'), metric: 'device' as const }
    const licenses = [device, { ...device, id: 'desk', holders: 'users' as const }]
    expect((await assignedIn(provider({ licenses }))).assigned).toEqual({
      device: unknown('the workspaces, which may hold it, were not read'),
      desk: known(0),
      calling: known(1),
      suite: known(1),
    })
    const known0 = await assignedIn(provider({ licenses, workspaces: [room('w1', ['device']), room('w2', [])] }))
    expect(known0.assigned).toMatchObject({ device: known(1), desk: known(0) })
  })

  test('do not count where the vendor counts users', async () => {
    const counted = { ...license('calling', 'usersAndWorkspaces'), consumedByUsers: known(1) }
    const { report } = await assignedIn(provider({ licenses: [counted], workspaces: rooms }))
    expect(report.licenses[0]?.discrepancy).toBeUndefined()
    const lagging = { ...counted, consumedByUsers: known(3) }
    const { report: other } = await assignedIn(provider({ licenses: [lagging], workspaces: rooms }))
    expect(other.licenses[0]?.discrepancy).toEqual({ consumedByUsers: 3, assigned: 1, difference: 2 })
  })

  test('show a license that they hold and that the vendor does not list', async () => {
    const { assigned } = await assignedIn(provider({ workspaces: [room('w1', ['retired'])] }))
    expect(assigned.retired).toEqual(known(1))
  })

  test('are not read where no license may be held by one', async () => {
    const requests: string[] = []
    await assignedIn(
      provider({
        licenses: [license('suite')],
        workspaces: rooms,
        onRequest: ({ operation }) => {
          requests.push(operation)
          return undefined
        },
      }),
    )
    expect(requests).toEqual(['listLicenses', 'listUsers'])
  })

  test('that hold one license can be listed', async () => {
    const listed = listWorkspaceHolders(provider({ workspaces: rooms }), 'calling')
    const holders = await (listed && toReadonlyArray(listed)())
    expect(holders).toMatchObject({
      right: {
        items: [
          { workspaceId: 'w1', licenseId: 'calling', kind: 'workspace', displayName: 'Lobby' },
          { workspaceId: 'w2' },
        ],
      },
    })
    expect(listWorkspaceHolders(provider({}), 'calling')).toBeUndefined()
  })
})

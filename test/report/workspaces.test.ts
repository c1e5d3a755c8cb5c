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
    expect(report.providers[0]).toMatchObject({ status: 'complete', ledgers: { workspaces: { verdict: 'partial' } } })
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

import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, type LicenseProvider, toPromise, withDeclaredLicenses } from '../../src/index.ts'
import { createTrend, readForTrend, readSnapshot } from '../../src/snapshot/index.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, folderOf, opened } from './in-memory-folder.ts'

const licenses = [
  license('basic'),
  license('suite', { siteUrl: 'a.example.com', subscriptionId: 'sub-1' }),
  license('calling', { holders: 'usersAndWorkspaces' }),
  license('bundle', { metric: 'concurrent', requires: ['basic'] }),
]

const users = [
  user('ada', ['basic', 'suite'], { kind: 'external', status: 'inactive' }),
  user('grace', ['basic', 'calling'], { pendingLicenseIds: ['suite'] }),
  user('alan', ['retired']),
  user('idle', []),
]

const on = (operation: string) => (call: { readonly operation: string }) => call.operation === operation

/** Every way in which a provider of a snapshot may have been read. */
const read: readonly LicenseProvider[] = [
  organization('whole', { licenses, users }),
  organization('rooms', { licenses, users, workspaces: [{ id: 'lobby', licenseIds: ['calling', 'unlisted'] }] }),
  organization('torn', {
    licenses,
    users,
    onPage: (call, page) =>
      on('listUsers')(call) ? { ...page, gaps: [{ what: 'page 3', reason: 'it was not JSON' }] } : page,
  }),
  organization('no-licenses', {
    licenses,
    users,
    onRequest: (call) => (on('listLicenses')(call) ? failure('no-licenses') : undefined),
  }),
  organization('no-users', {
    licenses,
    users,
    onRequest: (call) => (on('listUsers')(call) ? failure('no-users') : undefined),
  }),
  organization('down', { onRequest: () => failure('down') }),
  withDeclaredLicenses(
    organization('declared', { licenses, users }),
    new Map([
      ['basic', { purchased: known(2) }],
      ['mistyped', { name: 'Mistyped', purchased: known(1) }],
    ]),
  ),
]

const forTrend = async (files: Files) =>
  readForTrend('kept', await toPromise(readSnapshot(folderOf(files), { seatsOnly: true })))()

describe('the reading of a snapshot for a trend', () => {
  it('shows of each provider what the whole report shows', async () => {
    const files = await filesOf(read)
    const { providers, clock } = await opened(files)
    const trend = createTrend([{ name: 'kept', report: await createLicenseReport({ clock })(providers)() }])
    expect(trend.licenses.length).toBeGreaterThan(20)
    expect(trend.snapshots[0]?.providers.map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'partial',
      'partial',
      'partial',
      'failed',
      'complete',
    ])
    expect(createTrend([await forTrend(files)])).toEqual(trend)
  })

  it('keeps nothing of a report but what a trend needs', async () => {
    const { report } = await forTrend(await filesOf([organization('acme', { licenses: [license('basic')], users })]))
    expect(Object.keys(report)).toEqual(['generatedAt', 'complete', 'providers', 'licenses'])
    expect(Object.keys(report.providers[0] ?? {})).toEqual(['id', 'vendor', 'displayName', 'status', 'ledgers'])
    expect(Object.keys(report.licenses[0] ?? {})).toEqual([
      'provider',
      'id',
      'name',
      'purchased',
      'consumed',
      'assigned',
      'utilization',
    ])
  })
})

describe('a snapshot that is read for its seats only', () => {
  it('gives of users who holds what, and nothing else', async () => {
    const files = await filesOf([organization('acme', { licenses, users })])
    const { providers } = await toPromise(readSnapshot(folderOf(files), { seatsOnly: true }))
    const listed = providers[0]?.listUsers()
    const given = []
    for await (const one of listed ?? []) given.push(one)
    const unknown = { provider: 'acme', kind: 'unknown', status: 'unknown' }
    expect(given).toEqual(
      users.map(({ id, licenseIds, pendingLicenseIds }) => ({ ...unknown, id, licenseIds, pendingLicenseIds })),
    )
    expect(await toPromise(providers[0]?.getUser({ id: 'ada' }) ?? Promise.reject)).toMatchObject({
      kind: 'external',
      email: 'ada@example.com',
    })
  })

  it('is damaged all the same where a name in it was changed', async () => {
    const files = await filesOf([organization('acme', { licenses, users })])
    const name = 'acme.users.ndjson'
    const text = new TextDecoder().decode(files.get(name)).replace('ada@example.com', 'eve@example.com')
    const changed = new Map([...files, [name, new TextEncoder().encode(text)]])
    expect(await readSnapshot(folderOf(changed), { seatsOnly: true })()).toMatchObject({
      left: { _tag: 'SnapshotDamaged', file: name },
    })
  })
})

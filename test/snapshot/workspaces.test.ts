import { createHmac } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, type LicenseProvider, unknown, type Workspace } from '../../src/index.ts'
import { renderDiff } from '../../src/render/index.ts'
import { diffSnapshots, MANIFEST_FILE, readSnapshot, type SnapshotDiff } from '../../src/snapshot/index.ts'
import { manifestSeal, manifestText } from '../../src/snapshot/manifest-text.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, folderOf, opened, snapshotOf, standing } from './in-memory-folder.ts'

type Rooms = readonly Omit<Workspace, 'provider'>[]

const rooms: Rooms = [
  {
    id: 'id-of-ada-room',
    displayName: "Ada's office",
    location: 'Turin',
    licenseIds: ['calling'],
    likelyLicenseIds: ['room'],
    devices: 2,
    createdAt: '2025-04-03T08:15:00.000Z',
    lastSeenAt: '2026-11-02T08:15:00.000Z',
    raw: { secret: 'record' },
  },
  { id: 'id-of-lobby', location: null, licenseIds: ['calling'] },
  { id: 'id-of-store', licenseIds: [] },
]

const licenses = [
  license('calling', { holders: 'usersAndWorkspaces' }),
  license('room', { holders: 'notTold' }),
  license('suite'),
]

const acme = (workspaces: Rooms | undefined = rooms, more: Parameters<typeof organization>[1] = {}) =>
  organization('acme', { licenses, users: [user('ada', ['calling', 'suite'])], workspaces, ...more })

const refusing = acme(rooms, {
  onRequest: ({ operation }) =>
    operation === 'listWorkspaces'
      ? { _tag: 'PermissionDenied', provider: 'acme', operation, message: 'refused', missing: ['rooms:read'] }
      : undefined,
})

const reportOf = (providers: readonly LicenseProvider[]) =>
  createLicenseReport({ detail: true, clock: standing })(providers)()

const pseudonyms = { digest: (text: string) => createHmac('sha256', 'key').update(text).digest('hex') }

/** The snapshot as a version that knew no workspaces made it. */
const asBefore = async (files: Files): Promise<Files> => {
  const { manifest } = await opened(files)
  const { hash: _, ...content } = manifest
  const old = {
    ...content,
    providers: content.providers.map(({ workspaces: _list, ...provider }) => provider),
    files: content.files.filter(({ name }) => !name.includes('workspaces')),
  }
  const others = [...files].filter(([name]) => !name.includes('workspaces'))
  const text = manifestText(await manifestSeal.sealed(old))
  return new Map([...others, [MANIFEST_FILE, new TextEncoder().encode(text)]])
}

const differing = async (before: LicenseProvider, after: LicenseProvider): Promise<SnapshotDiff> => {
  const diff = await diffSnapshots(await snapshotOf([before]), await snapshotOf([after]))()
  if (E.isLeft(diff)) throw new Error(diff.left.message)
  return diff.right
}

describe('the workspaces in a snapshot', () => {
  it('make the same report as those of the provider', async () => {
    const { providers } = await snapshotOf([acme()])
    const [kept, live] = [await reportOf(providers), await reportOf([acme()])]
    expect(kept).toEqual(live)
    expect(kept.workspaces).toHaveLength(3)
    expect(kept.licenses[0]?.assigned).toEqual(known(3))
    expect(JSON.stringify([...(await filesOf([acme()])).keys()])).toContain('acme.workspaces.ndjson')
  })

  it('are without the records of the vendor', async () => {
    const texts = [...(await filesOf([acme()])).values()].map((bytes) => new TextDecoder().decode(bytes))
    expect(texts.join('')).not.toContain('secret')
  })

  it('that could not be read keep the reason', async () => {
    const { providers, manifest } = await snapshotOf([refusing])
    expect(await reportOf(providers)).toEqual(await reportOf([refusing]))
    expect(manifest).toMatchObject({
      complete: true,
      providers: [{ workspaces: { error: { _tag: 'PermissionDenied' } } }],
    })
  })

  it('are not there where the provider lists none', async () => {
    const plain = organization('acme', { licenses, users: [] })
    const { providers, manifest } = await snapshotOf([plain])
    expect(manifest.providers[0]).not.toHaveProperty('workspaces')
    expect(providers[0]?.listWorkspaces).toBeUndefined()
    expect(providers[0]?.capabilities.operations?.listWorkspaces).toMatchObject({ support: 'unsupported' })
  })

  it('of an earlier version are unknown, and nothing else is', async () => {
    const { providers } = await opened(await asBefore(await filesOf([acme()])))
    const report = await reportOf(providers)
    expect(report.complete).toBe(true)
    expect(report.licenses.map(({ assigned }) => assigned)).toEqual([
      unknown('the workspaces, which may hold it, were not read', 1),
      unknown('the workspaces, which may hold it, were not read'),
      known(1),
    ])
  })

  it('are damage where their file is missing or changed', async () => {
    const files = await filesOf([acme()])
    const without = new Map([...files].filter(([name]) => !name.includes('workspaces')))
    expect(await readSnapshot(folderOf(without))()).toMatchObject(E.left({ file: 'acme.workspaces.ndjson' }))
    const changed = new Map([...files, ['acme.workspaces.ndjson', new TextEncoder().encode('{}\n')]])
    expect(await readSnapshot(folderOf(changed))()).toMatchObject(E.left({ file: 'acme.workspaces.ndjson' }))
  })
})

describe('the workspaces in a pseudonymized snapshot', () => {
  it('have no name, place or id', async () => {
    const files = await filesOf([acme()], { pseudonyms })
    const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(text).not.toMatch(/ada|office|turin|id-of|lobby|store|T08/i)
  })

  it('hold what they held, and are counted as before', async () => {
    const { providers } = await opened(await filesOf([acme()], { pseudonyms }))
    const report = await reportOf(providers)
    expect(report.licenses.map(({ assigned }) => assigned)).toEqual(
      (await reportOf([acme()])).licenses.map(({ assigned }) => assigned),
    )
    const office = report.workspaces?.find(({ devices }) => devices === 2)
    expect(office).toMatchObject({
      licenseIds: ['calling'],
      createdAt: '2025-04-03T00:00:00.000Z',
      lastSeenAt: '2026-11-02T00:00:00.000Z',
    })
    expect(office?.displayName).toMatch(/^Workspace [0-9a-f]{12}$/)
    expect(office?.location).toMatch(/^Location [0-9a-f]{12}$/)
    expect(report.workspaces?.some(({ location }) => location === null)).toBe(true)
  })
})

describe('the difference of two snapshots', () => {
  const after: Rooms = [
    { id: 'id-of-ada-room', displayName: "Ada's office", licenseIds: ['suite'] },
    { id: 'id-of-store', licenseIds: [] },
    { id: 'new', displayName: 'New room', licenseIds: ['calling'] },
  ]

  it('names the workspaces that came, went or hold other licenses', async () => {
    const diff = await differing(acme(), acme(after))
    expect(diff.workspaces).toEqual([
      {
        provider: 'acme',
        id: 'id-of-ada-room',
        name: "Ada's office",
        change: 'changed',
        in: [{ licenseId: 'suite', license: 'Name of suite' }],
        out: [{ licenseId: 'calling', license: 'Name of calling' }],
      },
      expect.objectContaining({
        id: 'new',
        change: 'added',
        in: [{ licenseId: 'calling', license: 'Name of calling' }],
        out: [],
      }),
      expect.objectContaining({ id: 'id-of-lobby', change: 'removed', in: [] }),
    ])
    expect(diff.complete).toBe(true)
    expect(await differing(acme(), acme())).not.toHaveProperty('workspaces')
  })

  it('does not know what came where a list could not be read', async () => {
    const diff = await differing(refusing, acme())
    expect(diff.complete).toBe(false)
    expect(diff.workspaces?.map(({ change }) => change)).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('compares no workspaces where an earlier version knew none', async () => {
    const before = await opened(await asBefore(await filesOf([acme()])))
    const diff = await diffSnapshots(before, await snapshotOf([acme(after)]))()
    expect(E.isRight(diff) && diff.right.workspaces).toBeUndefined()
  })

  it.each(['table', 'md'] as const)('shows them as %s', async (format) => {
    const diff = await differing(acme(), acme(after))
    const pieces = []
    for await (const piece of await renderDiff(diff, { format, allIn: '--format json' })) pieces.push(piece)
    const text = pieces.join('')
    expect(text).toContain('Workspaces')
    expect(text).toMatch(/changed .*Ada's office .*suite .*calling .*acme/)
  })
})

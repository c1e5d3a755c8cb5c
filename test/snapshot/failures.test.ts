import { describe, expect, it } from 'vitest'
import { isLicenseException, type SnapshotFailure, toPromise } from '../../src/index.ts'
import { diffSnapshots, MANIFEST_FILE, readManifest, readSnapshot, takeSnapshot } from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { filesOf, folderOf, snapshotOf, standing } from './in-memory-folder.ts'

const acme = () => organization('acme', { licenses: [license('a')], users: [user('ann', ['a'])] })
const failing = () => Promise.reject(new Error('the disk is gone'))
const throwing = () => {
  throw new Error('a secret')
}

describe('what a caller hands in and fails', () => {
  it('is a failure of the file that was asked for, and makes nothing reject', async () => {
    const files = await filesOf([acme()])
    const folder = folderOf(files)
    const failed = (file: string) => ({
      left: {
        _tag: 'SnapshotUnreadable',
        file,
        problem: 'the disk is gone',
        message: `${file}: the disk is gone`,
      },
    })
    expect(await readSnapshot({ ...folder, list: failing })()).toMatchObject(failed('.'))
    for (const read of [readManifest, readSnapshot]) {
      expect(await read({ ...folder, read: failing })()).toMatchObject(failed(MANIFEST_FILE))
      expect(await read({ ...folder, size: failing })()).toMatchObject(failed(MANIFEST_FILE))
    }
    expect(await readSnapshot({ ...folder, sha256: failing })()).toMatchObject(failed('acme.licenses.ndjson'))
    expect(await readSnapshot({ ...folder, list: throwing, size: undefined })()).toMatchObject({
      left: { _tag: 'SnapshotUnreadable' },
    })
  })

  it('is a snapshot that is not made, without a word of what it threw', async () => {
    for (const options of [{ sha256: failing }, { sha256: throwing }, { pseudonyms: { digest: throwing } }]) {
      expect(await takeSnapshot([acme()], { clock: standing, ...options })()).toEqual({
        left: { _tag: 'SnapshotNotMade', message: 'no snapshot was made: `sha256` or `pseudonyms` failed' },
        _tag: 'Left',
      })
    }
  })

  it('costs nothing where it only looks on', async () => {
    const made = await takeSnapshot([acme()], { clock: standing, onProgress: throwing })()
    expect(made).toMatchObject({ _tag: 'Right', right: { manifest: { complete: true } } })
  })
})

describe('a failure of a snapshot', () => {
  it('is carried by the exception that toPromise throws', async () => {
    const files = new Map([...(await filesOf([acme()])), ['more', new Uint8Array()]])
    const thrown = await toPromise(readSnapshot(folderOf(files))).catch((error: unknown) => error)
    if (!isLicenseException<SnapshotFailure>(thrown)) throw thrown
    expect(thrown.message).toBe('more: it is not part of the snapshot')
    expect(thrown.error).toEqual({
      _tag: 'SnapshotDamaged',
      file: 'more',
      problem: 'it is not part of the snapshot',
      message: 'more: it is not part of the snapshot',
    })
  })

  it('is data where two cannot be compared', async () => {
    const plain = await snapshotOf([acme()])
    const named = await snapshotOf([acme()], { pseudonyms: { digest: (text) => `k${text}`.padEnd(40, '0') } })
    expect(await diffSnapshots(plain, named)()).toMatchObject({
      left: { _tag: 'SnapshotsIncomparable', message: expect.any(String) },
    })
  })
})

describe('taking a snapshot', () => {
  it('asks nothing before it is run, and its deadline counts from then', async () => {
    let now = 0
    const asked: string[] = []
    const clock = { now: () => now, sleep: async () => {} }
    const taking = takeSnapshot(
      [organization('acme', { licenses: [license('a')], onRequest: ({ operation }) => void asked.push(operation) })],
      {
        clock,
        deadlineMs: 10,
      },
    )
    now = 1_000
    expect(asked).toEqual([])
    expect((await toPromise(taking)).manifest.complete).toBe(true)
    expect(asked).toContain('listLicenses')
  })
})

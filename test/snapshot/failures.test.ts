import { afterEach, describe, expect, it, vi } from 'vitest'
import { isLicenseException, isSnapshotFailure, toPromise } from '../../src/index.ts'
import { nodeSha256 } from '../../src/node/index.ts'
import { diffSnapshots, MANIFEST_FILE, readManifest, readSnapshot, takeSnapshot } from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'
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
    for (const read of [readManifest, readSnapshot]) {
      expect(await read({ ...folder, sha256: failing })()).toMatchObject({
        left: { _tag: 'SnapshotUnreadable', file: MANIFEST_FILE, problem: '`sha256` failed: the disk is gone' },
      })
    }
    expect(await readSnapshot({ ...folder, list: throwing, size: undefined })()).toMatchObject({
      left: { _tag: 'SnapshotUnreadable' },
    })
  })

  it.each([
    ['sha256', { sha256: failing }, '`sha256` failed: the disk is gone'],
    ['sha256', { sha256: () => undefined as never }, '`sha256` failed: it gave no text'],
    ['clock', { clock: { now: failing as never, sleep: async () => {} } }, '`clock` failed: it gave no time'],
    [
      'pseudonyms',
      { pseudonyms: { digest: throwing } },
      '`pseudonyms` failed: what it threw may name a user and is not shown',
    ],
    ['pseudonyms', { pseudonyms: { digest: () => undefined as never } }, '`pseudonyms` failed: it gave no text'],
  ])('is a snapshot that is not made: %s', async (name, options, problem) => {
    expect(await takeSnapshot([acme()], { clock: standing, ...options })()).toEqual({
      left: { _tag: 'SnapshotNotMade', function: name, message: `no snapshot was made: ${problem}` },
      _tag: 'Left',
    })
  })

  describe('where the runtime has no Web Crypto', () => {
    afterEach(() => {
      vi.unstubAllGlobals()
    })

    it("the caller's own SHA-256 is used for the seal too, in taking and in reading", async () => {
      vi.stubGlobal('crypto', {})
      const files = await filesOf([acme()], { sha256: nodeSha256 })
      expect(await readSnapshot({ ...folderOf(files), sha256: nodeSha256 })()).toMatchObject({ _tag: 'Right' })
    })

    it('and no other is given, that is what is said, and not that the snapshot was changed', async () => {
      const files = await filesOf([acme()])
      vi.stubGlobal('crypto', {})
      expect(await takeSnapshot([acme()], { clock: standing })()).toMatchObject({
        left: { _tag: 'SnapshotNotMade', function: 'sha256', message: expect.stringContaining('https') },
      })
      expect(await readSnapshot(folderOf(files))()).toMatchObject({
        left: { _tag: 'SnapshotUnreadable', problem: expect.stringContaining('https') },
      })
    })
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
    if (!isLicenseException(thrown, isSnapshotFailure)) throw thrown
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
    timersThatStandStill()
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

import { describe, expect, it } from 'vitest'
import { toPromise } from '../../src/index.ts'
import {
  MANIFEST_FILE,
  readManifest,
  readSnapshot,
  type SnapshotFolder,
  takeSnapshot,
} from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { timersThatGoByTurns } from '../timers-that-stand-still.ts'
import { filesOf, folderOf, standing } from './in-memory-folder.ts'

const acme = () => organization('acme', { licenses: [license('a')], users: [user('ann', ['a'])] })

describe("a snapshot in a caller's own store", () => {
  it('is read from what was to be written, without a word about the manifest', async () => {
    const { files } = await toPromise(takeSnapshot([acme()], { clock: standing }))
    const snapshot = await toPromise(
      readSnapshot({ list: async () => [...files.keys()], read: async (name) => files.get(name) ?? [] }),
    )
    expect(snapshot.providers.map(({ id }) => id)).toEqual(['acme'])
  })

  it('is written with the manifest last, so that one that was cut off is none', async () => {
    const { files } = await toPromise(takeSnapshot([acme()], { clock: standing }))
    expect([...files.keys()].at(-1)).toBe(MANIFEST_FILE)
  })

  it.each(['.DS_Store', '._acme.users.ndjson', 'Thumbs.db', 'desktop.ini'])(
    'is as it was sealed although the system put %s beside it',
    async (name) => {
      const files = await filesOf([acme()])
      const withMore = folderOf(new Map([...files, [name, new Uint8Array([1])]]))
      expect(await readSnapshot(withMore)()).toMatchObject({ _tag: 'Right' })
    },
  )

  const PARTS = '`read`: expected a Uint8Array or a list of them'
  const wrongContents: readonly (readonly [string, (bytes: Uint8Array) => unknown])[] = [
    ['a text', (bytes) => new TextDecoder().decode(bytes)],
    ['nothing', () => undefined],
    ['an ArrayBuffer', (bytes) => bytes.slice().buffer],
    ['a list of numbers', (bytes) => [...bytes]],
    ['a response', (bytes) => new Response(bytes.slice())],
  ]
  it.each(wrongContents)('whose `read` gives %s is unreadable, and not damaged', async (_, given) => {
    const files = await filesOf([acme()])
    const folder = folderOf(files)
    const reading = (wrong: string): SnapshotFolder => ({
      ...folder,
      // @ts-expect-error: not what the type says, as JavaScript allows
      read: async (name) => (name === wrong ? given(files.get(name) ?? new Uint8Array()) : folder.read(name)),
    })
    for (const [file, read] of [
      [MANIFEST_FILE, readManifest],
      [MANIFEST_FILE, readSnapshot],
      ['acme.users.ndjson', readSnapshot],
    ] as const) {
      expect(await read(reading(file))()).toMatchObject({
        left: { _tag: 'SnapshotUnreadable', file, problem: PARTS, message: `${file}: ${PARTS}` },
      })
    }
  })

  it.each([[undefined], ['manifest.json'], [[7]]])(
    'whose `list` gives %j is unreadable, and not damaged',
    async (given) => {
      // @ts-expect-error: not what the type says, as JavaScript allows
      const folder: SnapshotFolder = { ...folderOf(await filesOf([acme()])), list: async () => given }
      expect(await readSnapshot(folder)()).toMatchObject({
        left: { _tag: 'SnapshotUnreadable', file: '.', problem: '`list`: expected a list of names' },
      })
    },
  )

  it.each([['12'], [Number.NaN], [12n]])('whose `size` gives %s is unreadable, and not damaged', async (given) => {
    // @ts-expect-error: not what the type says, as JavaScript allows
    const folder: SnapshotFolder = { ...folderOf(await filesOf([acme()])), size: async () => given }
    expect(await readSnapshot(folder)()).toMatchObject({
      left: { _tag: 'SnapshotUnreadable', file: MANIFEST_FILE, problem: '`size`: expected a number of bytes' },
    })
  })
})

describe('a store that does not answer', () => {
  const never = () => new Promise<never>(() => {})
  const silent = ['list', 'read', 'size', 'sha256'] as const

  it.each(silent)("is waited for no longer than the caller's deadline where its `%s` is silent", async (name) => {
    const pass = timersThatGoByTurns()
    const folder: SnapshotFolder = { ...folderOf(await filesOf([acme()])), [name]: never }
    expect(await pass(readSnapshot(folder, { deadlineMs: 1_000 })())).toMatchObject({
      left: { _tag: 'SnapshotUnreadable', ended: 'deadline', problem: expect.stringContaining('did not answer') },
    })
  })

  it.each(silent)("is waited for no longer than the caller's signal where its `%s` is silent", async (name) => {
    const controller = new AbortController()
    const asked = () => {
      controller.abort()
      return never()
    }
    const folder: SnapshotFolder = { ...folderOf(await filesOf([acme()])), [name]: asked }
    expect(await readSnapshot(folder, { signal: controller.signal })()).toMatchObject({
      left: { _tag: 'SnapshotUnreadable', ended: 'aborted' },
    })
  })

  it('is not asked at all after the signal', async () => {
    const asked: string[] = []
    const folder = folderOf(await filesOf([acme()]))
    const watched: SnapshotFolder = {
      ...folder,
      read: async (name, most) => {
        asked.push(name)
        return folder.read(name, most)
      },
    }
    for (const read of [readManifest, readSnapshot]) {
      expect(await read(watched, { signal: AbortSignal.abort() })()).toMatchObject({ left: { ended: 'aborted' } })
    }
    expect(asked).toEqual([])
  })

  it('does not matter where it answers in time', async () => {
    const folder = folderOf(await filesOf([acme()]))
    const bounds = { deadlineMs: 60_000, signal: new AbortController().signal }
    expect(await readSnapshot(folder, bounds)()).toMatchObject({ _tag: 'Right' })
  })
})

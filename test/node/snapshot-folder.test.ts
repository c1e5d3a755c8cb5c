import { chmod, mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { toPromise } from '../../src/index.ts'
import {
  listSnapshotFolders,
  openSnapshotFolder,
  readSnapshotFolder,
  writeSnapshotFolder,
} from '../../src/node/index.ts'
import { type SnapshotContent, takeSnapshot } from '../../src/snapshot/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { newFolder } from './new-folder.ts'

/** Of no provider at all: what is looked at here is the folder. */
const content = (): Promise<SnapshotContent> => toPromise(takeSnapshot([]))

describe('a snapshot in a folder', () => {
  it('is read as it was written, with the folders that it is in', async () => {
    const path = join(await newFolder(), 'snapshots', 'may')
    const written = await content()
    expect(await writeSnapshotFolder(path, written)()).toEqual(E.right(undefined))
    expect(await readSnapshotFolder(path)()).toMatchObject({ right: { manifest: written.manifest } })
  })

  it('never takes the place of anything', async () => {
    const path = join(await newFolder(), 'may')
    await mkdir(path)
    expect(await writeSnapshotFolder(path, await content())()).toMatchObject({
      left: { _tag: 'SnapshotExists', path },
    })
  })

  it('is not there at all where it was stopped', async () => {
    const folder = await newFolder()
    const signal = AbortSignal.abort()
    const stopped = await writeSnapshotFolder(join(folder, 'snapshots', 'may'), await content(), { signal })()
    expect(stopped).toMatchObject({ left: { _tag: 'SnapshotAborted' } })
    expect(await readdir(folder)).toEqual([])
  })

  it('is not read on where the caller stops it, or the deadline passes', async () => {
    const path = join(await newFolder(), 'may')
    await writeSnapshotFolder(path, await content())()
    expect(await readSnapshotFolder(path, { signal: AbortSignal.abort() })()).toMatchObject({
      left: { _tag: 'SnapshotAborted', path, problem: 'it was interrupted' },
    })
    expect(await readSnapshotFolder(path, { deadlineMs: 0 })()).toMatchObject({
      left: { _tag: 'FileUnusable', path, problem: 'it was not read before the deadline' },
    })
    expect(await readSnapshotFolder(path, { deadlineMs: 60_000 })()).toMatchObject({ _tag: 'Right' })
  })

  it('is refused before any work where its place is no folder', async () => {
    const file = join(await newFolder(), 'file')
    await writeFile(file, '')
    expect(await openSnapshotFolder(join(file, 'may'))()).toMatchObject({
      left: { problem: 'there is no such folder' },
    })
  })

  it('is tried out on Windows, which does not tell beforehand whether a folder may be written to', async () => {
    const folder = await newFolder()
    expect(E.isRight(await openSnapshotFolder(join(folder, 'may'), { platform: 'win32' })())).toBe(true)
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.getuid?.() === 0)('is refused before any work where it may not be written', async () => {
    const folder = await newFolder()
    await chmod(folder, 0o500)
    const opened = await openSnapshotFolder(join(folder, 'may'), { platform: 'win32' })()
    await chmod(folder, 0o700)
    expect(opened).toMatchObject({ left: { problem: 'there is no permission' } })
  })

  it('is damaged where a file of it is, and says which', async () => {
    const path = join(await newFolder(), 'may')
    await writeSnapshotFolder(path, await content())()
    await writeFile(join(path, 'more'), '')
    const read = await readSnapshotFolder(path)()
    expect(read).toMatchObject({
      left: { _tag: 'SnapshotFolderDamaged', file: 'more', problem: 'more: it is not part of the snapshot' },
    })
    expect(JSON.parse(JSON.stringify(read))).toEqual(read)
  })

  it('is damaged where a file is endlessly longer than it was, and is not read to its end', async () => {
    const path = join(await newFolder(), 'may')
    const acme = createInMemoryProvider({ id: 'acme', licenses: [], users: [] })
    await writeSnapshotFolder(path, await toPromise(takeSnapshot([acme])))()
    await truncate(join(path, 'acme.users.ndjson'), 2 ** 42)
    expect(await readSnapshotFolder(path)()).toMatchObject({
      left: { _tag: 'SnapshotFolderDamaged', file: 'acme.users.ndjson' },
    })
  })

  it('fails by what is the matter where there is none', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    expect(await readSnapshotFolder(join(folder, 'may'))()).toMatchObject({
      left: { _tag: 'FileMissing', problem: 'there is no such folder' },
    })
    expect(await readSnapshotFolder(join(folder, 'file'))()).toMatchObject({ left: { _tag: 'FileUnusable' } })
  })
})

describe('a folder of snapshots', () => {
  it('lists each of them once, in the order of their names, and no work in progress', async () => {
    const folder = await newFolder()
    for (const name of ['may', 'april', '.june']) await writeSnapshotFolder(join(folder, name), await content())()
    await symlink('may', join(folder, 'latest'))
    await mkdir(join(folder, 'notes'))
    expect(await listSnapshotFolders(folder)()).toEqual(E.right(['april', 'may']))
  })

  it('fails where there is none in it, or no such folder', async () => {
    const folder = await newFolder()
    expect(await listSnapshotFolders(folder)()).toMatchObject({ left: { _tag: 'NoSnapshots', path: folder } })
    expect(await listSnapshotFolders(join(folder, 'nowhere'))()).toMatchObject({
      left: { _tag: 'FileMissing', problem: 'there is no such folder' },
    })
  })
})

import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { type LicenseProvider, toPromise } from '../../src/index.ts'
import { removeOldSnapshots, writeSnapshotFolder } from '../../src/node/index.ts'
import { takeSnapshot } from '../../src/snapshot/index.ts'
import { failure, organization } from '../report/reported-organization.ts'
import { newFolder } from './new-folder.ts'

interface Taken {
  /** The day of November on which it was made, and its name. */
  readonly day: number
  readonly name?: string
  readonly providers?: readonly LicenseProvider[]
  readonly key?: string
}

const hmacWith = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex')

const refused = () => organization('acme', { onRequest: () => failure('acme') })

const take = async (folder: string, { day, name = `${day}`, providers, key }: Taken): Promise<string> => {
  const path = join(folder, name)
  const clock = { now: () => Date.UTC(2026, 10, day), elapsed: () => performance.now(), sleep: async () => {} }
  const pseudonyms = key === undefined ? undefined : { digest: hmacWith(key) }
  const content = await toPromise(takeSnapshot(providers ?? [organization('acme')], { clock, pseudonyms }))
  await toPromise(writeSnapshotFolder(path, content))
  return path
}

/** Snapshots of those days, and the path of the one that was taken last. */
const taken = async (...snapshots: readonly Taken[]) => {
  const folder = await newFolder()
  let path = folder
  for (const one of snapshots) path = await take(folder, one)
  return { folder, path, names: async () => (await readdir(folder)).sort() }
}

describe('old snapshots', () => {
  it('are removed by their time, and not by their names, the oldest first', async () => {
    const { path, names } = await taken(
      { day: 12, name: 'a' },
      { day: 10, name: 'z' },
      { day: 11, name: 'm' },
      { day: 13 },
    )
    expect(await removeOldSnapshots(path, { keep: 2 })()).toEqual(E.right({ removed: ['z', 'm'], left: [] }))
    expect(await names()).toEqual(['13', 'a'])
  })

  it('stay where there are no more than so many', async () => {
    const { path, names } = await taken({ day: 10 }, { day: 11 })
    expect(await removeOldSnapshots(path, { keep: 2 })()).toEqual(E.right({ removed: [], left: [] }))
    expect(await names()).toEqual(['10', '11'])
  })

  it('are not the given one, though the clock was set back since the others', async () => {
    const { path, names } = await taken({ day: 20 }, { day: 21 }, { day: 5 })
    expect(await removeOldSnapshots(path, { keep: 2 })()).toMatchObject({ right: { removed: ['20'] } })
    expect(await names()).toEqual(['21', '5'])
  })

  it('keep the newest that is complete, where those that stay are not', async () => {
    const partial = [refused()]
    const { path, names } = await taken(
      { day: 10 },
      { day: 11 },
      { day: 12, providers: partial },
      { day: 13, providers: partial },
      { day: 14, providers: partial },
    )
    expect(await removeOldSnapshots(path, { keep: 2 })()).toMatchObject({ right: { removed: ['10', '12'] } })
    expect(await names()).toEqual(['11', '13', '14'])
  })

  it('stay where they have a provider that the given one has not, or other pseudonyms', async () => {
    const { path, names } = await taken(
      { day: 1, providers: [organization('acme'), organization('beta')] },
      { day: 2, key: 'a key of sixteen bytes' },
      { day: 3, providers: [] },
      { day: 4 },
    )
    expect(await removeOldSnapshots(path, { keep: 1 })()).toEqual(E.right({ removed: ['3'], left: [] }))
    expect(await names()).toEqual(['1', '2', '4'])
  })

  it('stay, and are named, where they are damaged, links, or hold files of somebody', async () => {
    const { folder, path, names } = await taken({ day: 1 }, { day: 2 }, { day: 9 })
    const elsewhere = await newFolder()
    await symlink(await take(elsewhere, { day: 3 }), join(folder, '3'))
    await writeFile(join(folder, '1', 'notes.txt'), 'mine')
    await writeFile(join(folder, '2', 'manifest.json'), '{}')
    await mkdir(join(folder, 'plans'))
    expect(await removeOldSnapshots(path, { keep: 1 })()).toMatchObject({
      right: {
        removed: [],
        left: [
          { name: '2', failed: false },
          { name: '3', problem: 'it is a link to a folder elsewhere', failed: false },
          { name: '1', problem: 'it has other files: notes.txt', failed: false },
        ],
      },
    })
    expect(await names()).toEqual(['1', '2', '3', '9', 'plans'])
    expect(await readdir(elsewhere)).toEqual(['3'])
  })

  it('are those beside the folder itself, however it is named', async () => {
    const { folder, path, names } = await taken({ day: 10 }, { day: 11 }, { day: 12 })
    await symlink(path, join(folder, 'latest'))
    expect(await removeOldSnapshots(join(folder, 'latest'), { keep: 2 })()).toEqual(
      E.right({ removed: ['10'], left: [] }),
    )
    expect(await removeOldSnapshots(`${path}/.`, { keep: 1 })()).toEqual(E.right({ removed: ['11'], left: [] }))
    expect(await names()).toEqual(['12', 'latest'])
  })

  it('are not told of where another process removes them meanwhile', async () => {
    const { folder, path } = await taken({ day: 1 }, { day: 2 }, { day: 3 })
    const { signal } = new AbortController()
    // Read between two snapshots.
    Object.defineProperty(signal, 'aborted', {
      get: () => {
        rmSync(join(folder, '1'), { recursive: true, force: true })
        return false
      },
    })
    expect(await removeOldSnapshots(path, { keep: 1, signal })()).toEqual(E.right({ removed: ['2'], left: [] }))
  })

  it('are each removed once by processes that are at it at the same time', async () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8]
    const { path, names } = await taken(...days.map((day) => ({ day })))
    const results = await Promise.all(days.map(() => removeOldSnapshots(path, { keep: 1 })()))
    const removed = results.flatMap((result) => (E.isRight(result) ? result.right.removed : ['failed']))
    expect([...removed].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(results.flatMap((result) => (E.isRight(result) ? result.right.left : []))).toEqual([])
    expect(await names()).toEqual(['8'])
  })

  it('are not touched where the given one is none, or the number is wrong, or it was stopped', async () => {
    const { folder, path, names } = await taken({ day: 1 }, { day: 2 })
    expect(await removeOldSnapshots(join(folder, '3'), { keep: 1 })()).toMatchObject({ left: { _tag: 'FileMissing' } })
    for (const keep of [0, -1, 1.5, Number.NaN]) {
      expect(E.isLeft(await removeOldSnapshots(path, { keep })())).toBe(true)
    }
    const stopped = await removeOldSnapshots(path, { keep: 1, signal: AbortSignal.abort() })()
    expect(stopped).toEqual(E.right({ removed: [], left: [] }))
    expect(await names()).toEqual(['1', '2'])
  })
})

import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { checkedPath, failureAt } from './file-failure.ts'
import { failureOfFolder } from './folder-failure.ts'
import type { SnapshotFolderFailure } from './snapshot-failure.ts'
import { snapshots } from './when-needed.ts'

/** What is in the folder of a snapshot, also where its manifest was taken from it. */
const RECORDS = /\.(?:licenses|users)\.ndjson$/

const isSnapshot = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return false
  const { MANIFEST_FILE } = await snapshots()
  // One that may not be read is told of when it is read.
  const names = await readdir(path).catch(() => [MANIFEST_FILE])
  return names.some((name) => name === MANIFEST_FILE || RECORDS.test(name))
}

/** One name for each folder, however many links there are to it: its own, where that is among them. */
const onceEach = async (path: string, names: readonly string[]): Promise<readonly string[]> => {
  const byFolder = new Map<string, string>()
  for (const name of names) {
    const folder = await realpath(join(path, name))
    if (!byFolder.has(folder) || basename(folder) === name) byFolder.set(folder, name)
  }
  const kept = new Set(byFolder.values())
  return names.filter((name) => kept.has(name))
}

/**
 * The names of the snapshots in a folder, damaged ones too, each snapshot once, in the order of their names. Names that
 * begin with a dot are work in progress, and ignored. `NoSnapshots` where there is none.
 */
export const listSnapshotFolders =
  (path: string): TaskEither<SnapshotFolderFailure, readonly string[]> =>
  async () => {
    try {
      const names = await readdir(checkedPath(path))
      const found: string[] = []
      for (const one of names.filter((candidate) => !candidate.startsWith('.')).sort()) {
        if (await isSnapshot(join(path, one))) found.push(one)
      }
      if (found.length > 0) return E.right(await onceEach(path, found))
      const problem = 'there is none in it'
      const message = `${path}: expected a folder of snapshots: ${problem}`
      return E.left({ ...failureAt('NoSnapshots', path, problem), message })
    } catch (error) {
      return E.left(failureOfFolder(error, path))
    }
  }

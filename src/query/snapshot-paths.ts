import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { listSnapshotFolders, type SnapshotFolderFailure } from '../node/index.ts'
import { MANIFEST_FILE } from '../snapshot/index.ts'

/** A snapshot that is left out of the tables, and why. */
export interface SnapshotLeftOut {
  /** Its folder, as it was found: `snapshots/2026-11-01`. */
  readonly path: string
  readonly problem: string
}

/** A folder of a snapshot, or the folders in a folder of snapshots. */
const pathsIn = async (folder: string): Promise<E.Either<SnapshotFolderFailure, readonly string[]>> => {
  const names = await readdir(folder).catch((): readonly string[] => [])
  if (names.includes(MANIFEST_FILE)) return E.right([folder])
  const found = await listSnapshotFolders(folder)()
  return E.isLeft(found) ? found : E.right(found.right.map((name) => join(folder, name)))
}

/** The folders of all snapshots in some folders, each once. */
export const snapshotPaths = async (
  folders: readonly string[],
): Promise<E.Either<SnapshotFolderFailure, readonly string[]>> => {
  const paths = new Set<string>()
  for (const folder of folders) {
    const found = await pathsIn(folder)
    if (E.isLeft(found)) return found
    for (const path of found.right) paths.add(path)
  }
  return E.right([...paths])
}

import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { ReadSnapshotOptions, Snapshot } from '../../index.ts'
import { listSnapshotFolders, readSnapshotFolder } from '../../node/index.ts'
import type { InputPlace } from '../input/text-file.ts'
import { UsageError } from '../usage-error.ts'

/** The snapshot in a folder, or in one line what is wrong with which file of it. */
export const loadSnapshot = async (
  name: string,
  { workingDirectory, files }: InputPlace,
  options?: ReadSnapshotOptions,
): Promise<E.Either<string, Snapshot>> => {
  const path = resolve(workingDirectory, name)
  files.reads(path, name)
  const snapshot = await readSnapshotFolder(path, options)()
  return E.isLeft(snapshot) ? E.left(snapshot.left.problem) : snapshot
}

/** That a folder has snapshots in it, where one was asked for; empty where it has none. */
const ofManySnapshots = async (name: string, place: InputPlace): Promise<string> => {
  const names = await listSnapshotFolders(resolve(place.workingDirectory, name))()
  const last = E.isRight(names) ? names.right.at(-1) : undefined
  return last === undefined ? '' : `; it is a folder of snapshots: name one of them, as ${join(name, last)}`
}

/** The snapshot that the user has named. */
export const requireSnapshot = async (name: string, place: InputPlace): Promise<Snapshot> => {
  const snapshot = await loadSnapshot(name, place)
  if (E.isLeft(snapshot)) {
    const many = await ofManySnapshots(name, place)
    throw new UsageError([`${name}: cannot be used as a snapshot: ${snapshot.left}${many}`])
  }
  return snapshot.right
}

/** The names of the snapshots in a folder that the user has named. */
export const snapshotsIn = async (
  folder: string,
  { workingDirectory }: Pick<InputPlace, 'workingDirectory'>,
): Promise<readonly string[]> => {
  const names = await listSnapshotFolders(resolve(workingDirectory, folder))()
  if (E.isRight(names)) return names.right
  throw new UsageError([`${folder}: expected a folder of snapshots: ${names.left.problem}`])
}

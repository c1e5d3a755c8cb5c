import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readSnapshot, type Snapshot, type SnapshotFailure, type SnapshotFolder } from '../../snapshot/index.ts'
import { errorCodeOf } from '../error-code.ts'
import type { InputPlace } from '../input/text-file.ts'
import { nodeSha256 } from '../node-sha256.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { UsageError } from '../usage-error.ts'

/** Anything else than a file may have no end, or let nobody read until somebody writes. */
const sizeOfRegularFile = async (path: string): Promise<number> => {
  const found = await stat(path)
  if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is not a regular file')
  return found.size
}

const readRegularFile = async (path: string): Promise<Buffer> => {
  await sizeOfRegularFile(path)
  return readFile(path)
}

const folderAt = (path: string): SnapshotFolder => {
  const inWords = (error: unknown) => {
    throw errorCodeOf(error) === undefined ? error : new Error(problemOfFile(error))
  }
  return {
    list: () => readdir(path).catch(inWords),
    read: (name) => readRegularFile(join(path, name)).catch(inWords),
    size: (name) => sizeOfRegularFile(join(path, name)).catch(inWords),
    sha256: nodeSha256,
  }
}

/** The snapshot in a folder, or in one line what is wrong with which file of it. */
export const loadSnapshot = async (
  name: string,
  { workingDirectory, files }: InputPlace,
): Promise<E.Either<string, Snapshot>> => {
  const path = resolve(workingDirectory, name)
  files.reads(path, name)
  try {
    const isFolder = await stat(path).then((found) => found.isDirectory())
    if (!isFolder) return E.left('expected the folder of a snapshot, found a file')
  } catch (error) {
    if (errorCodeOf(error) === undefined) throw error
    return E.left(errorCodeOf(error) === 'ENOENT' ? 'there is no such folder' : problemOfFile(error))
  }
  const read = await readSnapshot(folderAt(path))()
  return E.mapLeft(({ message }: SnapshotFailure) => message)(read)
}

/** The snapshot that the user has named. */
export const requireSnapshot = async (name: string, place: InputPlace): Promise<Snapshot> => {
  const snapshot = await loadSnapshot(name, place)
  if (E.isLeft(snapshot)) throw new UsageError([`${name}: cannot be used as a snapshot: ${snapshot.left}`])
  return snapshot.right
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readSnapshot, type Snapshot, type SnapshotFolder } from '../../snapshot/index.ts'
import { errorCodeOf } from '../error-code.ts'
import type { InputPlace } from '../input/text-file.ts'
import { nodeSha256 } from '../node-sha256.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { UsageError } from '../usage-error.ts'

/** A file of a snapshot that the system does not let us have. */
class Unreadable extends Error {
  readonly file: string

  constructor(file: string, problem: string) {
    super(problem)
    this.file = file
  }
}

/** Anything else than a file may have no end, or let nobody read until somebody writes. */
const sizeOfRegularFile = async (path: string, name: string): Promise<number> => {
  const found = await stat(path)
  if (!found.isFile()) throw new Unreadable(name, found.isDirectory() ? 'it is a folder' : 'it is not a regular file')
  return found.size
}

const readRegularFile = async (path: string, name: string): Promise<Buffer> => {
  await sizeOfRegularFile(path, name)
  return readFile(path)
}

const folderAt = (path: string): SnapshotFolder => {
  const about = (name: string) => (error: unknown) => {
    throw error instanceof Unreadable ? error : new Unreadable(name, problemOfFile(error))
  }
  return {
    list: () => readdir(path).catch(about('.')),
    read: (name) => readRegularFile(join(path, name), name).catch(about(name)),
    size: (name) => sizeOfRegularFile(join(path, name), name).catch(about(name)),
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
    const read = await readSnapshot(folderAt(path))()
    return E.mapLeft(({ file, problem }: { readonly file: string; readonly problem: string }) => `${file}: ${problem}`)(
      read,
    )
  } catch (error) {
    if (error instanceof Unreadable) return E.left(`${error.file}: ${error.message}`)
    if (errorCodeOf(error) === undefined) throw error
    return E.left(errorCodeOf(error) === 'ENOENT' ? 'there is no such folder' : problemOfFile(error))
  }
}

/** The snapshot that the user has named. */
export const requireSnapshot = async (name: string, place: InputPlace): Promise<Snapshot> => {
  const snapshot = await loadSnapshot(name, place)
  if (E.isLeft(snapshot)) throw new UsageError([`${name}: cannot be used as a snapshot: ${snapshot.left}`])
  return snapshot.right
}

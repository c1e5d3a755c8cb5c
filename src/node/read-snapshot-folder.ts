import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type {
  ReadSnapshotOptions,
  Snapshot,
  SnapshotFailure,
  SnapshotFolder,
  SnapshotManifest,
  SnapshotUnreadable,
} from '../snapshot/index.ts'
import { errorCodeOf } from './error-code.ts'
import { checkedPath, failureAt, failureOfReading } from './file-failure.ts'
import { nodeSha256 } from './node-sha256.ts'
import { problemOfFile } from './problem-of-file.ts'
import type { SnapshotFolderDamaged, SnapshotFolderFailure } from './snapshot-failure.ts'
import { snapshots } from './when-needed.ts'

/** A pipe is opened without waiting for a writer. Windows has no such flag, and no such files. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** As many bytes as there are, up to `most`. Anything else than a file may have no end, or wait for a writer. */
const readRegularFile = async (path: string, most: number): Promise<Uint8Array> => {
  const file = await open(path, AT_ONCE)
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is not a regular file')
    const bytes = new Uint8Array(Math.min(found.size, most))
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return bytes.subarray(0, length)
  } finally {
    await file.close()
  }
}

const folderAt = (path: string): SnapshotFolder => {
  const inWords = (error: unknown) => {
    throw errorCodeOf(error) === undefined ? error : new Error(problemOfFile(error))
  }
  return {
    list: () => readdir(path).catch(inWords),
    read: (name, most) => readRegularFile(join(path, name), most).catch(inWords),
    sha256: nodeSha256,
  }
}

const damaged = (path: string, file: string, problem: string): SnapshotFolderDamaged => ({
  ...failureAt('SnapshotFolderDamaged', path, `${file}: ${problem}`),
  file,
})

const stopped = (path: string, end: SnapshotUnreadable['ended']): SnapshotFolderFailure =>
  end === 'aborted'
    ? failureAt('SnapshotAborted', path, 'it was interrupted')
    : failureAt('FileUnusable', path, 'it was not read before the deadline')

const readFrom =
  <A>(
    path: string,
    read: (folder: SnapshotFolder) => Promise<E.Either<SnapshotFailure, A>>,
  ): TaskEither<SnapshotFolderFailure, A> =>
  async () => {
    try {
      const result = await read(folderAt(checkedPath(path)))
      if (E.isRight(result)) return result
      if (result.left._tag === 'SnapshotUnreadable' && result.left.ended !== undefined) {
        return E.left(stopped(path, result.left.ended))
      }
      const isFolder = await stat(path).then((found) => found.isDirectory())
      if (!isFolder) return E.left(failureAt('FileUnusable', path, 'expected the folder of a snapshot, found a file'))
      const { file, problem } = 'file' in result.left ? result.left : { file: '.', problem: result.left.message }
      return E.left(damaged(path, file, problem))
    } catch (error) {
      return E.left(
        errorCodeOf(error) === 'ENOENT'
          ? failureAt('FileMissing', path, 'there is no such folder')
          : failureOfReading(error, path),
      )
    }
  }

/**
 * Reads the snapshot in a folder, as far as its checksums tell that it is as it was written. All of it is held, so that
 * nothing that is changed afterwards can get into a report. The disk is waited for as long as the options allow.
 */
export const readSnapshotFolder = (
  path: string,
  options?: ReadSnapshotOptions,
): TaskEither<SnapshotFolderFailure, Snapshot> =>
  readFrom(path, async (folder) => (await snapshots()).readSnapshot(folder, options)())

/** Reads only what the snapshot in a folder says of itself, such as when it was made: see `readManifest`. */
export const readManifestFolder = (
  path: string,
  options?: ReadSnapshotOptions,
): TaskEither<SnapshotFolderFailure, SnapshotManifest> =>
  readFrom(path, async (folder) => (await snapshots()).readManifest(folder, options)())

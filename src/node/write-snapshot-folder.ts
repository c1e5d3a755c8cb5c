import { access, constants, lstat, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { isBytes } from '../model/is-bytes.ts'
import { isIterable } from '../model/is-iterable.ts'
import { isRecord } from '../model/is-record.ts'
import type { SnapshotContent } from '../snapshot/index.ts'
import { syncFolder, temporaryBeside } from './atomic-file.ts'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { checkedPath, failureAt, failureOfReading } from './file-failure.ts'
import { problemOfWriting } from './problem-of-file.ts'
import { refusalOf } from './refusal.ts'
import type { SnapshotFolderFailure } from './snapshot-failure.ts'
import { snapshots } from './when-needed.ts'

/** How the folder of a snapshot is prepared. */
export interface OpenSnapshotFolderOptions {
  /** The operating system, as Node names it: on `win32` the folder is tried out. Default: the one that this runs on. */
  readonly platform?: string | undefined
}

/** What bounds the writing of a snapshot. */
export interface WriteSnapshotOptions {
  /** Stops it, up to the moment in which the folder appears: then there is nothing. Default: it is not stopped. */
  readonly signal?: AbortSignal | undefined
}

/** A folder for a snapshot, of which nothing is on the disk yet. */
export interface NewSnapshotFolder {
  /** Writes all of a snapshot, makes it durable, and only then lets the folder appear. */
  readonly write: (
    content: SnapshotContent<Iterable<Uint8Array>>,
    options?: WriteSnapshotOptions,
  ) => TE.TaskEither<SnapshotFolderFailure, void>
}

/** What ends the work, on its way out of it. */
const Refusal = refusalOf<SnapshotFolderFailure>()

const refusal = (_tag: 'FileUnusable' | 'SnapshotExists' | 'SnapshotAborted', path: string, problem: string): Error =>
  new Refusal(failureAt(_tag, path, problem))

const orFailure = <A>(path: string, work: () => Promise<A>): TE.TaskEither<SnapshotFolderFailure, A> =>
  TE.tryCatch(work, (error) => (error instanceof Refusal ? error.failure : failureOfReading(error, path)))

const writeFile = async (path: string, parts: Iterable<Uint8Array>): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    for (const part of parts) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return false
      throw error
    },
  )

/** The folder itself where it is there, else the nearest of those that it is to be in. */
const nearestOf = async (path: string): Promise<string> =>
  (await isThere(path)) || dirname(path) === path ? path : nearestOf(dirname(path))

/** Makes a folder and those that it is in. Resolves to what takes away those that were made, as far as they are empty. */
const makeFolders = async (folder: string): Promise<() => Promise<void>> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  return async () => {
    if (first === undefined) return
    for (let one = folder; one.length >= first.length; one = dirname(one)) await rmdir(one)
  }
}

/** What may be written to is told by the system, but for Windows, whose answer is about a mark that folders do not heed. */
const tryWriting = async (folder: string, platform: string): Promise<void> => {
  await access(folder, constants.W_OK)
  if (platform !== 'win32') return
  const trial = temporaryBeside(join(folder, 'trial'))
  await mkdir(trial)
  await rmdir(trial)
}

const makeSureThatNothingIsThere = async (path: string): Promise<void> => {
  if (!(await isThere(path))) return
  throw refusal('SnapshotExists', path, 'it exists already, and a snapshot replaces nothing; name a new folder')
}

const makeSureOfPlace = async (path: string, platform: string): Promise<void> => {
  await makeSureThatNothingIsThere(path)
  const nearest = await nearestOf(dirname(path))
  const isFolder = await stat(nearest).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw refusal('FileUnusable', path, `${nearest} is not a folder`)
  await tryWriting(nearest, platform).catch((error: unknown) => {
    throw refusal('FileUnusable', path, problemOfWriting(error, join(nearest, basename(path))))
  })
}

/** A name in a folder, and no way out of it. */
const FILE_NAME = /^[a-z0-9][a-z0-9.-]*$/

const isFile = ([name, parts]: readonly [unknown, unknown]): boolean =>
  typeof name === 'string' && FILE_NAME.test(name) && isIterable(parts)

const noSnapshot = (path: string): Error =>
  refusal('FileUnusable', path, 'expected a snapshot, as `takeSnapshot` gives it')

function* bytesIn(path: string, parts: Iterable<unknown>): Generator<Uint8Array> {
  for (const part of parts) {
    if (!isBytes(part)) throw noSnapshot(path)
    yield part
  }
}

const filesIn = async (path: string, content: unknown): Promise<ReadonlyMap<string, Iterable<unknown>>> => {
  const { MANIFEST_FILE } = await snapshots()
  const files = isRecord(content) ? content.files : undefined
  if (files instanceof Map && files.has(MANIFEST_FILE) && [...files].every(isFile)) return files
  throw noSnapshot(path)
}

const putFolder = async (path: string, content: unknown, signal: AbortSignal | undefined): Promise<void> => {
  const files = await filesIn(path, content)
  const parent = dirname(path)
  const temporary = temporaryBeside(path)
  const takeBack = await makeFolders(parent)
  try {
    await mkdir(temporary, { mode: 0o700 })
    for (const [file, parts] of files) await writeFile(join(temporary, file), bytesIn(path, parts))
    await syncFolder(temporary)
    await makeSureThatNothingIsThere(path)
    if (signal?.aborted) throw refusal('SnapshotAborted', path, 'it was interrupted')
    await evenWhileInUse(() => rename(temporary, path))
  } catch (error) {
    await evenWhileInUse(() => rm(temporary, { recursive: true, force: true }))
    await takeBack().catch(() => {})
    throw error
  }
  await syncFolder(parent)
}

/**
 * Makes sure, before any work is done for it, that a snapshot can be written into a folder of this name: there is no such
 * thing yet, and the nearest folder that it is to be in lets folders be made. Nothing is written before `write`.
 *
 * The folder appears as a whole or not at all, with the folders that it is in, and only its owner can enter it (mode 0700;
 * on Windows it is as private as the folder that it is in).
 */
export const openSnapshotFolder = (
  path: string,
  options?: OpenSnapshotFolderOptions,
): TE.TaskEither<SnapshotFolderFailure, NewSnapshotFolder> =>
  pipe(
    orFailure(path, async () => makeSureOfPlace(checkedPath(path), options?.platform ?? process.platform)),
    TE.map(() => ({ write: (content, how) => orFailure(path, () => putFolder(path, content, how?.signal)) })),
  )

/** Writes what `takeSnapshot` has read into a folder that is not there yet. See {@link openSnapshotFolder}. */
export const writeSnapshotFolder = (
  path: string,
  content: SnapshotContent<Iterable<Uint8Array>>,
  options?: WriteSnapshotOptions,
): TE.TaskEither<SnapshotFolderFailure, void> =>
  pipe(
    openSnapshotFolder(path),
    TE.flatMap((folder) => folder.write(content, options)),
  )

import { lstat, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { SnapshotManifest } from '../snapshot/index.ts'
import { temporaryBeside } from './atomic-file.ts'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { failureAt } from './file-failure.ts'
import { listSnapshotFolders } from './list-snapshot-folders.ts'
import { problemOfFile } from './problem-of-file.ts'
import { readManifestFolder } from './read-snapshot-folder.ts'
import { realTarget } from './real-target.ts'
import type { SnapshotFolderFailure } from './snapshot-failure.ts'
import { TABLES_FOLDER } from './tables-folder.ts'
import { snapshots } from './when-needed.ts'

/** Which snapshots stay. */
export interface RemoveOldSnapshotsOptions {
  /** How many of the newest stay, the given one included: a whole number of 1 or more. */
  readonly keep: number
  /** Stops it between two snapshots. Default: it is not stopped. */
  readonly signal?: AbortSignal | undefined
}

/** A snapshot that stays although it would have been removed, or might have been. */
export interface SnapshotLeft {
  /** The name of its folder. */
  readonly name: string
  /** Why, in words: `it has other files: notes.txt`. */
  readonly problem: string
  /** Whether it was to be removed, and could not be: there is one more than was asked for. */
  readonly failed: boolean
}

/** What became of the snapshots beside one. */
export interface RemovedSnapshots {
  /** The names of the folders that are gone, the oldest first. */
  readonly removed: readonly string[]
  readonly left: readonly SnapshotLeft[]
}

interface Aged {
  readonly name: string
  readonly manifest: SnapshotManifest
}

const left = (name: string, problem: string): E.Either<SnapshotLeft, never> => E.left({ name, problem, failed: false })

const isGone = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => false,
    (error) => errorCodeOf(error) === 'ENOENT',
  )

/** A snapshot beside the given one, or why it cannot be judged; undefined where another process has removed it. */
const agedAt = async (parent: string, name: string): Promise<E.Either<SnapshotLeft, Aged> | undefined> => {
  const path = join(parent, name)
  const found = await lstat(path).catch(() => undefined)
  if (found?.isSymbolicLink()) return left(name, 'it is a link to a folder elsewhere')
  const manifest = await readManifestFolder(path)()
  if (E.isRight(manifest)) return E.right({ name, manifest: manifest.right })
  return (await isGone(path)) ? undefined : left(name, manifest.left.problem)
}

const providersOf = ({ providers }: SnapshotManifest): ReadonlySet<string> =>
  new Set(providers.map(({ vendor, id }) => `${vendor} ${id}`))

/** Whether the newer one has all that the older one is about, told in the same way. */
const replaces = (newer: SnapshotManifest, older: SnapshotManifest): boolean => {
  const known = providersOf(newer)
  return (
    [...providersOf(older)].every((provider) => known.has(provider)) &&
    newer.pseudonyms?.keyId === older.pseudonyms?.keyId
  )
}

const newestFirst = (one: Aged, other: Aged): number =>
  Date.parse(other.manifest.generatedAt) - Date.parse(one.manifest.generatedAt) || (one.name < other.name ? 1 : -1)

/** All but the given one, the newest ones, and the newest that is complete. */
const tooOld = (given: Aged, others: readonly Aged[], keep: number): readonly Aged[] => {
  const newest = [...others].sort(newestFirst)
  const kept = [given, ...newest.slice(0, keep - 1)]
  const isWholeKept = kept.some(({ manifest }) => manifest.complete)
  const rest = newest.slice(keep - 1)
  const spared = isWholeKept ? undefined : rest.find(({ manifest }) => manifest.complete)
  return rest.filter((one) => one !== spared).reverse()
}

/** What is in the folder besides the snapshot and the tables that are made of it. */
const strangersIn = async (path: string, { files }: SnapshotManifest): Promise<readonly string[]> => {
  const { MANIFEST_FILE } = await snapshots()
  const own = new Set([MANIFEST_FILE, ...files.map(({ name }) => name)])
  return (await readdir(path)).filter((name) => !own.has(name) && !name.startsWith(TABLES_FOLDER))
}

/** Takes it out of sight first, so that what is left of a removal that is interrupted is no damaged snapshot. */
const remove = async (path: string): Promise<void> => {
  const gone = temporaryBeside(path)
  await evenWhileInUse(() => rename(path, gone))
  await evenWhileInUse(() => rm(gone, { recursive: true, force: true }))
}

/** Its name, or why it stays; undefined where another process has removed it. */
const removed = async (
  parent: string,
  { name, manifest }: Aged,
): Promise<E.Either<SnapshotLeft, string> | undefined> => {
  const path = join(parent, name)
  try {
    const strangers = await strangersIn(path, manifest)
    if (strangers.length > 0) return left(name, `it has other files: ${strangers.slice(0, 3).join(', ')}`)
    await remove(path)
    return E.right(name)
  } catch (error) {
    if (await isGone(path)) return undefined
    return E.left({ name, problem: problemOfFile(error), failed: true })
  }
}

/**
 * Removes the older snapshots beside the given one, as after it was written, so that so many stay. Age is the time in the
 * manifest, not the name. Never removed are: the given one; the newest that is complete, so that a run of partial readings
 * leaves a whole one; snapshots of providers that the given one does not have, or with pseudonyms of another key; damaged
 * ones, links, and folders with other files in them, which are named in `left`. One that another process removes meanwhile is
 * in neither list. Fails where the given one cannot be read, or
 * the folder that it is in cannot be listed; then nothing is removed.
 */
export const removeOldSnapshots =
  (path: string, { keep, signal }: RemoveOldSnapshotsOptions): TaskEither<SnapshotFolderFailure, RemovedSnapshots> =>
  async () => {
    if (!Number.isSafeInteger(keep) || keep < 1) {
      return E.left(failureAt('FileUnusable', path, 'keep: expected a whole number of 1 or more'))
    }
    const manifest = await readManifestFolder(path)()
    if (E.isLeft(manifest)) return manifest
    // A name such as "." says nothing of what the folder is in.
    const folder = realTarget(path)
    if (E.isLeft(folder)) return folder
    const parent = dirname(folder.right)
    const names = await listSnapshotFolders(parent)()
    if (E.isLeft(names)) return names
    const given = { name: basename(folder.right), manifest: manifest.right }
    const result = { removed: [] as string[], left: [] as SnapshotLeft[] }
    const others: Aged[] = []
    for (const name of names.right.filter((one) => one !== given.name)) {
      const aged = await agedAt(parent, name)
      if (aged === undefined) continue
      if (E.isLeft(aged)) result.left.push(aged.left)
      else if (replaces(given.manifest, aged.right.manifest)) others.push(aged.right)
    }
    for (const one of tooOld(given, others, keep)) {
      if (signal?.aborted === true) break
      const outcome = await removed(parent, one)
      if (outcome === undefined) continue
      if (E.isLeft(outcome)) result.left.push(outcome.left)
      else result.removed.push(outcome.right)
    }
    return E.right(result)
  }

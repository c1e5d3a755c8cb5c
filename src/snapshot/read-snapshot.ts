import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { DecodingProblem } from '../model/codec.ts'
import { isBytes } from '../model/is-bytes.ts'
import { digestWith, type Hashing, joined } from '../model/sha256.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { NoAnswer, openPatience, type Patience } from '../paging/patience.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf } from '../paging/request-scope.ts'
import { problemsInReading } from './caller-input.ts'
import { MANIFEST_FILE, Sealed, type SnapshotFile, SnapshotManifest } from './manifest.ts'
import { isTextAsSealed } from './manifest-text.ts'
import { countRecords } from './records.ts'
import { damaged, invalidIn, type SnapshotFailure, unreadable } from './snapshot-failure.ts'
import { createSnapshotProvider } from './snapshot-provider.ts'

/**
 * Where a snapshot is kept: the files that `takeSnapshot` gives, by their names. What the functions of a folder reject with,
 * or give in place of what they should, is a `SnapshotUnreadable`.
 */
export interface SnapshotFolder extends Hashing {
  /**
   * The names of everything in it. What the system puts into folders (`.DS_Store` and other names that begin with a dot,
   * `Thumbs.db`, `desktop.ini`) is ignored; anything else that is not part of the snapshot is damage.
   */
  readonly list: () => Promise<readonly string[]>
  /**
   * The content of one file, whole or in parts that follow each other. A file of more than `most` bytes is damaged, and need
   * not be read beyond them. Several files are asked for at a time.
   */
  readonly read: (name: string, most: number) => Promise<Uint8Array | readonly Uint8Array[]>
  /** How many bytes a file has: a file of an absurd length is not read. Default: every file is read. */
  readonly size?: ((name: string) => Promise<number>) | undefined
}

/** What was read of the providers at one time, and has not been changed since, by its checksums. */
export interface Snapshot {
  readonly manifest: SnapshotManifest
  /** In the order in which they were read. */
  readonly providers: readonly LicenseProvider[]
  /** Stands still at the time of the snapshot: for reports and plans from it. */
  readonly clock: Clock
}

type Read<A> = E.Either<SnapshotFailure, A>

const damage = (file: string, problem: string): Read<never> => E.left(damaged(file, problem))

/** How a snapshot is read. The deadline is for all that the functions of the folder take. */
export interface ReadSnapshotOptions extends RequestOptions {
  /**
   * Lists give the ids and licenses of users, and nothing else of them is decoded: their kind and status are unknown. Enough
   * to count seats, and quicker. Every byte is checked all the same. Default: false.
   */
  readonly seatsOnly?: boolean | undefined
  /** For the deadline. Default: the system's. */
  readonly clock?: Clock | undefined
}

const patienceOf = (options: ReadSnapshotOptions | undefined): Patience => {
  const clock = options?.clock ?? systemClock
  return openPatience(scopeOf(options ?? {}, clock), clock, 0)
}

/** A function of the caller's folder; that it fails, or does not answer in time, is a failure of its file. */
const askingWith =
  (patience: Patience) =>
  async <A>(file: string, ask: () => Promise<A>): Promise<Read<A>> => {
    try {
      const ended = patience.over()
      if (ended !== undefined) throw new NoAnswer(ended)
      return E.right(await patience.wait(ask()))
    } catch (thrown) {
      return E.left(unreadable(file, thrown))
    }
  }

type Asking = ReturnType<typeof askingWith>

const contentOf = async (folder: SnapshotFolder, name: string, most: number): Promise<Uint8Array> => {
  const content: unknown = await folder.read(name, most)
  if (isBytes(content)) return content
  if (Array.isArray(content) && content.every(isBytes)) return joined(content)
  throw new Error('`read`: expected a Uint8Array or a list of them')
}

const sizeOf = async (folder: SnapshotFolder, name: string): Promise<number | undefined> => {
  const size: unknown = await folder.size?.(name)
  if (size === undefined || (typeof size === 'number' && size >= 0)) return size
  throw new Error('`size`: expected a number of bytes')
}

/** What file managers leave in folders that people look into. */
const LEFT_BY_SYSTEM = /^(?:\..*|thumbs\.db|desktop\.ini)$/i

const namesIn = async (folder: SnapshotFolder): Promise<readonly string[]> => {
  const names: unknown = await folder.list()
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new Error('`list`: expected a list of names')
  }
  return names.filter((name) => !LEFT_BY_SYSTEM.test(name))
}

/** Bytes that are no UTF-8 are not what was written. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const problemText = ({ path, expected }: DecodingProblem = { path: '', expected: 'another value' }): string =>
  `${path || 'the value'}: expected ${expected}`

const CHANGED = 'it was changed after the snapshot was made'
const UNSEALED = 'it was changed or damaged after it was sealed; use another copy of the snapshot, or take a new one'

/** Many times what thousands of providers with all of their gaps take. */
const MAX_MANIFEST_BYTES = 64 * 1_024 * 1_024

/** Levels of objects and lists. Errors name ledgers, and ledgers errors, but a few of them only. */
const MAX_DEPTH = 100

/** Goes down so many levels and no further, as whatever goes down to the end runs out of stack somewhere. */
const isTooDeep = (value: unknown, levels = MAX_DEPTH): boolean => {
  if (typeof value !== 'object' || value === null) return false
  for (const member of Object.values(value)) {
    if (levels === 0 || isTooDeep(member, levels - 1)) return true
  }
  return false
}

const manifestIn = async (folder: SnapshotFolder, asking: Asking): Promise<Read<SnapshotManifest>> => {
  const size = await asking(MANIFEST_FILE, () => sizeOf(folder, MANIFEST_FILE))
  if (E.isLeft(size)) return size
  if (size.right !== undefined && size.right > MAX_MANIFEST_BYTES) return damage(MANIFEST_FILE, UNSEALED)
  const bytes = await asking(MANIFEST_FILE, () => contentOf(folder, MANIFEST_FILE, MAX_MANIFEST_BYTES + 1))
  if (E.isLeft(bytes)) return bytes
  const text = bytes.right.length > MAX_MANIFEST_BYTES ? undefined : textOf(bytes.right)
  const value = text === undefined ? undefined : parse(text)
  if (text === undefined || isTooDeep(value) || !Sealed.is(value)) return damage(MANIFEST_FILE, UNSEALED)
  const isIntact = await asking(MANIFEST_FILE, () => isTextAsSealed(text, value, folder))
  if (E.isLeft(isIntact)) return isIntact
  if (!isIntact.right) return damage(MANIFEST_FILE, UNSEALED)
  const decoded = SnapshotManifest.decode(value)
  if (E.isRight(decoded)) return decoded
  const [problem] = decoded.left
  return damage(
    MANIFEST_FILE,
    `it is as it was sealed, but this version of Seatlens cannot read it: ${problemText(problem)}`,
  )
}

/**
 * Reads the manifest of a snapshot, and believes it only where every byte is as it was written. The seal comes before
 * anything that the manifest says, as a single byte can make anything of that.
 */
export const readManifest =
  (folder: SnapshotFolder, options?: ReadSnapshotOptions): TaskEither<SnapshotFailure, SnapshotManifest> =>
  async () => {
    const invalid = invalidIn(problemsInReading(folder, options ?? {}))
    return invalid === undefined ? manifestIn(folder, askingWith(patienceOf(options))) : E.left(invalid)
  }

const readFile = async (
  folder: SnapshotFolder,
  asking: Asking,
  { name, records, bytes, sha256: digest }: SnapshotFile,
): Promise<Read<Uint8Array>> => {
  const checked = await asking(name, async () => {
    const size = await sizeOf(folder, name)
    if (size !== undefined && size !== bytes) return undefined
    const content = await contentOf(folder, name, bytes + 1)
    if (content.length !== bytes || countRecords(content) !== records) return undefined
    return (await digestWith([content], folder.sha256)) === digest ? content : undefined
  })
  if (E.isLeft(checked)) return checked
  return checked.right === undefined ? damage(name, CHANGED) : E.right(checked.right)
}

/** Most of the time is spent on opening files and on waiting for them. */
const FILES_AT_ONCE = 16

/** The contents of all files by their names; of several that are damaged, the failure of the first one. */
const filesIn = async (
  folder: SnapshotFolder,
  asking: Asking,
  { files }: SnapshotManifest,
): Promise<Read<ReadonlyMap<string, Uint8Array>>> => {
  const contents = new Map<string, Uint8Array>()
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const some = files.slice(from, from + FILES_AT_ONCE)
    const read = await Promise.all(some.map((file) => readFile(folder, asking, file)))
    for (const [place, content] of read.entries()) {
      if (E.isLeft(content)) return content
      contents.set(some[place]?.name ?? '', content.right)
    }
  }
  return E.right(contents)
}

/** The first name that is in one of the two and not in the other. */
const strayOf = (listed: readonly string[], { files, providers }: SnapshotManifest): SnapshotFailure | undefined => {
  const expected = new Set([MANIFEST_FILE, ...files.map(({ name }) => name)])
  const there = new Set(listed)
  const missing = [...expected].find((name) => !there.has(name))
  if (missing !== undefined) return damaged(missing, 'it is missing')
  const additional = listed.find((name) => !expected.has(name))
  if (additional !== undefined) return damaged(additional, 'it is not part of the snapshot')
  const named = providers.flatMap(({ licenses, users, workspaces }) =>
    [licenses, users, workspaces].flatMap((list) => list?.file ?? []),
  )
  return named.some((name) => !expected.has(name)) ? damaged(MANIFEST_FILE, UNSEALED) : undefined
}

/**
 * Reads a snapshot, with the providers as they were. All of it is held, in the bytes that were checked, so that nothing
 * that is changed afterwards can get into a report. Fails where a file is not as it was written, or cannot be read.
 */
export const readSnapshot =
  (folder: SnapshotFolder, options?: ReadSnapshotOptions): TaskEither<SnapshotFailure, Snapshot> =>
  async () => {
    const invalid = invalidIn(problemsInReading(folder, options ?? {}))
    if (invalid !== undefined) return E.left(invalid)
    const asking = askingWith(patienceOf(options))
    const manifest = await manifestIn(folder, asking)
    if (E.isLeft(manifest)) return manifest
    const names = await asking('.', () => namesIn(folder))
    if (E.isLeft(names)) return names
    const stray = strayOf(names.right, manifest.right)
    if (stray !== undefined) return E.left(stray)
    const contents = await filesIn(folder, asking, manifest.right)
    if (E.isLeft(contents)) return contents
    const files = contents.right
    const bytesOf = (name: string) => files.get(name) ?? new Uint8Array()
    const now = Date.parse(manifest.right.generatedAt)
    return E.right({
      manifest: manifest.right,
      providers: manifest.right.providers.map((provider) =>
        createSnapshotProvider(
          provider,
          {
            licenses: bytesOf(provider.licenses.file),
            users: bytesOf(provider.users.file),
            ...(provider.workspaces === undefined ? {} : { workspaces: bytesOf(provider.workspaces.file) }),
          },
          options,
        ),
      ),
      clock: { now: () => now, sleep: systemClock.sleep },
    })
  }

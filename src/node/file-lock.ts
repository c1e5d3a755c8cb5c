import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { fateOf, type Holder, readHolder, thisProcess } from './holder.ts'

/** A lock that was taken. */
export interface FileLock {
  /** Rejects where the lock has been deleted or taken by another run: then this one must not go on. */
  readonly check: () => Promise<void>
  readonly release: () => Promise<void>
}

const isSame = (one: Holder | undefined, other: Holder | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const MAX_TRIES = 5

/** What systems say of a file system that has no hard links (FAT, exFAT, some shares); Windows has a word of its own for it. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EINVAL', 'EMLINK'])

/** Gives a file a second name. Rejects with `EEXIST` where there is a file of that name. */
type Link = (file: string, name: string) => Promise<void>

/**
 * Lets a lock that is written already appear, unless there is one. A link appears as a whole; where there are no links, a
 * copy is begun by one alone, and what it is may be read before all of it is there.
 */
const appear = async (written: string, lock: string, linkFile: Link): Promise<boolean> => {
  const orHeld = (error: unknown): false => {
    if (errorCodeOf(error) === 'EEXIST') return false
    throw error
  }
  try {
    await linkFile(written, lock)
    return true
  } catch (error) {
    if (!NO_LINKS.has(errorCodeOf(error) ?? '')) return orHeld(error)
  }
  return copyFile(written, lock, constants.COPYFILE_EXCL).then(() => true, orHeld)
}

/** Moves a stale lock away, unless it is another one by now: that is put back. */
const moveAway = async (lock: string, stale: Holder | undefined, linkFile: Link): Promise<void> => {
  const aside = `${lock}.${randomUUID()}`
  try {
    await evenWhileInUse(() => rename(lock, aside))
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return
    throw error
  }
  const moved = await readHolder(aside)
  if (moved !== undefined && !isSame(moved, stale)) await appear(aside, lock, linkFile).catch(() => {})
  await evenWhileInUse(() => rm(aside, { force: true }))
}

/** Longer than it takes to write a lock. In milliseconds. */
const WRITTEN_BY_THEN_MS = 250

/** Resolves when so many milliseconds have passed. */
type Wait = (ms: number) => Promise<unknown>

/** What is half written may be a lock that is just being taken; what stays so was left by a run that was killed. */
const readWhole = async (lock: string, wait: Wait): Promise<Holder | undefined> => {
  const holder = await readHolder(lock)
  if (holder !== undefined) return holder
  await wait(WRITTEN_BY_THEN_MS)
  return readHolder(lock)
}

/** Why a lock cannot be taken. */
export interface HeldLock {
  /** `process 7 on build-3` */
  readonly holder: string
  /** Whether the holder is seen to be at work; else it may have been killed, which cannot be seen from here. */
  readonly isAtWork: boolean
}

const heldBy = ({ host, pid }: Holder, isAtWork: boolean): HeldLock => ({
  holder: `process ${pid} on ${host}`,
  isAtWork,
})

/** What is the matter with a lock, for people. `lockName` is what the user may call it. */
export const heldText = (what: string, { holder, isAtWork }: HeldLock, lockName: string): string =>
  isAtWork
    ? `another run is at work with ${what} (${holder}); wait for it; if there is none, delete ${lockName}`
    : `another run is at work with ${what} or was killed (${holder}), which cannot be seen from here; if it has ended, delete ${lockName}`

/**
 * Keeps two runs from working with one thing. The lock appears as a whole (a link to a file that is written already; where
 * the file system has no links, see above), and that of a run that was killed is moved away by one of those who find it,
 * and by no other. Rejects with what the system says where no lock can be written. `linkFile` and `wait`: how a link is made
 * and time passes.
 */
export const lockFile = async (
  lock: string,
  {
    linkFile = link,
    wait = setTimeout,
  }: { readonly linkFile?: Link | undefined; readonly wait?: Wait | undefined } = {},
): Promise<E.Either<HeldLock, FileLock>> => {
  const own = await thisProcess(randomUUID())
  const written = `${lock}.${own.token}`
  const isHeld = async () => isSame(await readHolder(lock), own)
  const taken: FileLock = {
    check: async () => {
      if (!(await isHeld())) throw new Error('its lock was deleted or taken by another run')
    },
    release: async () => {
      if (await isHeld()) await evenWhileInUse(() => rm(lock, { force: true }))
    },
  }
  try {
    await writeFile(written, JSON.stringify(own), { mode: 0o600 })
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      // Once more, as one that did not appear as a whole may have been taken for half of one.
      if ((await appear(written, lock, linkFile)) && (await isHeld())) return E.right(taken)
      const holder = await readWhole(lock, wait)
      const fate = holder === undefined ? 'gone' : await fateOf(holder, own)
      if (holder !== undefined && fate !== 'gone') return E.left(heldBy(holder, fate === 'at work'))
      await moveAway(lock, holder, linkFile)
    }
    return E.left({ holder: 'several at once', isAtWork: true })
  } finally {
    await evenWhileInUse(() => rm(written, { force: true }))
  }
}

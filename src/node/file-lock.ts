import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../model/decoder.ts'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'

/** Who holds a lock. Version 0.1 wrote the first two only. */
const Holder = t.intersection(
  [
    t.type({ host: t.string, pid: t.number }),
    t.partial({
      /** When the process began: a number is used again, also for the first process of a container that is restarted. */
      started: t.string,
      /** One run of one kernel, where the system tells: containers on one machine share it. */
      boot: t.string,
      /** Within which a number means one process. */
      namespace: t.string,
      /** Of this very lock. */
      token: t.string,
    }),
  ],
  'Holder',
)
type Holder = t.TypeOf<typeof Holder>

/** A lock that was taken. */
export interface FileLock {
  /** Rejects where the lock has been deleted or taken by another run: then this one must not go on. */
  readonly check: () => Promise<void>
  readonly release: () => Promise<void>
}

const orUndefined = (text: Promise<string>): Promise<string | undefined> =>
  text.then(
    (found) => found.trim(),
    () => undefined,
  )

/** When a process began, in ticks since the kernel did: the 22nd field; the second one is a name that may have anything in it. */
const startOf = async (pid: number): Promise<string | undefined> => {
  const stat = await orUndefined(readFile(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

const thisProcess = async (): Promise<Holder> => {
  const boot = await orUndefined(readFile('/proc/sys/kernel/random/boot_id', 'utf8'))
  const namespace = await orUndefined(readlink('/proc/self/ns/pid'))
  return {
    host: hostname(),
    pid: process.pid,
    started: (await startOf(process.pid)) ?? String(performance.timeOrigin),
    ...(boot === undefined ? {} : { boot }),
    ...(namespace === undefined ? {} : { namespace }),
    token: randomUUID(),
  }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCodeOf(error) === 'EPERM'
  }
}

/**
 * Whether the holder of a lock is still at work, as far as that can be seen from here.
 *
 * Known: of a process that this one can see, by its number and when it began. Of what has the name of this machine and
 * cannot be seen: that it was before a restart, of the machine or of the container. Unknown: what goes on elsewhere, on
 * other machines and in containers of other names. Two containers that share a folder and are given one name at the same
 * time look like one that was restarted; the one whose lock is taken notices before it sends anything more.
 */
const fateOf = async (holder: Holder, own: Holder): Promise<'at work' | 'gone' | 'unknown'> => {
  const { host, pid, started, boot, namespace } = holder
  const hasSameKernel = boot !== undefined && boot === own.boot
  if (host !== own.host && !(hasSameKernel && namespace === own.namespace)) return 'unknown'
  if (boot !== undefined && own.boot !== undefined && !hasSameKernel) return 'gone'
  const isOwnNumber = pid === own.pid
  const now = isOwnNumber ? own.started : await startOf(pid)
  if (started !== undefined && now !== undefined) return started === now ? 'at work' : 'gone'
  // This process has a lock that says when it began.
  return !isOwnNumber && isRunning(pid) ? 'at work' : 'gone'
}

const readHolder = async (lock: string): Promise<Holder | undefined> => {
  try {
    const holder = decode(Holder, JSON.parse(await readFile(lock, 'utf8')))
    return E.isRight(holder) ? holder.right : undefined
  } catch {
    return undefined
  }
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
  const own = await thisProcess()
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

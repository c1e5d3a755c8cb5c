import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { errorCodeOf } from './error-code.ts'
import { UsageError } from './usage-error.ts'

/** Who holds a lock. */
interface Holder {
  readonly host: string
  readonly pid: number
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCodeOf(error) === 'EPERM'
  }
}

const readHolder = async (lock: string): Promise<Holder | undefined> => {
  try {
    const { host, pid } = JSON.parse(await readFile(lock, 'utf8'))
    return typeof host === 'string' && typeof pid === 'number' ? { host, pid } : undefined
  } catch {
    return undefined
  }
}

/** Of a process on this machine that is gone. Of another machine nobody can tell. */
const isStale = ({ host, pid }: Holder): boolean => host === hostname() && !isRunning(pid)

const MAX_TRIES = 5

/**
 * Keeps two runs from working with one journal. The lock appears as a whole (a link to a file that is written already),
 * and that of a run that was killed is moved away by one of those who find it, and by no other. Resolves to its release.
 */
export const lockJournal = async (journal: string, name: string): Promise<() => Promise<void>> => {
  const lock = `${journal}.lock`
  const own = `${lock}.${randomUUID()}`
  await writeFile(own, JSON.stringify({ host: hostname(), pid: process.pid }), { mode: 0o600 })
  try {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const taken = await link(own, lock).then(
        () => true,
        (error: unknown) => {
          if (errorCodeOf(error) === 'EEXIST') return false
          throw error
        },
      )
      if (taken) return () => rm(lock, { force: true })
      const holder = await readHolder(lock)
      if (holder !== undefined && !isStale(holder)) {
        const who = `process ${holder.pid} on ${holder.host}`
        throw new UsageError([
          `${name}: another run is at work with this journal (${who}); if it is not, delete ${name}.lock`,
        ])
      }
      await moveAway(lock, holder)
    }
    throw new UsageError([`${name}: other runs are at work with this journal`])
  } finally {
    await rm(own, { force: true })
  }
}

/** Moves a stale lock away, unless it is another one by now: that is put back. */
const moveAway = async (lock: string, stale: Holder | undefined): Promise<void> => {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return
    throw error
  }
  const moved = await readHolder(aside)
  if (moved !== undefined && (moved.pid !== stale?.pid || moved.host !== stale.host)) {
    await link(aside, lock).catch(() => {})
  }
  await rm(aside, { force: true })
}

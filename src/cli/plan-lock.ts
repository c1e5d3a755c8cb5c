import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { JournalLease } from '../plan/index.ts'
import type { Environment } from './environment.ts'
import { heldText, lockFile } from './file-lock.ts'
import { notify } from './output/notify.ts'
import { problemOfFile } from './problem-of-file.ts'

/** A folder of this user's own, the same one for all processes on this machine. */
const lockFolder = async (): Promise<string> => {
  const { uid, username } = userInfo()
  const folder = join(tmpdir(), `seatlens-${uid < 0 ? username : uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const isOwn = found.isDirectory() && (uid < 0 || found.uid === uid)
  if (!isOwn) throw new Error(`${folder} belongs to another user`)
  return folder
}

const messageOf = (error: unknown): string =>
  error instanceof Error && !('code' in error) ? error.message : problemOfFile(error)

/**
 * Keeps two runs of one plan apart on this machine, whatever copies of it and of its journal they were given: the lock goes
 * by what is in the plan. Where there is no folder for it, the lock of the journal is the only one, and the user is told.
 */
export const lockPlan = async (hash: string, environment: Environment): Promise<JournalLease> => {
  try {
    const lock = join(await lockFolder(), `${hash.replace(/\W/g, '-')}.lock`)
    const taken = await lockFile(lock)
    if (E.isRight(taken)) return { kind: 'taken', release: taken.right.release }
    return { kind: 'held', by: heldText('this plan or a copy of it', taken.left, lock) }
  } catch (error) {
    const what = 'another run with a copy of this plan and another journal would not be noticed'
    notify(environment, `${what}: ${messageOf(error)}; set TMPDIR to a folder that can be written`)
    return { kind: 'taken', release: async () => {} }
  }
}

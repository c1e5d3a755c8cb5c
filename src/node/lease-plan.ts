import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { JournalLease } from '../plan/index.ts'
import { heldText, lockFile } from './file-lock.ts'
import { problemOfFile } from './problem-of-file.ts'

/** A folder of this user's own, the same one for all processes on this machine. */
const lockFolder = async (): Promise<string> => {
  // On Windows there are no numbers of users, and the temporary folder is the user's own.
  const { uid, username } = userInfo()
  const folder = join(tmpdir(), `seatlens-${uid < 0 ? username : uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const isOwn = found.isDirectory() && (uid < 0 || found.uid === uid)
  if (!isOwn) throw new Error(`${folder} belongs to another user`)
  return folder
}

/** Where the system looks for the temporary folder. */
const temporaryVariable = (platform: string): string => (platform === 'win32' ? 'TEMP' : 'TMPDIR')

/**
 * Keeps two runs of one plan apart on this machine, whatever copies of it and of its journal they were given: the lock goes
 * by what is in the plan. Where there is no folder for it, the lock of the journal is the only one, and `remark` says so.
 */
export const leasePlan = async (
  hash: string,
  remark: (line: string) => void,
  platform: string = process.platform,
): Promise<JournalLease> => {
  try {
    const lock = join(await lockFolder(), `${hash.replace(/\W/g, '-')}.lock`)
    const taken = await lockFile(lock)
    if (E.isRight(taken)) return { kind: 'taken', release: taken.right.release }
    return { kind: 'held', by: heldText('this plan or a copy of it', taken.left, lock) }
  } catch (error) {
    const what = 'another run with a copy of this plan and another journal would not be noticed'
    const advice = `set ${temporaryVariable(platform)} to a folder that can be written`
    remark(`${what}: ${problemOfFile(error)}; ${advice}`)
    return { kind: 'taken', release: async () => {} }
  }
}

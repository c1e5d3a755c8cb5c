import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { inPieces } from '../model/text-pieces.ts'
import { createJournalInPieces, type Journal } from '../plan/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { errorCodeOf } from './error-code.ts'
import { type FileLock, heldText, lockFile } from './file-lock.ts'
import { readJournalText } from './input/journal-text.ts'
import type { InputPlace } from './input/text-file.ts'
import { nodeSha256 } from './node-sha256.ts'
import { problemOfWriting } from './output/output-file.ts'
import { realTarget } from './output/real-target.ts'
import { problemOfFile } from './problem-of-file.ts'
import { UsageError } from './usage-error.ts'

/** A journal that nobody else writes meanwhile. */
export interface JournalFile extends Journal {
  /** The error of the system by which the last entry could not be written; undefined where there was none. */
  readonly failure: () => unknown
  readonly close: () => Promise<void>
}

/** Characters that are written at once. */
const PIECE_LENGTH = 1_048_576

export interface OpenedJournalFile {
  readonly file: JournalFile
  /** What was in it when it was opened: large, and not needed once it is read. */
  readonly text: string
}

/** Opens a file to add to it; `isNew`: it was not there. */
const openToAppend = async (path: string): Promise<{ readonly handle: FileHandle; readonly isNew: boolean }> => {
  try {
    return { handle: await open(path, 'ax', 0o600), isNew: true }
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
    return { handle: await open(path, 'a', 0o600), isNew: false }
  }
}

const openLocked = async (path: string, name: string, lock: FileLock): Promise<OpenedJournalFile> => {
  const { handle, isNew } = await openToAppend(path)
  const { nlink } = await handle.stat()
  if (nlink > 1) {
    await handle.close()
    throw new UsageError([
      `${name}: expected a file with one name, found ${nlink} (hard links): a lock by one name is not seen by another; copy it, and use the copy`,
    ])
  }
  const text = await readJournalText(path, name).catch(async (error: unknown) => {
    await handle.close()
    throw error
  })
  // A line that a crash cut off ends here, so that the next one is by itself.
  let separator = text === '' || text.endsWith('\n') ? '' : '\n'
  let failure: unknown
  const append = async (lines: Iterable<string>): Promise<void> => {
    await lock.check()
    try {
      await handle.appendFile(separator)
      for (const piece of inPieces(lines, PIECE_LENGTH)) await handle.appendFile(piece)
      separator = ''
      await handle.sync()
    } catch (error) {
      failure = error
      throw new Error(problemOfFile(error), { cause: error })
    }
  }
  const file: JournalFile = {
    ...createJournalInPieces(append, { text, sha256: nodeSha256 }),
    failure: () => failure,
    close: async () => {
      // A run that was told to wait, or was not agreed to, leaves nothing behind.
      const isUnused = isNew && (await handle.stat()).size === 0
      await handle.close()
      if (isUnused) {
        await lock.check().then(
          () => rm(path, { force: true }),
          () => {},
        )
      }
      await lock.release()
    },
  }
  return { file, text }
}

/**
 * Opens a journal for this run alone, whatever it is called: the lock is on the file that all links lead to. Nothing that
 * is in it is ever changed. An entry is durable when its `append` resolves. `mustExist`: it is a mistake to name one that
 * is not there.
 */
export const openJournalFile = async (
  name: string,
  { workingDirectory, files }: InputPlace,
  { mustExist = false }: { readonly mustExist?: boolean } = {},
): Promise<OpenedJournalFile> => {
  const given = resolve(workingDirectory, name)
  files.writes(given, name, 'the journal')
  const refuse = (error: unknown): never => {
    if (error instanceof UsageError) throw error
    throw cannotWrite(error, [`${name}: cannot write the journal: ${problemOfWriting(error, name)}`])
  }
  if (mustExist) {
    const problem = await stat(given).then((found) => (found.isFile() ? undefined : 'it is not a file'), problemOfFile)
    if (problem !== undefined) {
      const expected = 'expected the file that "seatlens apply" has written, PLAN.journal'
      throw new UsageError([`${name}: cannot read the journal: ${problem}; ${expected}`])
    }
  }
  try {
    const path = realTarget(given)
    const lock = await lockFile(`${path}.lock`)
    if (E.isLeft(lock)) {
      const lockName = `${path === given ? name : path}.lock`
      throw new UsageError([`${name}: ${heldText('this journal', lock.left, lockName)}`])
    }
    try {
      return await openLocked(path, name, lock.right)
    } catch (error) {
      await lock.right.release()
      throw error
    }
  } catch (error) {
    return refuse(error)
  }
}

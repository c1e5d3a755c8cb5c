import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { LicenseException } from '../model/license-exception.ts'
import { onlooker } from '../model/onlooker.ts'
import { inPieces } from '../model/text-pieces.ts'
import type { Journal, JournalLease, JournalState, PlanFailure } from '../plan/index.ts'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { checkedPath, type FileFailure, failureOfWriting } from './file-failure.ts'
import { type FileLock, heldText, lockFile } from './file-lock.ts'
import { journalTextOf } from './journal-text.ts'
import { leasePlan } from './lease-plan.ts'
import { nodeSha256 } from './node-sha256.ts'
import { problemOfFile, problemOfWriting } from './problem-of-file.ts'
import { targetOf } from './real-target.ts'
import { refusalOf } from './refusal.ts'
import { planning } from './when-needed.ts'

/** What `openFileJournal` does where the file is missing, and what it tells of locks. */
export interface OpenFileJournalOptions {
  /** What messages call the file. Default: its path. */
  readonly name?: string | undefined
  /** Whether it is a mistake to name a file that is not there, as where a plan is taken back. Default: false, it is made. */
  readonly mustExist?: boolean | undefined
  /**
   * Told, in one line for people, where no lock can be had by what is in the plan, so that a run with a copy of the plan
   * and another journal would not be noticed. What it throws is ignored. Default: nothing is said.
   */
  readonly onRemark?: ((line: string) => void) | undefined
  /** For the times of entries, in milliseconds since the epoch. Default: the system's clock. */
  readonly now?: (() => number) | undefined
}

/** A journal in a file that no other run writes meanwhile. */
export interface FileJournal extends Journal {
  /** What was in it when it was opened, as `state` of `applyPlan` and `applyUndo`; undefined where nothing was begun. */
  readonly state: JournalState | undefined
  /** Resolves when the entry is on the disk. Rejects where it cannot be, or where the lock of the file was taken away. */
  readonly append: Journal['append']
  /** One run of a plan at a time on this machine, whatever copies of it, and whatever journals, there are. */
  readonly acquire: (plan: string) => Promise<JournalLease>
  /** Why the last entry could not be written; undefined where there was no such thing. */
  readonly failure: () => FileFailure | undefined
  /**
   * Closes the file and gives its lock back. To be called whatever has happened; a second call does nothing more. A file that
   * was made for this run, and in which nothing was written down, goes. Rejects with a `LicenseException` around a
   * `FileFailure` where the system refuses.
   */
  readonly close: () => Promise<void>
}

/** Characters that are written at once. */
const PIECE_LENGTH = 1_048_576

/** What ends the opening of a journal, on its way out of it. */
const Refusal = refusalOf<PlanFailure>()

const unavailable = (message: string): Error => new Refusal({ _tag: 'JournalUnavailable', message })

const invalid = (name: string, path: string, expected: string, problem: string): Error =>
  new Refusal({ _tag: 'InvalidInput', path, expected, message: `${name}: ${problem}` })

/** A failure of all that is in a journal, by the journal's name. */
const named = (name: string, { also, ...failure }: PlanFailure): Error => {
  const about = <A extends PlanFailure>(one: A): A => ({ ...one, message: `${name}: ${one.message}` })
  return new Refusal({ ...about(failure), ...(also === undefined ? {} : { also: also.map(about) }) })
}

const isPlan = async (text: string): Promise<boolean> => {
  try {
    const { readPlan } = await planning()
    return E.isRight(await readPlan(JSON.parse(text))())
  } catch {
    return false
  }
}

/** What the entries in it come to, where they are as they were written. */
const stateIn = async (name: string, text: string): Promise<JournalState | undefined> => {
  const { readJournal, readPlan } = await planning()
  const read = await readJournal(text, { sha256: nodeSha256 })()
  if (E.isLeft(read)) {
    throw (await isPlan(text))
      ? invalid(name, '', 'a journal', `it is a plan, and not the journal of one; expected ${name}.journal`)
      : named(name, read.left)
  }
  const state = read.right
  if (state === undefined) return state
  const plan = await readPlan(state.plan, { sha256: nodeSha256 })()
  if (E.isRight(plan)) return state
  throw named(name, plan.left)
}

const textIn = async (path: string, name: string): Promise<string> => {
  const text = journalTextOf(await readFile(path))
  if (E.isRight(text)) return text.right
  throw invalid(name, `line ${text.left}`, 'UTF-8', `not a journal: line ${text.left}: not UTF-8`)
}

const makeSureOfOneName = async (handle: FileHandle, name: string): Promise<void> => {
  const { nlink } = await handle.stat()
  if (nlink <= 1) return
  throw unavailable(
    `${name}: expected a file with one name, found ${nlink} (hard links): a lock by one name is not seen by another; copy it, and use the copy`,
  )
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

const openLocked = async (
  path: string,
  name: string,
  lock: FileLock,
  onRemark: (line: string) => void,
  now: (() => number) | undefined,
): Promise<FileJournal> => {
  const { handle, isNew } = await openToAppend(path)
  try {
    await makeSureOfOneName(handle, name)
    const text = await textIn(path, name)
    const state = await stateIn(name, text)
    const { createJournalInPieces } = await planning()
    // A line that a crash cut off ends here, so that the next one is by itself.
    let separator = text === '' || text.endsWith('\n') ? '' : '\n'
    let failure: FileFailure | undefined
    let closing: Promise<void> | undefined
    const append = async (lines: Iterable<string>): Promise<void> => {
      if (closing !== undefined) throw new Error('the journal is closed')
      await lock.check()
      try {
        await handle.appendFile(separator)
        for (const piece of inPieces(lines, PIECE_LENGTH)) await handle.appendFile(piece)
        separator = ''
        await handle.sync()
      } catch (error) {
        failure = failureOfWriting(error, name)
        throw new Error(problemOfFile(error), { cause: error })
      }
    }
    const close = async (): Promise<void> => {
      try {
        // A run that was told to wait, or was not agreed to, leaves nothing behind.
        const isUnused = isNew && (await handle.stat()).size === 0
        await handle.close()
        if (isUnused) {
          await lock.check().then(
            () => evenWhileInUse(() => rm(path, { force: true })),
            () => {},
          )
        }
      } finally {
        await lock.release()
      }
    }
    return {
      ...createJournalInPieces(append, { text, now, sha256: nodeSha256 }),
      state,
      acquire: (plan) => leasePlan(plan, onRemark),
      failure: () => failure,
      close: () => {
        closing ??= close().catch((error: unknown) => {
          throw new LicenseException(failureOfWriting(error, name))
        })
        return closing
      },
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

const makeSureThatItIsThere = async (path: string, name: string): Promise<void> => {
  const problem = await stat(path).then(
    (found) => (found.isFile() ? undefined : 'it is not a file'),
    (error) => problemOfFile(error),
  )
  if (problem === undefined) return
  const message = `${name}: cannot read the journal: ${problem}`
  throw new Refusal({ _tag: 'JournalUnavailable', message, fault: 'notThere' })
}

const failureOf = (error: unknown, name: string): PlanFailure => {
  if (error instanceof Refusal) return error.failure
  const message = `${name}: cannot write the journal: ${problemOfWriting(error, name)}`
  const isFull = failureOfWriting(error, name)._tag === 'NoRoom'
  return { _tag: 'JournalUnavailable', message, ...(isFull ? { fault: 'noRoom' } : {}) }
}

/**
 * Opens a journal in a file for this run alone, and reads what is in it. The lock (`FILE.lock`) is beside the file that all
 * symbolic links lead to; that of a run that was killed is taken over where this can be seen from here. Nothing that is in
 * the file is ever changed: entries are added, and an entry is durable when its `append` resolves. The file is for its
 * owner alone (mode 0600; on Windows it is as private as its folder).
 *
 * `JournalUnavailable`: it cannot be had, read or written. `AlreadyRunning`: another run has it. `InvalidInput`, `Tampered`:
 * it is no journal, or not as it was written. Then nothing is left open.
 *
 * It takes no signal and no deadline: it does not wait for another run, and giving up a call of the system halfway would
 * leave a lock behind that no one gives back.
 */
export const openFileJournal =
  (path: string, options?: OpenFileJournalOptions): TaskEither<PlanFailure, FileJournal> =>
  async () => {
    const { name = path || 'the journal', mustExist = false, onRemark, now } = options ?? {}
    try {
      if (mustExist) await makeSureThatItIsThere(checkedPath(path), name)
      const file = targetOf(path)
      const lock = await lockFile(`${file}.lock`)
      if (E.isLeft(lock)) {
        const lockName = `${file === path ? name : file}.lock`
        const message = `${name}: ${heldText('this journal', lock.left, lockName)}`
        return E.left({ _tag: 'AlreadyRunning', message })
      }
      try {
        return E.right(await openLocked(file, name, lock.right, onlooker(onRemark), now))
      } catch (error) {
        await lock.right.release()
        throw error
      }
    } catch (error) {
      return E.left(failureOf(error, name))
    }
  }

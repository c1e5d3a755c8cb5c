import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { DamagedJournal, KnownJournals } from '../snapshot/index.ts'
import { checkedPath, type FileFailure } from './file-failure.ts'
import { failureOfFolder } from './folder-failure.ts'
import { journalTextOf } from './journal-text.ts'
import { nodeSha256 } from './node-sha256.ts'
import { problemOfFile } from './problem-of-file.ts'
import { planning } from './when-needed.ts'

type OneHistory = NonNullable<KnownJournals['plans']>[number]

/** The journals in a folder, as `diffSnapshots` and `createTrend` take them. */
export interface JournalFolder extends Required<KnownJournals> {
  /** Of the journals in which something was begun, by the names of their files. */
  readonly plans: NonNullable<KnownJournals['plans']>
  readonly damagedJournals: readonly DamagedJournal[]
  /** The names of all files that were read. */
  readonly files: readonly string[]
}

const SUFFIX = '.journal'
/** What every journal begins with, also one that has another name. */
const FIRST = Buffer.from('{"entry":"begin"')

const beginsAsJournal = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(FIRST.length), 0, FIRST.length, 0)
    return bytesRead === FIRST.length && buffer.equals(FIRST)
  } finally {
    await file.close()
  }
}

const isJournal = async (path: string, name: string): Promise<boolean> => {
  // What is no regular file may have no end.
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isFile) return false
  return name.endsWith(SUFFIX) || (await beginsAsJournal(path).catch(() => false))
}

const planNameOf = (name: string): string => (name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name)

type Read = E.Either<string, OneHistory | undefined>

const readOne = async (path: string, name: string): Promise<Read> => {
  try {
    const text = journalTextOf(await readFile(path))
    if (E.isLeft(text)) return E.left(`line ${text.left}: not UTF-8`)
    const { readPlanHistory, failureLines } = await planning()
    const history = await readPlanHistory(text.right, { name: planNameOf(name), sha256: nodeSha256 })()
    return E.isLeft(history) ? E.left(failureLines(history.left).join('; ')) : history
  } catch (error) {
    return E.left(problemOfFile(error))
  }
}

/**
 * Reads the journals in a folder: files that end in `.journal`, and others that begin as journals do. Nothing is locked or
 * changed: a run that is at work goes on, and its journal is unfinished. A journal that cannot be used is in
 * `damagedJournals`. Fails where the folder itself cannot be listed.
 */
export const readJournalFolder =
  (path: string): TaskEither<FileFailure, JournalFolder> =>
  async () => {
    try {
      const plans: OneHistory[] = []
      const damagedJournals: DamagedJournal[] = []
      const files: string[] = []
      for (const name of (await readdir(checkedPath(path))).filter((one) => !one.startsWith('.')).sort()) {
        const file = join(path, name)
        if (!(await isJournal(file, name))) continue
        files.push(name)
        const read = await readOne(file, name)
        if (E.isLeft(read)) damagedJournals.push({ name, problem: read.left })
        else if (read.right !== undefined) plans.push(read.right)
      }
      return E.right({ plans, damagedJournals, files })
    } catch (error) {
      return E.left(failureOfFolder(error, path))
    }
  }

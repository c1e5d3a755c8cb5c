import { type FileHandle, open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Journal, type JournalEntry, journalLine } from '../plan/index.ts'
import type { Environment } from './environment.ts'
import { readJournalText } from './input/journal-text.ts'
import { problemOfFile } from './input/text-file.ts'
import { lockJournal } from './journal-lock.ts'
import { UsageError } from './usage-error.ts'

/** A journal that nobody else writes meanwhile. */
export interface JournalFile extends Journal {
  /** What was in it when it was opened. */
  readonly text: string
  readonly close: () => Promise<void>
}

/** Entries that come while the disk is busy are made durable together. */
const appendTo = (handle: FileHandle): Journal => {
  let waiting: string[] = []
  let flushing: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
    const lines = waiting
    waiting = []
    flushing = undefined
    await handle.appendFile(lines.join(''))
    await handle.sync()
  }
  return {
    append: (entry: JournalEntry) => {
      waiting.push(journalLine(entry, Date.now()))
      if (flushing === undefined) {
        flushing = last.then(flush)
        last = flushing
      }
      return flushing
    },
  }
}

const openLocked = async (path: string, name: string, unlock: () => Promise<void>): Promise<JournalFile> => {
  const handle = await open(path, 'a', 0o600)
  const text = await readJournalText(path, name).catch(async (error: unknown) => {
    await handle.close()
    throw error
  })
  // A line that a crash cut off ends here, so that the next one is by itself.
  if (text !== '' && !text.endsWith('\n')) await handle.appendFile('\n')
  return {
    ...appendTo(handle),
    text,
    close: async () => {
      await handle.close()
      await unlock()
    },
  }
}

/**
 * Opens a journal for this run alone; nothing that is in it is ever changed. An entry is durable when its `append`
 * resolves. `mustExist`: it is a mistake to name one that is not there.
 */
export const openJournalFile = async (
  name: string,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
  { mustExist = false }: { readonly mustExist?: boolean } = {},
): Promise<JournalFile> => {
  const path = resolve(workingDirectory, name)
  const refuse = (error: unknown): never => {
    if (error instanceof UsageError) throw error
    throw new UsageError([`${name}: cannot write the journal: ${problemOfFile(error)}`])
  }
  if (mustExist) {
    const problem = await stat(path).then((found) => (found.isFile() ? undefined : 'it is not a file'), problemOfFile)
    if (problem !== undefined) {
      const expected = 'expected the file that "seatlens apply" has written, PLAN.journal'
      throw new UsageError([`${name}: cannot read the journal: ${problem}; ${expected}`])
    }
  }
  const unlock = await lockJournal(path, name).catch(refuse)
  return openLocked(path, name, unlock).catch(async (error: unknown) => {
    await unlock()
    return refuse(error)
  })
}

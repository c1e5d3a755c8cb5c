import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { type Journal, type JournalEntry, journalLine } from '../plan/index.ts'
import { errorCodeOf } from './error-code.ts'
import { UsageError } from './usage-error.ts'

/** A journal that is being written. */
export interface JournalFile extends Journal {
  readonly close: () => Promise<void>
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCodeOf(error) === 'EPERM'
  }
}

/** Keeps two runs from writing one journal. The lock of a run that was killed is taken over. */
const lock = async (path: string): Promise<() => Promise<void>> => {
  const file = `${path}.lock`
  const take = () => open(file, 'wx', 0o600)
  const handle = await take().catch(async (error: unknown) => {
    if (errorCodeOf(error) !== 'EEXIST') throw error
    const pid = Number(await readFile(file, 'utf8'))
    if (Number.isInteger(pid) && pid > 0 && pid !== process.pid && isRunning(pid)) {
      throw new UsageError([`${path}: another run is at work with this journal (process ${pid})`])
    }
    await rm(file, { force: true })
    return take()
  })
  await handle.writeFile(String(process.pid))
  await handle.close()
  return () => rm(file, { force: true })
}

/** The end of a line that a crash cut off. */
const startOnNewLine = async (handle: FileHandle, path: string): Promise<void> => {
  const text = await readFile(path, 'utf8')
  if (text !== '' && !text.endsWith('\n')) await handle.appendFile('\n')
}

/**
 * Opens a journal for appending; nothing in it is ever changed. An entry is durable when its `append` resolves: those
 * that come while the disk is busy are made durable together.
 */
export const openJournalFile = async (path: string, now: () => number = Date.now): Promise<JournalFile> => {
  const unlock = await lock(path)
  const handle = await open(path, 'a', 0o600)
  await startOnNewLine(handle, path)
  let waiting: string[] = []
  let flushing: Promise<void> | undefined

  const flush = async (): Promise<void> => {
    // Whatever is appended in this very turn goes with it.
    await Promise.resolve()
    const lines = waiting
    waiting = []
    flushing = undefined
    await handle.appendFile(lines.join(''))
    await handle.sync()
  }
  let last: Promise<void> = Promise.resolve()
  return {
    append: (entry: JournalEntry) => {
      waiting.push(journalLine(entry, now()))
      if (flushing === undefined) {
        flushing = last.then(flush)
        last = flushing
      }
      return flushing
    },
    close: async () => {
      await last.catch(() => {})
      await handle.close()
      await unlock()
    },
  }
}

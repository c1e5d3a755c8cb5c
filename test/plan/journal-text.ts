import * as E from 'fp-ts/lib/Either.js'
import { createJournal, type JournalEntry, type JournalState, readJournal } from '../../src/plan/index.ts'

/** Adds entries to the text of a journal. */
export const added = async (text: string, ...entries: readonly JournalEntry[]): Promise<string> => {
  let all = text
  const append = async (lines: string) => {
    all += lines
  }
  const journal = createJournal(append, { text, now: () => 0 })
  for (const entry of entries) await journal.append(entry)
  return all
}

/** A line as version 0.1 has written it: without a hash. */
export const oldLine = ({ entry, ...rest }: JournalEntry): string => {
  const format = entry === 'begin' ? { format: 'seatlens-journal', schemaVersion: 1 } : {}
  return `${JSON.stringify({ entry, ...format, at: '2026-11-20T10:00:00.000Z', ...rest })}\n`
}

/** What a journal of these entries says. */
export const stateOf = async (entries: readonly JournalEntry[]): Promise<JournalState> => {
  const read = await readJournal(await added('', ...entries))()
  if (E.isLeft(read) || read.right === undefined) throw new Error('the journal cannot be read')
  return read.right
}

import { type AssignmentOutcome, JournalEntry } from 'seatlens'
import type { JournalLine } from './store/journal.ts'

/** The entry in a line of a journal. */
export const entryOf = ({ entry }: JournalLine): JournalEntry => {
  const decoded = JournalEntry.decode(JSON.parse(entry))
  if (decoded._tag === 'Left') throw new Error('the journal has a line that is none')
  return decoded.right
}

/** Counts what the journal of a plan tells, line by line. */
export const openTally = () => {
  const results = {
    outcome: new Map<number, AssignmentOutcome['result']>(),
    takenBack: new Map<number, AssignmentOutcome['result']>(),
  }
  /** What undo gives back besides. */
  const lost = new Set<string>()
  return {
    enter: (entry: JournalEntry): void => {
      if (entry.entry === 'outcome' || entry.entry === 'takenBack') results[entry.entry].set(entry.change, entry.result)
      if (entry.entry !== 'implicit') return
      for (const { licenseId, free } of entry.lost) if (!free) lost.add(JSON.stringify([entry.userId, licenseId]))
    },
    /** How many changes have an outcome, of how many: of `changes`, or of those that are taken back. */
    progress: (changes: number, isUndo: boolean): { readonly done: number; readonly total: number } => {
      const { outcome, takenBack } = results
      if (!isUndo) return { done: outcome.size, total: changes }
      const made = [...outcome.values()].filter((result) => result !== 'refused' && result !== 'alreadySo').length
      return { done: takenBack.size, total: Math.max(takenBack.size, made + lost.size) }
    },
    /** How many changes have which outcome. `takenBack`: of them, how many were taken back. */
    counts: (): Readonly<Record<string, number>> => {
      const counts: Record<string, number> = {}
      for (const result of results.outcome.values()) counts[result] = (counts[result] ?? 0) + 1
      const back = [...results.takenBack.values()].filter((result) => result !== 'refused' && result !== 'unknown')
      return back.length === 0 ? counts : { ...counts, takenBack: back.length }
    },
  }
}

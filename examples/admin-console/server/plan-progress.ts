import { type AssignmentOutcome, describeError, JournalEntry, type Plan } from 'seatlens'
import type { JournalLine } from './store/journal.ts'

type Result = AssignmentOutcome['result']

/** What became of one change, or of taking it back. A later one of the same change takes its place. */
export interface Outcome {
  /** The change's place in the journal: its key. */
  readonly change: number
  readonly user: string
  readonly userId: string
  readonly license: string
  readonly licenseId: string
  readonly action: 'assign' | 'remove'
  readonly outcome: Result
  /** Why it was refused or is unknown, for people. */
  readonly reason?: string
  /** The change was taken back. */
  readonly undo?: true
}

type Change = Pick<Outcome, 'user' | 'userId' | 'license' | 'licenseId' | 'action'>

const opposite = { assign: 'remove', remove: 'assign' } as const

/**
 * Follows the journal of a plan line by line. The journal is all that is needed to show a run: to a browser that comes later,
 * at another server, and after a server was killed.
 */
export const followPlan = ({ changes }: Pick<Plan, 'changes'>) => {
  const applied = new Map<number, Result>()
  const takenBack = new Map<number, Result>()
  const people = new Map(changes.map(({ userId, user }) => [userId, user]))
  // Seats that users lost implicitly have the places after the changes, in the order in which they are first named.
  const lost = new Map<string, Change>()
  const changeAt = (place: number): Change | undefined => changes[place] ?? [...lost.values()][place - changes.length]

  return {
    /** What the line tells of a change; undefined where it tells of none. */
    enter: ({ entry: text }: JournalLine): Outcome | undefined => {
      const entry: unknown = JSON.parse(text)
      if (!JournalEntry.is(entry)) return undefined
      if (entry.entry === 'implicit') {
        for (const { licenseId, license, free } of entry.lost) {
          const key = JSON.stringify([entry.userId, licenseId])
          const user = people.get(entry.userId) ?? entry.userId
          if (!free && !lost.has(key)) {
            lost.set(key, { user, userId: entry.userId, license, licenseId, action: 'remove' })
          }
        }
        return undefined
      }
      if (entry.entry !== 'outcome' && entry.entry !== 'takenBack') return undefined
      const isUndo = entry.entry === 'takenBack'
      const results = isUndo ? takenBack : applied
      results.set(entry.change, entry.result)
      const change = changeAt(entry.change)
      if (change === undefined) return undefined
      const { user, userId, license, licenseId, action } = change
      return {
        change: entry.change,
        ...{ user, userId, license, licenseId },
        action: isUndo ? opposite[action] : action,
        outcome: entry.result,
        ...(entry.reason === undefined ? {} : { reason: describeError(entry.reason) }),
        ...(isUndo ? { undo: true } : {}),
      }
    },
    /** How many changes have an outcome, of how many: of the plan, or of those that are taken back. */
    progress: (isUndo: boolean): { readonly done: number; readonly total: number } => {
      if (!isUndo) return { done: applied.size, total: changes.length }
      const made = [...applied.values()].filter((result) => result !== 'refused' && result !== 'alreadySo').length
      return { done: takenBack.size, total: Math.max(takenBack.size, made + lost.size) }
    },
    /** How many changes have which outcome. `takenBack`: of them, how many were taken back. */
    counts: (): Readonly<Record<string, number>> => {
      const counts: Record<string, number> = {}
      const count = (word: string) => {
        counts[word] = (counts[word] ?? 0) + 1
      }
      for (const result of applied.values()) count(result)
      for (const result of takenBack.values()) if (result !== 'refused' && result !== 'unknown') count('takenBack')
      return counts
    },
  }
}

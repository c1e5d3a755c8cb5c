import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import { demand } from '../model/invalid-input.ts'
import type { LicenseError } from '../model/license-error.ts'
import { openLosses } from './journal.ts'
import { JournalEntry } from './journal-entry.ts'
import { Plan, type PlannedChange } from './plan.ts'

/** What one entry of a journal tells of a change. */
export interface JournaledOutcome extends Pick<PlannedChange, 'userId' | 'user' | 'licenseId' | 'license'> {
  /**
   * The change's place in the journal: with `undo`, the key of the outcome. A later outcome with the same key takes its place.
   * Changes of the plan have their places in it; purchased licenses that users lost implicitly come after them.
   */
  readonly place: number
  /** What was done: of a change that is taken back, the opposite of the change. */
  readonly action: PlannedChange['action']
  /** Of taking back, `applied` and `alreadySo` mean that the change is taken back. */
  readonly result: AssignmentOutcome['result']
  /** Why it was refused or is unknown. */
  readonly reason?: LicenseError | undefined
  /** The change was taken back. Absent: it was made. */
  readonly undo?: true | undefined
}

const opposite = { assign: 'remove', remove: 'assign' } as const

/**
 * Follows the journal of a plan entry by entry, for a display of a run that works in another process, or that begins in the
 * middle of a run. It must be given every entry in order, also those that tell of no change: these it answers with undefined.
 * Whether the journal is as it was written, `readJournal` checks. Throws a `LicenseException` with `InvalidInput` if the plan
 * or an entry is none.
 */
export const followJournal = (plan: Plan): ((entry: JournalEntry) => JournaledOutcome | undefined) => {
  demand(Plan.is(plan), 'plan', 'a plan, as readPlan gives it')
  const losses = openLosses(plan)
  const people = new Map(plan.changes.map(({ userId, user }) => [userId, user]))
  const changeAt = (place: number): Omit<JournaledOutcome, 'place' | 'result'> | undefined => {
    const change = plan.changes[place]
    if (change !== undefined) {
      const { userId, user, licenseId, license, action } = change
      return { userId, user, licenseId, license, action }
    }
    const loss = losses.all()[place - plan.changes.length]
    if (loss === undefined) return undefined
    const { userId, licenseId, license } = loss
    return { userId, user: people.get(userId) ?? userId, licenseId, license, action: 'remove' }
  }
  return (entry) => {
    demand(JournalEntry.is(entry), 'entry', 'an entry of a journal')
    if (entry.entry === 'implicit') losses.enter(entry)
    if (entry.entry !== 'outcome' && entry.entry !== 'takenBack') return undefined
    const change = changeAt(entry.change)
    if (change === undefined) return undefined
    const isUndo = entry.entry === 'takenBack'
    return {
      ...change,
      place: entry.change,
      action: isUndo ? opposite[change.action] : change.action,
      result: entry.result,
      ...(entry.reason === undefined ? {} : { reason: entry.reason }),
      ...(isUndo ? { undo: true } : {}),
    }
  }
}

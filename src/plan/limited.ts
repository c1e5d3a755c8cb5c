import { groupedBy } from '../model/grouped-by.ts'
import type { PlannedChange } from './plan.ts'

/** The changes that a limit allows, and how many it leaves out. */
export interface Limited {
  readonly changes: readonly PlannedChange[]
  readonly leftOut: number
}

/** At most `limit` changes, in their order. Either all changes of a user are kept or none, so that no swap is split. */
export const limited = (changes: readonly PlannedChange[], limit: number): Limited => {
  const taken = new Set<string>()
  let free = limit
  for (const [userId, ofUser] of groupedBy(changes, (change) => change.userId)) {
    if (ofUser.length > free) continue
    free -= ofUser.length
    taken.add(userId)
  }
  const kept = changes.filter(({ userId }) => taken.has(userId))
  return { changes: kept, leftOut: changes.length - kept.length }
}

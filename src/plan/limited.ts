import { groupedBy } from '../model/grouped-by.ts'
import type { PlannedChange } from './plan.ts'
import { keyOfSeat } from './seat.ts'

/** The changes that a limit allows, and how many it leaves out. */
export interface Limited {
  readonly changes: readonly PlannedChange[]
  readonly leftOut: number
}

/** What is kept or left out together: all changes of a user, so that no swap is split. A seat of a finding stands alone. */
const keyOf = ({ userId, finding, ...seat }: PlannedChange): string =>
  finding === undefined ? userId : keyOfSeat({ userId, ...seat })

/** At most `limit` changes, in their order. Either all changes of a user are kept or none, but for seats of findings. */
export const limited = (changes: readonly PlannedChange[], limit: number): Limited => {
  const taken = new Set<string>()
  let free = limit
  for (const [key, together] of groupedBy(changes, keyOf)) {
    if (together.length > free) continue
    free -= together.length
    taken.add(key)
  }
  const kept = changes.filter((change) => taken.has(keyOf(change)))
  return { changes: kept, leftOut: changes.length - kept.length }
}

import type { AssignmentChange, CallingProperties } from '../../contract/assignment-change.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Holdings } from './change-adapter.ts'

/** One seat that is to be given or taken, with all the changes that ask for it. */
export interface Wanted {
  readonly change: AssignmentChange
  readonly copies: readonly AssignmentChange[]
}

/** All that is to change for one user. */
export interface UserChanges {
  readonly userId: string
  readonly wanted: readonly Wanted[]
  /** Changes of one license that contradict each other. */
  readonly contradictory: readonly AssignmentChange[]
}

const sameCalling = (one: CallingProperties = {}, other: CallingProperties = {}): boolean =>
  one.locationId === other.locationId && one.phoneNumber === other.phoneNumber && one.extension === other.extension

/** Whether two changes of one seat ask for the same. */
export const asksForTheSame = (one: AssignmentChange, other: AssignmentChange): boolean =>
  one.action === other.action && sameCalling(one.calling, other.calling)

/** Changes user by user, in the order of each user's first change. */
export const changesByUser = (changes: readonly AssignmentChange[]): readonly UserChanges[] =>
  [...groupedBy(changes, ({ userId }) => userId)].map(([userId, own]) => {
    const wanted: Wanted[] = []
    const contradictory: AssignmentChange[] = []
    for (const copies of groupedBy(own, ({ licenseId }) => licenseId).values()) {
      const [change] = copies
      if (copies.every((copy) => asksForTheSame(change, copy))) wanted.push({ change, copies })
      else for (const copy of copies) contradictory.push(copy)
    }
    return { userId, wanted, contradictory }
  })

/** Whether a user who holds these has what the change asks for. */
export const isDone = ({ action, licenseId }: AssignmentChange, held: Holdings): boolean =>
  action === 'assign'
    ? held.licenseIds.includes(licenseId)
    : !held.licenseIds.includes(licenseId) && !held.pendingLicenseIds.includes(licenseId)

/**
 * Whether a change would change nothing; false where that is not known. What a user outside of the organization has not
 * accepted yet is in no reading, and can be taken back.
 */
export const isAlreadySo = (change: AssignmentChange, held: Holdings | undefined): boolean =>
  held !== undefined && isDone(change, held) && (change.action === 'assign' || held.kind === 'internal')

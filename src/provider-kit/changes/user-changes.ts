import type { AssignmentChange, CallingProperties } from '../../contract/assignment-change.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Holdings } from './change-adapter.ts'

/** What an id of a user or a license is compared by; ids of which it is the same are one. */
export type KeyOfId = (id: string) => string

/** Ids that are compared as they are. */
export const asItIs: KeyOfId = (id) => id

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

const changesOf = (own: readonly [AssignmentChange, ...AssignmentChange[]], keyOf: KeyOfId): UserChanges => {
  const wanted: Wanted[] = []
  const contradictory: AssignmentChange[] = []
  for (const copies of groupedBy(own, ({ licenseId }) => keyOf(licenseId)).values()) {
    const [change] = copies
    if (copies.every((copy) => asksForTheSame(change, copy))) wanted.push({ change, copies })
    else for (const copy of copies) contradictory.push(copy)
  }
  return { userId: own[0].userId, wanted, contradictory }
}

/** Changes user by user, in the order of each user's first change; made as they are asked for. */
export function* changesByUser(changes: readonly AssignmentChange[], keyOf: KeyOfId): Generator<UserChanges> {
  for (const own of groupedBy(changes, ({ userId }) => keyOf(userId)).values()) yield changesOf(own, keyOf)
}

/** What a user of the organization itself holds, all of it in force. */
export const internalHoldings = (licenseIds: Iterable<string>): Holdings => ({
  kind: 'internal',
  licenseIds: [...licenseIds],
  pendingLicenseIds: [],
})

/** Whether a license is among those with these ids, however they are written. */
export const isAmong = (ids: readonly string[], id: string, keyOf: KeyOfId): boolean => {
  const key = keyOf(id)
  return ids.some((one) => keyOf(one) === key)
}

/** Whether a user who holds these has what the change asks for. */
export const isDone = ({ action, licenseId }: AssignmentChange, held: Holdings, keyOf: KeyOfId): boolean => {
  const isHeld = isAmong(held.licenseIds, licenseId, keyOf)
  return action === 'assign' ? isHeld : !isHeld && !isAmong(held.pendingLicenseIds, licenseId, keyOf)
}

/**
 * Whether a change would change nothing; false where that is not known. What a user outside of the organization has not
 * accepted yet is in no reading, and can be taken back.
 */
export const isAlreadySo = (change: AssignmentChange, held: Holdings | undefined, keyOf: KeyOfId): boolean =>
  held !== undefined && isDone(change, held, keyOf) && (change.action === 'assign' || held.kind === 'internal')

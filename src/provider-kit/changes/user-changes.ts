import type { AssignmentChange, CallingProperties } from '../../contract/assignment-change.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Holdings } from './change-adapter.ts'

/** The key of an id of a user or a license. Ids with the same key are the same. */
export type KeyOfId = (id: string) => string

/** Ids that are compared as they are. */
export const asItIs: KeyOfId = (id) => id

/** All changes of one user. */
export interface UserChanges {
  readonly userId: string
  /** Seats to be assigned or removed, each with all changes that ask for it. */
  readonly wanted: readonly { readonly change: AssignmentChange; readonly copies: readonly AssignmentChange[] }[]
  /** Changes of one license that contradict each other. */
  readonly contradictory: readonly AssignmentChange[]
}

export type Wanted = UserChanges['wanted'][number]

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

/** Changes by user, in the order of each user's first change. */
export function* changesByUser(changes: readonly AssignmentChange[], keyOf: KeyOfId): Generator<UserChanges> {
  for (const own of groupedBy(changes, ({ userId }) => keyOf(userId)).values()) yield changesOf(own, keyOf)
}

/** The holdings of a user of the organization itself, all of them in force. */
export const internalHoldings = (licenseIds: Iterable<string>): Holdings => ({
  kind: 'internal',
  licenseIds: [...licenseIds],
  pendingLicenseIds: [],
})

/** Whether an id is among others, however they are written. */
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
 * Whether a change would change nothing; false where that is unknown. For a user who is not known to be internal, a removal
 * may always change something: readings do not show invitations that the user has not accepted yet.
 */
export const isAlreadySo = (change: AssignmentChange, held: Holdings | undefined, keyOf: KeyOfId): boolean =>
  held !== undefined && isDone(change, held, keyOf) && (change.action === 'assign' || held.kind === 'internal')

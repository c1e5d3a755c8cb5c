import * as t from 'io-ts'
import type { AssignmentChange } from '../../contract/assignment-change.ts'
import type { KeyOfId } from './user-changes.ts'

const CallingOfChange = t.partial({ locationId: t.string, phoneNumber: t.string, extension: t.string })
const OfUser = t.type({ userId: t.string })
const Change = t.intersection(
  [
    t.type({ action: t.keyof({ assign: null, remove: null }), userId: t.string, licenseId: t.string }),
    t.partial({ calling: CallingOfChange }),
  ],
  'AssignmentChange',
)

/** Changes of a caller, who may work without types. */
export interface GivenChanges {
  readonly sound: readonly AssignmentChange[]
  /** Another action, no user, or no license. */
  readonly malformed: readonly AssignmentChange[]
  /** Changes of users who also have a malformed one: half of what was asked for may do harm. */
  readonly beside: readonly AssignmentChange[]
}

/** Sorts out malformed changes. An unknown action such as `Assign` must not be taken for a removal or an assignment. */
export const givenChanges = (changes: readonly AssignmentChange[], keyOf: KeyOfId): GivenChanges => {
  const malformed = changes.filter((change) => !Change.is(change))
  if (malformed.length === 0) return { sound: changes, malformed, beside: [] }
  const users = new Set(malformed.flatMap((change) => (OfUser.is(change) ? [keyOf(change.userId)] : [])))
  const others = changes.filter(Change.is)
  return {
    sound: others.filter(({ userId }) => !users.has(keyOf(userId))),
    malformed,
    beside: others.filter(({ userId }) => users.has(keyOf(userId))),
  }
}

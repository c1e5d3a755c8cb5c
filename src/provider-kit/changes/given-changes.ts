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

/** Changes as a caller without types may hand them in. */
export interface GivenChanges {
  readonly sound: readonly AssignmentChange[]
  /** What is no change: another action, no user, no license. */
  readonly malformed: readonly AssignmentChange[]
  /** Changes of users of whom another one is malformed: half of what was asked for them may do harm. */
  readonly beside: readonly AssignmentChange[]
}

/** An action that is no removal must not become one, nor one that is no assignment: `Assign`. */
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

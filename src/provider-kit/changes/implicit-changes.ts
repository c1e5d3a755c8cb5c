import type { AssignmentChange, ImplicitChanges } from '../../contract/assignment-change.ts'
import type { Holdings } from './change-adapter.ts'
import type { KeyOfId } from './user-changes.ts'

/**
 * What the vendor changed implicitly for a user: the difference between what the user held directly before a request
 * and directly after it. Undefined where there is none.
 */
export const implicitChanges = (
  before: Holdings | undefined,
  after: Holdings | undefined,
  sent: readonly AssignmentChange[],
  keyOf: KeyOfId,
): ImplicitChanges | undefined => {
  if (before === undefined || after === undefined) return undefined
  const asked = sent.map(({ licenseId }) => licenseId)
  const without = (ids: readonly string[], others: readonly string[]): readonly string[] => {
    const keys = new Set([...others, ...asked].map(keyOf))
    return ids.filter((id) => !keys.has(keyOf(id)))
  }
  const lost = without(before.licenseIds, after.licenseIds)
  const gained = without(after.licenseIds, before.licenseIds)
  return lost.length === 0 && gained.length === 0 ? undefined : { lost, gained }
}

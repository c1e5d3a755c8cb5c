import type { AssignmentChange, ImplicitChanges } from '../../contract/assignment-change.ts'
import type { Holdings } from './change-adapter.ts'

const without = (ids: readonly string[], others: ReadonlySet<string>): readonly string[] =>
  ids.filter((id) => !others.has(id))

/**
 * What the vendor did to a user beyond what was asked, by comparing what they held directly before a request with what
 * they hold directly after it; undefined where that is nothing.
 */
export const implicitChanges = (
  before: Holdings | undefined,
  after: Holdings | undefined,
  sent: readonly AssignmentChange[],
): ImplicitChanges | undefined => {
  if (before === undefined || after === undefined) return undefined
  const asked = new Set(sent.map(({ licenseId }) => licenseId))
  const lost = without(without(before.licenseIds, new Set(after.licenseIds)), asked)
  const gained = without(without(after.licenseIds, new Set(before.licenseIds)), asked)
  return lost.length === 0 && gained.length === 0 ? undefined : { lost, gained }
}

import { type Count, known, unknown } from '../model/count.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { assignedOfUsers } from '../report/assigned.ts'
import { seatsAvailable, seatsInUse } from '../report/seats.ts'
import type { PlannedChange, PlannedLicense } from './plan.ts'
import { countHolders } from './provider-state.ts'

const plus = (count: Count, difference: number): Count =>
  count.kind === 'known' ? known(count.value + difference) : count

/** The licenses that change, before and after. `omits`: the limitations of the list of users. */
export const seatsAfter = (
  changes: readonly PlannedChange[],
  licenses: ReadonlyMap<string, License>,
  users: ReadonlyMap<string, LicensedUser>,
  omits: readonly string[],
): readonly PlannedLicense[] => {
  const holders = countHolders(users.values())
  const gained = new Map<string, number>()
  // The changes have names that tell two licenses of one name apart.
  const names = new Map<string, string>()
  for (const { licenseId, license, action } of changes) {
    gained.set(licenseId, (gained.get(licenseId) ?? 0) + (action === 'assign' ? 1 : -1))
    names.set(licenseId, license)
  }
  return [...gained].flatMap(([id, difference]) => {
    const license = licenses.get(id)
    if (license === undefined) return []
    const listed = holders.get(id) ?? 0
    const before = omits.length === 0 ? known(listed) : unknown(omits.join('; '), listed)
    const inUse = seatsInUse({ ...license, ...assignedOfUsers(license, before) })
    return {
      id,
      name: names.get(id) ?? license.name,
      purchased: license.purchased,
      holders: { before, after: plus(before, difference) },
      available: {
        before: seatsAvailable(license.purchased, inUse),
        after: seatsAvailable(license.purchased, plus(inUse, difference)),
      },
    }
  })
}

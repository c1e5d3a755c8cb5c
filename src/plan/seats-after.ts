import { type Count, known, unknown } from '../model/count.ts'
import { type License, omittedUsers } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { assignedOfUsers } from '../report/assigned.ts'
import { holderIsSeat, seatsAvailable, seatsInUse } from '../report/seats.ts'
import { allOf } from '../report/uncertainty.ts'
import type { PlannedChange, PlannedLicense } from './plan.ts'
import { countHolders } from './provider-state.ts'

const plus = (count: Count, difference: number): Count =>
  count.kind === 'known' ? known(count.value + difference) : count

/** Seats in use after changes. A counter that comes from a bill stays as it is: who loses a seat was billed all the same. */
const inUseAfter = (
  license: License,
  holders: { readonly before: Count; readonly after: Count },
  difference: number,
): Count => {
  const before = seatsInUse({ ...license, ...assignedOfUsers(license, holders.before) })
  return license.consumedFrom !== undefined && difference < 0 && holderIsSeat(license.metric)
    ? seatsInUse({ ...license, ...assignedOfUsers(license, holders.after) })
    : plus(before, difference)
}

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
    const notListed = allOf([...omits, omittedUsers(license)])
    const before = notListed === undefined ? known(listed) : unknown(notListed, listed)
    const after = plus(before, difference)
    const inUse = seatsInUse({ ...license, ...assignedOfUsers(license, before) })
    return {
      id,
      name: names.get(id) ?? license.name,
      purchased: license.purchased,
      holders: { before, after },
      available: {
        before: seatsAvailable(license.purchased, inUse),
        after: seatsAvailable(license.purchased, inUseAfter(license, { before, after }, difference)),
      },
    }
  })
}

import { type Count, notApplicable, unknown } from '../model/count.ts'
import { holdersOf, type License, omittedHolders } from '../model/license.ts'
import { sumOfCounts } from '../model/purchase.ts'
import { quantity } from '../model/quantity.ts'
import type { LicenseRow } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { counted, gapOf } from './uncertainty.ts'

const NOT_TOLD = 'no list of the vendor says which devices hold it'
const NOT_LISTED = 'the workspaces, which may hold it, were not read'

/** What is known of workspaces and other places that may hold a license besides users. */
const heldBesides = ({ workspaces }: ProviderReading, license: License): Count => {
  const { id } = license
  const holders = holdersOf(license)
  if (holders === 'users' && workspaces?.value.held.get(id) === undefined) return notApplicable
  if (workspaces === undefined) return unknown(omittedHolders(license) ?? NOT_LISTED)
  const held = workspaces.value.held.get(id) ?? 0
  if (holders !== 'notTold') return counted(held, gapOf(workspaces.ledger, LIST_NAMES.workspaces))
  const likely = workspaces.value.likely.get(id) ?? 0
  const estimate = likely === 0 ? '' : `; an estimate: ${quantity(likely, 'workspace')}`
  return unknown(`${omittedHolders(license) ?? NOT_TOLD}${estimate}`, held === 0 ? undefined : held)
}

/** The holders of a license that were enumerated, as a report has them. */
export type Assigned = Pick<LicenseRow, 'assigned' | 'assignedUsers'>

/** What is known of holders where the users alone were counted. `users`: with what the lists omit. */
export const assignedOfUsers = (license: License, users: Count): Assigned =>
  holdersOf(license) === 'users'
    ? { assigned: users }
    : { assigned: sumOfCounts([users, unknown(omittedHolders(license) ?? NOT_LISTED)]), assignedUsers: users }

export const assignedOf = (reading: ProviderReading, license: License, gapOfHolders: string | undefined): Assigned => {
  // Nothing could hold it: no license of the vendor is known to be meant.
  if (license.boughtOnly) return { assigned: notApplicable }
  const users = counted(reading.users.value.byLicense.get(license.id) ?? 0, gapOfHolders)
  const besides = heldBesides(reading, license)
  return besides.kind === 'notApplicable'
    ? { assigned: users }
    : { assigned: sumOfCounts([users, besides]), assignedUsers: users }
}

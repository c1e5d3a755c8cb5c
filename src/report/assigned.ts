import { type Count, notApplicable, unknown } from '../model/count.ts'
import type { License } from '../model/license.ts'
import { sumOfCounts } from '../model/purchase.ts'
import { quantity } from '../model/quantity.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { counted, gapOf } from './uncertainty.ts'

const NOT_LISTED = 'the workspaces, which may hold it, were not read'

/** What is known of workspaces and other places that may hold a license besides users. */
const heldBesides = ({ workspaces }: ProviderReading, { id, holders = 'users' }: License): Count => {
  if (holders === 'users' && workspaces?.value.held.get(id) === undefined) return notApplicable
  if (workspaces === undefined) return unknown(NOT_LISTED)
  const held = workspaces.value.held.get(id) ?? 0
  if (holders !== 'notTold') return counted(held, gapOf(workspaces.ledger, LIST_NAMES.workspaces))
  const likely = workspaces.value.likely.get(id) ?? 0
  const estimate = likely === 0 ? '' : `; an estimate: ${quantity(likely, 'workspace')}`
  return unknown(`no list of the vendor says which devices hold it${estimate}`, held === 0 ? undefined : held)
}

/** The holders of a license that were enumerated: users, and workspaces where these may hold it. */
export const assignedOf = (reading: ProviderReading, license: License, gapOfHolders: string | undefined): Count => {
  // Nothing could hold it: no license of the vendor is known to be meant.
  if (license.boughtOnly) return notApplicable
  const users = counted(reading.users.value.byLicense.get(license.id) ?? 0, gapOfHolders)
  const besides = heldBesides(reading, license)
  return besides.kind === 'notApplicable' ? users : sumOfCounts([users, besides])
}

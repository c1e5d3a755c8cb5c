import { type Capacity, type Count, known, leastOf, notApplicable, unknown } from '../model/count.ts'
import type { License, LicenseMetric } from '../model/license.ts'
import type { Assigned } from './assigned.ts'
import type { LicenseRow, Utilization } from './license-report.ts'

/** The metrics by which a holder is a seat in use. By the others a holder is a user who may take a seat. */
const HOLDER_IS_SEAT: Readonly<Record<LicenseMetric, boolean>> = {
  named: true,
  device: true,
  unknown: true,
  concurrent: false,
  consumption: false,
}

export const holderIsSeat = (metric: LicenseMetric): boolean => HOLDER_IS_SEAT[metric]

/** A license, and the holders that were enumerated of it. */
export type HeldSeats = Pick<LicenseRow, 'metric' | 'consumed' | 'assigned' | 'assignedUsers'>

/**
 * Seats in use: the larger of the vendor's counter, which may lag or be missing, and the holders that were enumerated.
 * For shared and metered licenses the vendor's counter alone counts: without it, they are unknown. Where only the
 * workspaces that hold it are unknown, the counter, which has them, counts beside the users.
 */
export const seatsInUse = ({ metric, consumed, assigned, assignedUsers = assigned }: HeldSeats): Count => {
  if (!holderIsSeat(metric)) return consumed
  if (assigned.kind === 'notApplicable') return consumed
  // That there are at least 0 holders says nothing.
  if (metric === 'device' && consumed.kind === 'unknown' && assigned.kind === 'unknown')
    return unknown(consumed.reason, leastOf(assigned) || undefined)
  if (consumed.kind !== 'known') return assigned
  if (assigned.kind === 'known') return known(Math.max(consumed.value, assigned.value))
  if (assignedUsers.kind === 'known') return known(Math.max(consumed.value, assignedUsers.value))
  return unknown(assigned.reason, Math.max(consumed.value, assigned.atLeast ?? 0))
}

/** What is left: negative if more is in use than was purchased. */
export const seatsAvailable = (purchased: Capacity, inUse: Count): Capacity => {
  if (purchased.kind !== 'known') return purchased.kind === 'unknown' ? unknown(purchased.reason) : purchased
  if (inUse.kind === 'known') return known(purchased.value - inUse.value)
  // A lower bound of what is in use is an upper bound of what is left, which a Count cannot say.
  return inUse.kind === 'unknown' ? unknown(inUse.reason) : notApplicable
}

/** The part of the purchased seats that is in use. Of no purchased seats, no part can be in use. */
export const utilizationOf = (purchased: Capacity, inUse: Count): Utilization => {
  if (purchased.kind === 'unknown') return unknown(purchased.reason)
  if (purchased.kind !== 'known' || purchased.value === 0 || inUse.kind === 'notApplicable') return notApplicable
  return inUse.kind === 'known' ? known(inUse.value / purchased.value) : unknown(inUse.reason)
}

/** All that follows from a license and the number of its holders. */
export const seatsOf = (license: Pick<License, 'metric' | 'purchased' | 'consumed'>, assigned: Assigned) => {
  const inUse = seatsInUse({ ...license, ...assigned })
  return {
    purchased: license.purchased,
    consumed: license.consumed,
    ...assigned,
    available: seatsAvailable(license.purchased, inUse),
    utilization: utilizationOf(license.purchased, inUse),
  }
}

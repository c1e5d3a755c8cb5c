import type { Count } from '../model/count.ts'
import type { License } from '../model/license.ts'
import type { Discrepancy } from './license-report.ts'

/**
 * Where the vendor's counter of users says another number than its own list of holders. Neither is partial because of it:
 * counters lag, and some count nothing for certain licenses.
 */
export const discrepancyOf = (
  { metric, consumed, consumedByUsers = consumed }: Pick<License, 'metric' | 'consumed' | 'consumedByUsers'>,
  assigned: Count,
): Discrepancy | undefined => {
  // For other metrics the two count different things: seats in use and users who may take one, or devices and people.
  if (metric !== 'named' || consumedByUsers.kind !== 'known' || assigned.kind !== 'known') return undefined
  const difference = consumedByUsers.value - assigned.value
  return difference === 0 ? undefined : { consumedByUsers: consumedByUsers.value, assigned: assigned.value, difference }
}

import type { Count } from '../model/count.ts'
import type { License } from '../model/license.ts'
import type { Discrepancy } from './license-report.ts'

/**
 * Where the vendor's counter of users says another number than its own list of holders. Neither is partial because of it:
 * counters lag, and some count nothing for certain licenses.
 */
export const discrepancyOf = (
  {
    metric,
    consumed,
    consumedByUsers = consumed,
    consumedFrom,
  }: Pick<License, 'metric' | 'consumed' | 'consumedByUsers' | 'consumedFrom'>,
  assigned: Count,
): Discrepancy | undefined => {
  // For other metrics the two count different things: seats in use and users who may take one, or devices and people.
  // What was billed is of a period, and not of now.
  if (consumedFrom !== undefined) return undefined
  if (metric !== 'named' || consumedByUsers.kind !== 'known' || assigned.kind !== 'known') return undefined
  const difference = consumedByUsers.value - assigned.value
  return difference === 0 ? undefined : { consumedByUsers: consumedByUsers.value, assigned: assigned.value, difference }
}

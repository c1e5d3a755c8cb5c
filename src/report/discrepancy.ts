import type { Count } from '../model/count.ts'
import type { License } from '../model/license.ts'
import type { Discrepancy } from './license-report.ts'

/**
 * Where the vendor's counter of users says another number than its own list of users who hold it. Neither is partial because of it:
 * counters lag, and some count nothing for certain licenses.
 */
export const discrepancyOf = (
  {
    metric,
    consumed,
    consumedByUsers = consumed,
    consumedFrom,
  }: Pick<License, 'metric' | 'consumed' | 'consumedByUsers' | 'consumedFrom'>,
  users: Count,
): Discrepancy | undefined => {
  // For other metrics the two count different things: seats in use and users who may take one, or devices and people.
  // What was billed is of a period, and not of now.
  if (consumedFrom !== undefined) return undefined
  if (metric !== 'named' || consumedByUsers.kind !== 'known' || users.kind !== 'known') return undefined
  const difference = consumedByUsers.value - users.value
  return difference === 0 ? undefined : { consumedByUsers: consumedByUsers.value, assigned: users.value, difference }
}

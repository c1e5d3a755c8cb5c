import type { Seat } from '../../model/licensed-user.ts'

/** The day of a time in UTC: a seat is held for weeks, and not for minutes. */
export const dayText = (time: string): string => time.slice(0, 'YYYY-MM-DD'.length)

/** `≤ 2026-03-01`: on that day or earlier. */
export const noLaterThan = (time: string): string => `≤ ${dayText(time)}`

/** Since when a user has a seat, for people; undefined where it is not known. */
export const heldSinceText = ({ assignedAt, firstSeenAt }: Seat): string | undefined => {
  if (assignedAt !== undefined) return dayText(assignedAt)
  return firstSeenAt === undefined ? undefined : noLaterThan(firstSeenAt)
}

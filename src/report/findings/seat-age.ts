import { seatOf } from '../../model/licensed-user.ts'
import { momentOf } from '../../model/moment.ts'
import { quantity } from '../../model/quantity.ts'
import type { UserRow } from '../license-report.ts'
import type { FindingContext } from './finding-context.ts'
import { DAY_MS } from './judge-activity.ts'

/** Each field that says something of when a seat began. */
export type StartField = 'assignedAt' | 'createdAt' | 'hiredAt' | 'firstSeenAt'

interface Start {
  readonly field: StartField
  readonly at: string
  /** In milliseconds since 1970. */
  readonly moment: number
}

/** How long a user has had a seat, as far as it matters to judge what the user does with it. */
export type SeatAge =
  /** It began less than the grace days ago, or is still to begin. */
  | { readonly kind: 'new' }
  /**
   * It began longer ago, or there is no grace and it does not matter. `isHeld`: the seat or the account is so old. Else only the
   * person is so long with the organization, who may have got the account yesterday.
   */
  | { readonly kind: 'old'; readonly start: Start | undefined; readonly isHeld: boolean }
  | { readonly kind: 'unknown' }

const startOf = (field: StartField, at: string | undefined): Start | undefined => {
  const moment = momentOf(at)
  // Programs write the zero of some clock for a time that there is not.
  return at === undefined || moment === undefined || moment <= DAY_MS ? undefined : { field, at, moment }
}

/** Whether it began before the grace days; undefined if no time is known. */
export const isSinceGrace = (
  at: string | undefined,
  { now, graceDays }: Pick<FindingContext, 'now' | 'graceDays'>,
): boolean | undefined => {
  const start = startOf('createdAt', at)
  return start && now - start.moment >= graceDays * DAY_MS
}

const newest = (...starts: readonly (Start | undefined)[]): Start | undefined =>
  starts.reduce(
    (last, start) => (last === undefined || (start && start.moment > last.moment) ? start : last),
    undefined,
  )

/**
 * A seat began on the newest of the days on which it was assigned, the account was created and the person was hired: what is
 * older than one of them cannot be. That it was seen in a snapshot long ago shows that it is at least so old, whatever date of
 * assignment a vendor has renewed; that it was first seen lately shows nothing.
 */
export const seatAge = (
  user: UserRow,
  licenseId: string,
  { now, graceDays }: Pick<FindingContext, 'now' | 'graceDays'>,
): SeatAge => {
  const { assignedAt, firstSeenAt } = seatOf(user, licenseId) ?? {}
  const isOld = ({ moment }: Start): boolean => now - moment >= graceDays * DAY_MS
  const told = newest(startOf('assignedAt', assignedAt), startOf('createdAt', user.createdAt))
  const seen = startOf('firstSeenAt', firstSeenAt)
  const held = seen !== undefined && isOld(seen) && (told === undefined || !isOld(told)) ? seen : told
  const start = newest(held, startOf('hiredAt', user.hiredAt))
  if (start !== undefined && !isOld(start)) return { kind: 'new' }
  if (graceDays === 0) return { kind: 'old', start, isHeld: true }
  return start === undefined ? { kind: 'unknown' } : { kind: 'old', start, isHeld: held !== undefined }
}

/** Why a rule abstains from holders who have a seat that is too new. */
export const tooNewText = (holders: number, { graceDays }: Pick<FindingContext, 'graceDays'>): string | undefined => {
  if (holders === 0) return undefined
  const [are, their] = holders === 1 ? ['is', 'the'] : ['are', 'their']
  const ago = graceDays === 0 ? 'is still to begin' : `began less than ${quantity(graceDays, 'day')} ago`
  return `${quantity(holders, 'holder')} ${are} too new to judge: ${their} seat, account or employment ${ago}`
}

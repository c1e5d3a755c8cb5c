import type { Ledger } from '../../model/ledger.ts'
import { isWhole } from '../../model/ledger.ts'

/** A license that a user has held without a break since a snapshot. */
export interface SeatSince {
  readonly licenseId: string
  /** When the snapshot was made. */
  readonly at: string
}

/** What the users of one provider have held, and since when, by user id. */
export type SeatsSince = ReadonlyMap<string, readonly SeatSince[]>

/** What one snapshot shows of a provider. */
export interface Sight {
  readonly at: string
  /** The licenses of each user who is listed. */
  readonly users: ReadonlyMap<string, readonly string[]>
  readonly ledger: Ledger
  /** The licenses with users whom no list names. Not to be listed with one proves nothing. */
  readonly omitting: ReadonlySet<string>
}

/** Whether a snapshot that does not show a license with a user proves that the user did not have it. */
const proofOfAbsence = ({ ledger, omitting }: Sight): ((licenseId: string) => boolean) => {
  if (isWhole(ledger)) return (licenseId) => !omitting.has(licenseId)
  const { gaps, verdict } = ledger
  const unread = new Set(gaps.map(({ licenseId }) => licenseId))
  if (verdict === 'mismatch' || unread.size === 0 || unread.has(undefined) || unread.has('')) return () => false
  return (licenseId) => !unread.has(licenseId) && !omitting.has(licenseId)
}

/** Users who hold the same since the same times share one list: there are far fewer of these than users. */
const createPool = () => {
  const pool = new Map<string, readonly SeatSince[]>()
  return (seats: readonly SeatSince[]): readonly SeatSince[] => {
    const key = JSON.stringify(seats.map(({ licenseId, at }) => [licenseId, at]))
    const equal = pool.get(key)
    if (equal === undefined) pool.set(key, seats)
    return equal ?? seats
  }
}

/**
 * What is known after one more snapshot. A license that a user is listed with is held since it was first seen; one that is
 * proven to be absent is held no longer; one that may be in a gap stays as it was, as a gap proves nothing.
 */
export const seatsAfter = (before: SeatsSince, sight: Sight): SeatsSince => {
  const { at, users, ledger } = sight
  const shared = createPool()
  const isAbsent = proofOfAbsence(sight)
  const after = new Map<string, readonly SeatSince[]>()
  for (const [userId, licenseIds] of users) {
    const known = before.get(userId) ?? []
    const listed = new Set(licenseIds)
    const since = new Map(known.map((seat) => [seat.licenseId, seat.at]))
    const seats = [
      ...[...listed].map((licenseId) => ({ licenseId, at: since.get(licenseId) ?? at })),
      ...known.filter(({ licenseId }) => !listed.has(licenseId) && !isAbsent(licenseId)),
    ]
    if (seats.length > 0) after.set(userId, shared(seats))
  }
  const isUnlistedAbsent = ledger.omits.length > 0 ? () => false : isAbsent
  for (const [userId, known] of before) {
    if (users.has(userId)) continue
    const seats = known.filter(({ licenseId }) => !isUnlistedAbsent(licenseId))
    if (seats.length > 0) after.set(userId, shared(seats))
  }
  return after
}

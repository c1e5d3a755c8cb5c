import * as TE from 'fp-ts/lib/TaskEither.js'
import { supported } from '../../contract/capabilities.ts'
import { delegate, providerWith } from '../../contract/delegate.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { UserLookup } from '../../contract/user-lookup.ts'
import { demand } from '../../model/invalid-input.ts'
import { isRecord } from '../../model/is-record.ts'
import type { LicensedUser, Seat } from '../../model/licensed-user.ts'
import { completeItems } from '../../paging/paged.ts'
import type { SeatHistory } from './first-seen-in.ts'

const earlier = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}

const withSeats =
  ({ firstSeenAt }: SeatHistory) =>
  (user: LicensedUser): LicensedUser => {
    const known = new Map((user.seats ?? []).map((seat) => [seat.licenseId, seat]))
    const seats = user.licenseIds.flatMap((licenseId): readonly Seat[] => {
      const seat = known.get(licenseId)
      const at = earlier(seat?.firstSeenAt, firstSeenAt(user.provider, user.id, licenseId))
      if (at === undefined) return seat === undefined ? [] : [seat]
      return [{ assignedBy: 'unknown', ...seat, licenseId, firstSeenAt: at }]
    })
    return seats.length === 0 ? user : { ...user, seats }
  }

const completed = (lookup: UserLookup, complete: (user: LicensedUser) => LicensedUser): UserLookup => {
  if (lookup.kind === 'found') return { ...lookup, user: complete(lookup.user) }
  return lookup.kind === 'ambiguous' ? { ...lookup, candidates: lookup.candidates.map(complete) } : lookup
}

/**
 * The same provider, whose users say since when they have been seen with their licenses (`seats[].firstSeenAt`), as far as the
 * history tells. What the provider says of seats itself stays. Throws a `LicenseException` with `InvalidInput` if the history
 * is none.
 */
export const withFirstSeen = (provider: LicenseProvider, history: SeatHistory): LicenseProvider => {
  demand(
    isRecord(history) && typeof history.firstSeenAt === 'function',
    'history',
    'a history, as firstSeenIn gives it',
  )
  const complete = withSeats(history)
  const { id, capabilities, listUsers, getUser, findUsers } = delegate(provider)
  return providerWith(provider, {
    capabilities: { ...capabilities, userFields: { ...capabilities.userFields, seats: supported } },
    listUsers: (request = {}) =>
      completeItems(listUsers(request), { provider: id, operation: 'listUsers' }, request, complete),
    getUser: (user, options) => TE.map(complete)(getUser(user, options)),
    findUsers:
      findUsers &&
      ((users, options) =>
        TE.map((lookups: readonly UserLookup[]) => lookups.map((lookup) => completed(lookup, complete)))(
          findUsers(users, options),
        )),
  })
}

import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider, UserReference } from '../contract/license-provider.ts'
import type { UserLookup } from '../contract/user-lookup.ts'
import { addressesOf } from '../model/addresses.ts'
import { foldedText, isAddress, trimmedText } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { meantByAddress } from '../model/meant-by-address.ts'
import { within } from '../paging/request-scope.ts'
import { soundLookups } from '../report/sound/sound-lookups.ts'
import type { AmbiguousUser, UnknownUser } from './plan-failure.ts'
import { type ListedUsers, type Reading, type Unread, unreadBy } from './provider-state.ts'

/** The user who is meant, or why there is none. */
export type ResolvedUser = E.Either<UnknownUser | AmbiguousUser, LicensedUser>

const describe = ({ id, status, displayName }: LicensedUser): string =>
  [id, ...(displayName === undefined ? [] : [displayName]), status].join(', ')

const ambiguous = (provider: string, user: string, candidates: readonly LicensedUser[]): AmbiguousUser => ({
  _tag: 'AmbiguousUser',
  provider,
  user,
  candidates: candidates.map(({ id, status, displayName }) => ({
    id,
    status,
    ...(displayName === undefined ? {} : { displayName }),
  })),
  message: `${JSON.stringify(user)} is the address of ${candidates.length} users; give the id of the one that is meant: ${candidates
    .map((candidate) => `(${describe(candidate)})`)
    .join(' ')}`,
})

const unknownUser = (provider: string, user: string): UnknownUser => ({
  _tag: 'UnknownUser',
  provider,
  user,
  message: `${provider} knows no user with the ${isAddress(user) ? 'address' : 'id'} ${JSON.stringify(user)}`,
})

const referenceOf = (text: string): UserReference => (isAddress(text) ? { email: trimmedText(text) } : { id: text })

/** All users whom a look-up found; or why it is unknown who they are. */
type Asked = E.Either<AmbiguousUser, readonly LicensedUser[]>

const askedOf = (provider: string, wanted: string, lookup: UserLookup): E.Either<Unread, Asked> => {
  switch (lookup.kind) {
    case 'found':
      return E.right(E.right([lookup.user]))
    case 'notFound':
      return E.right(E.right([]))
    case 'ambiguous': {
      const { candidates, error } = lookup
      if (candidates.length > 0) return E.right(E.right(candidates))
      const message = `${JSON.stringify(wanted)}: ${error?.message ?? 'several users have this address'}`
      return E.right(E.left({ ...ambiguous(provider, wanted, []), message }))
    }
    case 'failed': {
      const { error } = lookup
      // A vendor may refuse an id of another form as a malformed request.
      if (error._tag === 'RequestRejected' && !isAddress(wanted)) return E.right(E.right([]))
      return E.left(unreadBy(provider, error, `${JSON.stringify(wanted)} could not be looked up: ${error.message}`))
    }
  }
}

/** The user who is meant, of all who could be. */
const onlyOne = (provider: string, wanted: string, users: readonly LicensedUser[]): ResolvedUser => {
  const [only, another] = isAddress(wanted) ? meantByAddress(users) : users
  if (only === undefined) return E.left(unknownUser(provider, wanted))
  return another === undefined ? E.right(only) : E.left(ambiguous(provider, wanted, users))
}

/**
 * The user who is meant by each address or id, in this provider only, and never a guess. An address is looked up even where
 * a listed user has it: another user may have it too, who holds nothing and is not listed for that reason.
 */
export const resolveUsers = async (
  provider: LicenseProvider,
  wanted: readonly string[],
  { users }: ListedUsers,
  reading: Reading,
): Promise<E.Either<Unread, ReadonlyMap<string, ResolvedUser>>> => {
  const resolved = new Map<string, ResolvedUser>()
  const addressed = [...users.values()].flatMap((user) => addressesOf(user).map((address) => ({ address, user })))
  const byAddress = groupedBy(addressed, ({ address }) => address)
  const sought: string[] = []
  for (const text of new Set(wanted)) {
    const withId = users.get(text)
    if (withId === undefined) sought.push(text)
    else resolved.set(text, E.right(withId))
  }
  if (sought.length === 0) return E.right(resolved)
  const found = await soundLookups(provider, sought.map(referenceOf), {
    ...within(reading.scope, reading.clock),
    clock: reading.clock,
  })()
  if (E.isLeft(found)) {
    return E.left(unreadBy(provider.id, found.left, `users could not be looked up: ${found.left.message}`))
  }
  for (const [index, text] of sought.entries()) {
    const lookup = found.right[index]
    if (lookup === undefined) continue
    const asked = askedOf(provider.id, text, lookup)
    if (E.isLeft(asked)) return asked
    const listed = (byAddress.get(foldedText(text)) ?? []).map(({ user }) => user)
    const all = (also: readonly LicensedUser[]) => [
      ...new Map([...listed, ...also].map((user) => [user.id, user])).values(),
    ]
    resolved.set(text, E.isLeft(asked.right) ? asked.right : onlyOne(provider.id, text, all(asked.right.right)))
  }
  return E.right(resolved)
}

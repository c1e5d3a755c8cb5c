import * as E from 'fp-ts/lib/Either.js'
import { findUsers } from '../contract/find-users.ts'
import type { LicenseProvider, UserReference } from '../contract/license-provider.ts'
import type { UserLookup } from '../contract/user-lookup.ts'
import { addressesOf } from '../model/addresses.ts'
import { foldedText, isAddress, trimmedText } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { within } from '../paging/request-scope.ts'
import type { AmbiguousUser, UnknownUser } from './plan-failure.ts'
import { type ListedUsers, type Reading, type Unread, unreadBy } from './provider-state.ts'

/** Somebody who was meant, or why no user can be taken for them. */
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

/** What a look-up means, for somebody whom the list does not name, for example because they hold nothing yet. */
const resolvedBy = (provider: string, wanted: string, lookup: UserLookup): E.Either<Unread, ResolvedUser> => {
  switch (lookup.kind) {
    case 'found':
      return E.right(E.right(lookup.user))
    case 'notFound':
      return E.right(E.left(unknownUser(provider, wanted)))
    case 'ambiguous': {
      const { candidates, error } = lookup
      const told = ambiguous(provider, wanted, candidates)
      const asked = { ...told, message: `${JSON.stringify(wanted)}: ${error?.message}` }
      return E.right(E.left(candidates.length > 0 ? told : asked))
    }
    case 'failed': {
      const { error } = lookup
      // A vendor may take what is no id of its own for a malformed request.
      if (error._tag === 'RequestRejected' && !isAddress(wanted)) return E.right(E.left(unknownUser(provider, wanted)))
      return E.left(unreadBy(provider, error, `${JSON.stringify(wanted)} could not be looked up: ${error.message}`))
    }
  }
}

/** Somebody who has left may have left their address to somebody who holds nothing yet, and is not listed for that. */
const isGone = ({ status }: LicensedUser): boolean => status === 'inactive' || status === 'deleted'

const eitherOf = (provider: string, wanted: string, gone: LicensedUser, asked: ResolvedUser): ResolvedUser => {
  if (E.isLeft(asked)) return E.right(gone)
  return asked.right.id === gone.id ? asked : E.left(ambiguous(provider, wanted, [gone, asked.right]))
}

/** Who is meant by each address or id: within this provider only, and never a guess. */
export const resolveUsers = async (
  provider: LicenseProvider,
  wanted: readonly string[],
  { users }: ListedUsers,
  reading: Reading,
): Promise<E.Either<Unread, ReadonlyMap<string, ResolvedUser>>> => {
  const resolved = new Map<string, ResolvedUser>()
  const addressed = [...users.values()].flatMap((user) => addressesOf(user).map((address) => ({ address, user })))
  const byAddress = groupedBy(addressed, ({ address }) => address)
  const withAddress = (text: string) => (byAddress.get(foldedText(text)) ?? []).map(({ user }) => user)
  const unlisted: string[] = []
  for (const text of new Set(wanted)) {
    const withId = users.get(text)
    const candidates = withId === undefined ? withAddress(text) : [withId]
    const [only, another] = candidates
    if (another !== undefined) resolved.set(text, E.left(ambiguous(provider.id, text, candidates)))
    else if (only === undefined || (withId === undefined && isGone(only))) unlisted.push(text)
    else resolved.set(text, E.right(only))
  }
  const asked = await findUsers(provider, unlisted.map(referenceOf), within(reading.scope, reading.clock))()
  if (E.isLeft(asked)) {
    return E.left(unreadBy(provider.id, asked.left, `users could not be looked up: ${asked.left.message}`))
  }
  for (const [index, text] of unlisted.entries()) {
    const lookup = asked.right[index]
    if (lookup === undefined) continue
    const answer = resolvedBy(provider.id, text, lookup)
    if (E.isLeft(answer)) return answer
    const gone = withAddress(text)[0]
    resolved.set(text, gone === undefined ? answer.right : eitherOf(provider.id, text, gone, answer.right))
  }
  return E.right(resolved)
}

import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { within } from '../paging/request-scope.ts'
import type { ListedUsers, Reading, Unread } from './provider-state.ts'

/** Somebody who was meant, or one line that says why nobody can be taken for them. */
export type ResolvedUser = E.Either<string, LicensedUser>

const AT_ONCE = 8

const folded = (email: string): string => email.trim().toLowerCase()

const describe = ({ id, status, displayName }: LicensedUser): string =>
  [id, ...(displayName === undefined ? [] : [displayName]), status].join(', ')

const ambiguous = (wanted: string, candidates: readonly LicensedUser[]): string =>
  `${JSON.stringify(wanted)} is the address of ${candidates.length} users; give the id of the one that is meant: ${candidates
    .map((candidate) => `(${describe(candidate)})`)
    .join(' ')}`

const byEmailOf = (users: Iterable<LicensedUser>): ReadonlyMap<string, readonly LicensedUser[]> => {
  const found = new Map<string, LicensedUser[]>()
  for (const user of users) {
    if (user.email === undefined) continue
    const key = folded(user.email)
    const others = found.get(key)
    if (others === undefined) found.set(key, [user])
    else others.push(user)
  }
  return found
}

/** Asks for somebody whom the list does not name, for example because they hold nothing yet. */
const ask = async (
  provider: LicenseProvider,
  wanted: string,
  { scope, clock }: Reading,
): Promise<E.Either<Unread, ResolvedUser>> => {
  const isEmail = wanted.includes('@')
  const found = await provider.getUser(isEmail ? { email: wanted.trim() } : { id: wanted }, within(scope, clock))()
  if (E.isRight(found)) return E.right(E.right(found.right))
  const error = found.left
  const nobody = `${provider.id} knows no user with the ${isEmail ? 'address' : 'id'} ${JSON.stringify(wanted)}`
  // A vendor may take what is no id of its own for a malformed request.
  if (error._tag === 'NotFound' || (error._tag === 'RequestRejected' && !isEmail)) return E.right(E.left(nobody))
  if (error._tag === 'Conflict') return E.right(E.left(`${JSON.stringify(wanted)}: ${error.message}`))
  return E.left({
    kind: 'unread',
    lines: [`${JSON.stringify(wanted)} could not be looked up: ${error.message}`],
    error,
  })
}

/** Somebody who has left may have left their address to somebody who holds nothing yet, and is not listed for that. */
const isGone = ({ status }: LicensedUser): boolean => status === 'inactive' || status === 'deleted'

const eitherOf = (wanted: string, gone: LicensedUser, asked: ResolvedUser): ResolvedUser => {
  if (E.isLeft(asked)) return E.right(gone)
  return asked.right.id === gone.id ? asked : E.left(ambiguous(wanted, [gone, asked.right]))
}

/** Who is meant by each address or id: within this provider only, and never a guess. */
export const resolveUsers = async (
  provider: LicenseProvider,
  wanted: readonly string[],
  { users }: ListedUsers,
  reading: Reading,
): Promise<E.Either<Unread, ReadonlyMap<string, ResolvedUser>>> => {
  const resolved = new Map<string, ResolvedUser>()
  const byEmail = byEmailOf(users.values())
  const unlisted: string[] = []
  for (const text of new Set(wanted)) {
    const withId = users.get(text)
    const candidates = withId === undefined ? (byEmail.get(folded(text)) ?? []) : [withId]
    const [only, another] = candidates
    if (another !== undefined) resolved.set(text, E.left(ambiguous(text, candidates)))
    else if (only === undefined || (withId === undefined && isGone(only))) unlisted.push(text)
    else resolved.set(text, E.right(only))
  }
  const asked = await pLimit(AT_ONCE).map(unlisted, (text) => ask(provider, text, reading))
  for (const [index, text] of unlisted.entries()) {
    const answer = asked[index]
    if (answer === undefined) continue
    if (E.isLeft(answer)) return answer
    const gone = byEmail.get(folded(text))?.[0]
    resolved.set(text, gone === undefined ? answer.right : eitherOf(text, gone, answer.right))
  }
  return E.right(resolved)
}

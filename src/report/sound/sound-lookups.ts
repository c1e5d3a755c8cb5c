import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type FindUsersOptions, findUsers } from '../../contract/find-users.ts'
import type { LicenseProvider, UserReference } from '../../contract/license-provider.ts'
import type { UserLookup } from '../../contract/user-lookup.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import type { ListName } from '../../paging/paged.ts'
import { brokenContract, soundError, thrownByProvider } from './sound-account.ts'
import { soundUser } from './sound-user.ts'

const soundLookup = (lookup: UserLookup, name: ListName): UserLookup => {
  const users = (given: readonly LicensedUser[]) => given.map((user) => soundUser(user, name.provider))
  const broken: UserLookup = { kind: 'failed', error: brokenContract(name, 'it gave a user without an id or licenses') }
  switch (lookup.kind) {
    case 'found': {
      const [user] = users([lookup.user])
      return user === undefined ? broken : { kind: 'found', user }
    }
    case 'ambiguous': {
      const candidates = users(lookup.candidates).flatMap((user) => user ?? [])
      return candidates.length < lookup.candidates.length ? broken : { ...lookup, candidates }
    }
    case 'failed':
      return { kind: 'failed', error: soundError(lookup.error, name) }
    case 'notFound':
      return lookup
    default:
      return broken
  }
}

/** `findUsers` of any provider, as the contract has it: whatever is thrown is a failure, and so is a user that is none. */
export const soundLookups =
  (
    provider: LicenseProvider,
    users: readonly UserReference[],
    options: FindUsersOptions,
  ): TaskEither<LicenseError, readonly UserLookup[]> =>
  async () => {
    const name = { provider: provider.id, operation: provider.findUsers === undefined ? 'getUser' : 'findUsers' }
    try {
      const found = await findUsers(provider, users, options)()
      return E.isLeft(found)
        ? E.left(soundError(found.left, name))
        : E.right(found.right.map((lookup) => soundLookup(lookup, name)))
    } catch (thrown) {
      return E.left(thrownByProvider(name, thrown))
    }
  }

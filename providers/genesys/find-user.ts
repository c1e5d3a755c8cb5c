import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  invalidResponse,
  isWhole,
  type LicensedUser,
  type LicenseError,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import type { UserLicenses } from './codecs.ts'
import { type DirectoryReader, readDirectory } from './directory.ts'
import { type Person, personOf, userOf } from './mapping.ts'

/** One user, with all that they hold. */
export interface UserFinder {
  readonly byId: (userId: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
  readonly byEmail: (email: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
}

/** What cannot be read is never taken for nobody: `NotFound` means that the vendor has been asked and knows nobody. */
export const createUserFinder = (reader: DirectoryReader): UserFinder => {
  const { provider, client } = reader

  /** The directory's record of somebody; without one they are still a holder. */
  const personById = (userId: string, scope: RequestScope): TaskEither<LicenseError, Person | undefined> =>
    pipe(
      client.getUser(userId, scope),
      TE.map((user): Person | undefined => personOf(user)),
      TE.orElse((error) =>
        error._tag === 'NotFound' || error._tag === 'PermissionDenied' ? TE.right(undefined) : TE.left(error),
      ),
    )

  const byId = (userId: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      client.getLicenseUser(userId, scope),
      TE.matchE(
        // Whom only the directory knows holds nothing.
        (error) =>
          error._tag !== 'NotFound'
            ? TE.left(error)
            : pipe(
                personById(userId, scope),
                TE.flatMapEither((person) =>
                  person === undefined
                    ? E.left(error)
                    : E.right(userOf(provider, { id: userId, licenses: [] }, person)),
                ),
              ),
        (row) =>
          pipe(
            personById(userId, scope),
            TE.map((person) => userOf(provider, row, person)),
          ),
      ),
    )

  /** Whoever has this address, in any state: by search, or where that is refused, in the whole directory. */
  const peopleByEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, ReadonlyMap<string, Person>> => {
    const matching = (people: Iterable<readonly [string, Person]>) =>
      new Map([...people].filter(([, person]) => person.email?.toLowerCase() === email.toLowerCase()))
    const search = pipe(
      client.searchUsersByEmail(email, scope),
      TE.flatMapEither(({ records, undecodable, issues }): E.Either<LicenseError, ReadonlyMap<string, Person>> => {
        const found = matching(records.map((user) => [user.id, personOf(user)]))
        // The record that cannot be read may be theirs.
        return found.size === 0 && undecodable > 0
          ? E.left(invalidResponse(provider, 'POST /api/v2/users/search', issues))
          : E.right(found)
      }),
    )
    const lookThrough: TaskEither<LicenseError, ReadonlyMap<string, Person>> = async () => {
      const { people, ledger } = await readDirectory(reader, scope)()
      const found = matching(people)
      if (found.size > 0 || isWhole(ledger)) return E.right(found)
      const message = 'the directory could not be read as a whole, so that they may be in the rest of it'
      const unread = ledger.gaps.find((gap) => gap.error !== undefined)?.error
      return E.left(unread ?? { _tag: 'Incomplete', provider, operation: 'GET /api/v2/users', message, ledger })
    }
    return pipe(
      search,
      TE.orElse((error) =>
        error._tag === 'PermissionDenied' || error._tag === 'RequestRejected' || error._tag === 'NotFound'
          ? lookThrough
          : TE.left(error),
      ),
    )
  }

  /** An address can be that of a deleted account and of a present one; the active one is meant. */
  const chooseOne = (people: ReadonlyMap<string, Person>): E.Either<LicenseError, readonly [string, Person]> => {
    const operation = 'getUser'
    const entries = [...people]
    const active = entries.filter(([, { status }]) => status === 'active')
    const [chosen, ...others] = active.length > 0 ? active : entries
    if (chosen === undefined) {
      return E.left({ _tag: 'NotFound', provider, operation, message: 'nobody has this e-mail address' })
    }
    if (others.length === 0) return E.right(chosen)
    const ids = [chosen, ...others].map(([id]) => id).join(', ')
    return E.left({ _tag: 'Conflict', provider, operation, message: `several users have this e-mail address: ${ids}` })
  }

  const byEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      peopleByEmail(email, scope),
      TE.flatMapEither(chooseOne),
      TE.flatMap(([id, person]) =>
        pipe(
          client.getLicenseUser(id, scope),
          // The directory knows them, so that no record of licenses means no license.
          TE.orElse(
            (error): TaskEither<LicenseError, UserLicenses> =>
              error._tag === 'NotFound' ? TE.right({ id, licenses: [] }) : TE.left(error),
          ),
          TE.map((row) => userOf(provider, row, person)),
        ),
      ),
    )

  return { byId, byEmail }
}

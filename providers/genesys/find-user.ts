import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type LicensedUser, type LicenseError, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import { openAddressBook } from './address-book.ts'
import { getUserInAnyState } from './any-state.ts'
import type { UserLicenses } from './codecs.ts'
import { type DirectoryReader, readDirectory } from './directory.ts'
import { openExpansion } from './expansion.ts'
import { type DirectoryEntry, directoryEntryOf, userOf } from './mapping.ts'

/** One user, with all that they hold. */
export interface UserFinder {
  readonly byId: (userId: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
  readonly byEmail: (email: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
}

/** `NotFound` means that the vendor has no such user. If that could not be read, it is another failure. */
export const createUserFinder = (reader: DirectoryReader): UserFinder => {
  const { provider, client } = reader

  /** The directory's record of a user. A user without one may still hold licenses. */
  const personById = (userId: string, scope: RequestScope): TaskEither<LicenseError, DirectoryEntry | undefined> =>
    pipe(
      openExpansion(reader).ask((fields) => getUserInAnyState(client, userId, scope, fields)),
      TE.map((user): DirectoryEntry | undefined => directoryEntryOf(user)),
      TE.orElse((error) =>
        error._tag === 'NotFound' || error._tag === 'PermissionDenied' ? TE.right(undefined) : TE.left(error),
      ),
    )

  /**
   * What one user holds. A record that does not say so, or is about another user, is settled by asking for it in the
   * other way.
   */
  const licensesOf = (userId: string, scope: RequestScope): TaskEither<LicenseError, UserLicenses> =>
    pipe(
      client.getLicenseUser(userId, scope),
      TE.orElse((error) => async () => {
        if (error._tag !== 'InvalidResponse') return E.left(error)
        const held = await client.postLicenseUsers([userId], scope)()
        const licenses = E.isRight(held) ? held.right.get(userId) : undefined
        return licenses === undefined ? E.left(error) : E.right({ id: userId, licenses: [...licenses] })
      }),
    )

  const byId = (userId: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      licensesOf(userId, scope),
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

  const chooseOne = (
    people: Values.ReadonlyRecordMap<DirectoryEntry>,
  ): E.Either<LicenseError, readonly [string, DirectoryEntry]> => {
    const operation = 'getUser'
    const meant = Values.meantByAddress([...people].map(([id, person]) => ({ id, person, status: person.status })))
    const [chosen, ...others] = meant
    if (chosen === undefined) {
      return E.left({ _tag: 'NotFound', provider, operation, message: 'no user has this e-mail address' })
    }
    if (others.length === 0) return E.right([chosen.id, chosen.person])
    const ids = meant.map(({ id }) => id).join(', ')
    return E.left({ _tag: 'Conflict', provider, operation, message: `several users have this e-mail address: ${ids}` })
  }

  const peopleWith = (email: string, scope: RequestScope) => {
    const expansion = openExpansion(reader)
    const directory = readDirectory(reader, scope, expansion)
    return openAddressBook({ provider, client, scope, expansion, directory })(email)
  }

  const byEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      peopleWith(email, scope),
      TE.flatMapEither(chooseOne),
      TE.flatMap(([id, person]) =>
        pipe(
          licensesOf(id, scope),
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

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Clock,
  hasAddress,
  isWhole,
  type LicensedUser,
  type LicenseError,
  type ListName,
  type Paged,
  type RequestOptions,
  type RequestScope,
  reduce,
  toReadonlyArray,
  trimmedText,
  within,
} from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import { idKey } from './hydra-id.ts'
import { userOf } from './mapping.ts'

/** One user, with all that they hold. */
export interface UserFinder {
  readonly byId: (userId: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
  readonly byEmail: (email: string, scope: RequestScope) => TaskEither<LicenseError, LicensedUser>
}

interface UserSources {
  readonly provider: string
  readonly client: WebexClient
  /** The people of the organisation with an address. */
  readonly people: (email: string, options: RequestOptions) => Paged<Person>
  /** The holders of all licenses. */
  readonly holders: (options: RequestOptions) => Paged<LicensedUser>
  readonly clock: Clock
}

/** Somebody whom the search gave. */
interface FoundPerson {
  readonly person: Person
  /** It tells what they hold, and did not give them twice. */
  readonly isAllTold: boolean
}

/** What cannot be read is never taken for nobody: `NotFound` means that the vendor has been asked and knows nobody. */
export const createUserFinder = ({ provider, client, people, holders, clock }: UserSources): UserFinder => {
  /** Somebody outside of the organisation, whom only the holders of licenses name. */
  const findHolder = (
    matches: (user: LicensedUser) => boolean,
    scope: RequestScope,
  ): TaskEither<LicenseError, LicensedUser> => {
    const name: ListName = { provider, operation: 'getUser' }
    return pipe(
      reduce<LicensedUser, LicensedUser[]>(
        () => [],
        (found, user) => {
          if (matches(user)) found.push(user)
          return found
        },
      )(holders(within(scope, clock))),
      TE.flatMapEither(({ value: [found, ...others], ledger }): E.Either<LicenseError, LicensedUser> => {
        if (others.length > 0) {
          return E.left({ _tag: 'Conflict', ...name, message: 'several holders have this e-mail address' })
        }
        if (!isWhole(ledger)) {
          const message = 'the holders of some licenses could not be read'
          return E.left({ _tag: 'Incomplete', ...name, message, ledger })
        }
        return found === undefined
          ? E.left({ _tag: 'NotFound', ...name, message: 'nobody in the organisation or among the holders is that' })
          : E.right(found)
      }),
    )
  }

  const getPerson = (personId: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      client.getPersonDetails(personId, scope),
      TE.flatMapEither((person): E.Either<LicenseError, LicensedUser> => {
        if (showsLicenses(person)) return E.right(userOf(provider)(person))
        const message = "the person's licenses are not shown to these credentials; needed: spark-admin:people_read"
        const operation = 'GET /v1/people/{personId}'
        return E.left({ _tag: 'PermissionDenied', provider, operation, message, missing: ['spark-admin:people_read'] })
      }),
    )

  /**
   * The holders of all licenses tell as much, at a higher price. Who is not among them may be one of the people whom
   * these credentials are not shown.
   */
  const orFindHolder = (matches: (user: LicensedUser) => boolean, scope: RequestScope) =>
    TE.orElse((error: LicenseError) => {
      if (error._tag !== 'NotFound' && error._tag !== 'PermissionDenied') return TE.left(error)
      return pipe(
        findHolder(matches, scope),
        TE.mapLeft((unfound) => (unfound._tag === 'NotFound' && error._tag === 'PermissionDenied' ? error : unfound)),
      )
    })

  const byId = (id: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      getPerson(id, scope),
      orFindHolder((user) => idKey(user.id) === idKey(id), scope),
    )

  const byEmail = (email: string, scope: RequestScope): TaskEither<LicenseError, LicensedUser> => {
    const name: ListName = { provider, operation: 'GET /v1/people' }
    return pipe(
      toReadonlyArray(people(trimmedText(email), within(scope, clock))),
      TE.flatMapEither(({ items, ledger }): E.Either<LicenseError, FoundPerson> => {
        const [found, ...others] = items.filter((person) => hasAddress(userOf(provider)(person), email))
        if (others.length > 0) {
          return E.left({ _tag: 'Conflict', ...name, message: 'several people have this e-mail address' })
        }
        if (found !== undefined)
          return E.right({ person: found, isAllTold: ledger.verdict !== 'mismatch' && showsLicenses(found) })
        const message = 'nobody in the organisation has this e-mail address'
        // What could not be read may be theirs.
        return E.left(
          isWhole(ledger) ? { _tag: 'NotFound', ...name, message } : { _tag: 'Incomplete', ...name, message, ledger },
        )
      }),
      TE.flatMap(({ person, isAllTold }) =>
        isAllTold ? TE.right(userOf(provider)(person)) : getPerson(person.id, scope),
      ),
      orFindHolder((user) => hasAddress(user, email), scope),
    )
  }

  return { byId, byEmail }
}

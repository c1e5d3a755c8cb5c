import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Answers, isWhole, type LicenseError, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import type { Directory } from './directory.ts'
import type { Expansion } from './expansion.ts'
import { type DirectoryEntry, directoryEntryOf } from './mapping.ts'

type People = ReadonlyMap<string, DirectoryEntry>

/** The users with an address, in any state. If they cannot be read, that is a failure, never an empty answer. */
export type AddressBook = (email: string) => TaskEither<LicenseError, People>

export interface AddressBookOptions {
  readonly provider: string
  readonly client: GenesysClient
  readonly scope: RequestScope
  readonly expansion: Expansion
  /** The whole directory, for when the search is refused. */
  readonly directory: Task<Directory>
}

const isRefusal = ({ _tag }: LicenseError): boolean =>
  _tag === 'PermissionDenied' || _tag === 'RequestRejected' || _tag === 'NotFound'

const NO_PEOPLE: People = new Map()

/** People by address, compared as `foldedText` says. */
export const byAddress = (people: Iterable<readonly [string, DirectoryEntry]>): ((email: string) => People) => {
  const found = new Map<string, Map<string, DirectoryEntry>>()
  for (const [id, person] of people) {
    for (const address of Values.addressesOf(person)) {
      const others = found.get(address)
      if (others === undefined) found.set(address, new Map([[id, person]]))
      else others.set(id, person)
    }
  }
  return (email) => found.get(Values.foldedText(email)) ?? NO_PEOPLE
}

/** Finds people by search, or where that is refused, in the whole directory: from then on without searching again. */
export const openAddressBook = ({ provider, client, scope, expansion, directory }: AddressBookOptions): AddressBook => {
  let searchIsRefused = false
  let listed: ReturnType<typeof byAddress> | undefined

  const search: AddressBook = (email) =>
    pipe(
      expansion.ask((fields) => client.searchUsersByEmail(email, scope, fields)),
      TE.flatMapEither(({ records, undecodable, issues }): E.Either<LicenseError, People> => {
        const found = byAddress(records.map((user) => [user.id, directoryEntryOf(user)]))(email)
        // The record that cannot be read may be theirs.
        return found.size === 0 && undecodable > 0
          ? E.left(Answers.invalidResponse(provider, 'POST /api/v2/users/search', issues))
          : E.right(found)
      }),
    )

  const lookThrough: AddressBook = (email) => async () => {
    const { people, ledger } = await directory()
    listed ??= byAddress(people)
    const found = listed(email)
    if (found.size > 0 || isWhole(ledger)) return E.right(found)
    const message = 'the directory has a gap, and the user may be in it'
    const cause = ledger.gaps.find((gap) => gap.error !== undefined)?.error
    return E.left(cause ?? { _tag: 'Incomplete', provider, operation: 'GET /api/v2/users', message, ledger })
  }

  return (email) => async () => {
    if (searchIsRefused) return lookThrough(email)()
    const found = await search(email)()
    if (E.isRight(found) || !isRefusal(found.left)) return found
    searchIsRefused = true
    return lookThrough(email)()
  }
}

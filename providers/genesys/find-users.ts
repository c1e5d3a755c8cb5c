import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as T from 'fp-ts/lib/Task.js'
import {
  isWhole,
  type LicensedUser,
  Lookups,
  type RequestScope,
  type UserLookup,
  type UserReference,
} from '../../src/provider-kit/index.ts'
import { byAddress, openAddressBook } from './address-book.ts'
import { type Directory, type DirectoryReader, readDirectory } from './directory.ts'
import { type Expansion, openExpansion } from './expansion.ts'
import type { UserFinder } from './find-user.ts'
import { createHeldReader, type Held } from './holdings.ts'
import { joinDirectory } from './joined-directory.ts'
import { type DirectoryEntry, userOf } from './mapping.ts'

/** From so many on, reading the whole directory is cheaper than asking for each. */
const MANY = 25

/** The users that a reference may mean, with their directory entries. */
type Candidates = ReadonlyMap<string, DirectoryEntry | undefined>

const NO_CANDIDATES: Candidates = new Map()

/** The whole directory, read when it is first needed. */
const readOnce = (reader: DirectoryReader, scope: RequestScope, expansion: Expansion): Task<Directory> => {
  let directory: Promise<Directory> | undefined
  return () => {
    directory ??= readDirectory(reader, scope, expansion)()
    return directory
  }
}

/**
 * Finds many users at once: their names in the directory, their licenses 300 users in a request. All users with an address,
 * in whatever state, are candidates for it. A user that the directory leaves open is looked up alone.
 */
export const createUsersFinder = (reader: DirectoryReader, findUser: UserFinder) => {
  const { provider, client } = reader
  const readHeld = createHeldReader(client)

  const outcomeOf = (candidates: Candidates, held: ReadonlyMap<string, Held>): UserLookup => {
    const users: LicensedUser[] = []
    for (const [id, person] of candidates) {
      const licenses = held.get(id)
      if (licenses === undefined) continue
      if (E.isLeft(licenses)) return Lookups.lookupOf(licenses)
      users.push(userOf(provider, { id, licenses: [...licenses.right] }, person))
    }
    const [user, another] = users
    if (user === undefined) return { kind: 'notFound' }
    return another === undefined ? { kind: 'found', user } : { kind: 'ambiguous', candidates: users }
  }

  return (users: readonly UserReference[], scope: RequestScope): Task<readonly UserLookup[]> =>
    async () => {
      const expansion = openExpansion(reader)
      const directory = readOnce(reader, scope, expansion)
      const peopleWith = openAddressBook({ provider, client, scope, expansion, directory })

      const byEmail =
        (email: string): Task<UserLookup> =>
        async () => {
          const people = await peopleWith(email)()
          if (E.isLeft(people)) return { kind: 'failed', error: people.left }
          return outcomeOf(people.right, await readHeld([...people.right.keys()], scope, people.right))
        }
      const oneByOne = (user: UserReference): Task<UserLookup> =>
        'id' in user ? T.map(Lookups.lookupOf)(findUser.byId(user.id, scope)) : byEmail(user.email)

      if (users.length < MANY) return Lookups.lookUpEach(users, oneByOne)()

      const { people, ledger } = await directory()
      const isKnownWhole = isWhole(ledger)
      const peopleAt = byAddress(people)
      const ids = users.flatMap((user) => ('id' in user ? [user.id] : []))
      const entries = await joinDirectory(client, scope, expansion, directory()).entriesOf(ids)
      const known = new Map(ids.map((id, place) => [id, entries[place]] as const))
      /** Undefined if a gap of the directory may have further candidates. */
      const candidatesOf = (user: UserReference): Candidates | undefined => {
        if ('email' in user) return isKnownWhole ? peopleAt(user.email) : undefined
        const person = known.get(user.id)
        return isKnownWhole || person !== undefined ? new Map([[user.id, person]]) : undefined
      }
      const sought = users.map((user) => ({ user, candidates: candidatesOf(user) }))
      const held = await readHeld(
        sought.flatMap(({ candidates = NO_CANDIDATES }) => [...candidates.keys()]),
        scope,
        people,
      )
      const asked = await Lookups.lookUpEach(
        sought.flatMap(({ user, candidates }) => (candidates === undefined ? [user] : [])),
        oneByOne,
      )()
      const lookups: UserLookup[] = []
      let answered = 0
      for (const { candidates } of sought) {
        const lookup = candidates === undefined ? asked[answered++] : outcomeOf(candidates, held)
        if (lookup !== undefined) lookups.push(lookup)
      }
      return lookups
    }
}

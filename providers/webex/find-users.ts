import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  isWhole,
  type Ledger,
  type LicensedUser,
  type LicenseError,
  Lists,
  Lookups,
  type Paged,
  type RequestScope,
  toReadonlyArray,
  type UserLookup,
  type UserReference,
  Values,
} from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { idKey } from './hydra-id.ts'
import { joinedUser, type PersonEntry, personEntryOf, userOf } from './mapping.ts'

/** Users, with all that they hold: one result for each reference, in their order. */
export type UsersFinder = (users: readonly UserReference[], scope: RequestScope) => T.Task<readonly UserLookup[]>

interface UserSources {
  readonly provider: string
  readonly client: WebexClient
  /** The people of the organization with an address; without one, all of them. */
  readonly people: (email: string | undefined, scope: RequestScope) => Paged<Person>
  /** The holders of all licenses. */
  readonly holders: (scope: RequestScope) => Paged<LicensedUser>
}

/** The users among the holders whom references name, and how far these could be read. */
interface FoundHolders {
  readonly of: (reference: UserReference) => readonly LicensedUser[]
  readonly ledger: Ledger
}

type Failed = Extract<UserLookup, { kind: 'failed' }>

/** One call, with what the records tell of people whose licenses they do not show, by the keys of their ids. */
interface Call extends RequestScope {
  readonly withoutLicenses: Map<string, PersonEntry>
}

/** From so many addresses on, the list of all people may take fewer requests than a search for each. */
const MANY = 100
/** Searches under way at once: as many take no longer than one page of the list. */
const SEARCHES_PER_PAGE = 8

/** Users are named by id or by address; two references that mean the same have one key. */
const keyOf = (reference: UserReference): string =>
  'id' in reference ? `id ${idKey(reference.id)}` : `email ${Values.foldedText(reference.email)}`

/** What a reference finds holders by: itself, and the ids of the people with its address who were found without licenses. */
const keysFor = (reference: UserReference, { withoutLicenses }: Call): readonly string[] => {
  if ('id' in reference) return [keyOf(reference)]
  const people = [...withoutLicenses].filter(([, entry]) => Values.hasAddress(entry, reference.email))
  return [keyOf(reference), ...people.map(([key]) => `id ${key}`)]
}

const keysOf = (user: LicensedUser): readonly string[] => [
  `id ${idKey(user.id)}`,
  ...Values.addressesOf(user).map((address) => `email ${address}`),
]

/** Whether the people do not have a user, or not the user's licenses. Then the list of holders may. */
const isUnfound = (lookup: UserLookup | undefined): lookup is Failed =>
  lookup?.kind === 'failed' && (lookup.error._tag === 'NotFound' || lookup.error._tag === 'PermissionDenied')

/**
 * Finds users. Each is looked up among the people of the organization; all that are not there, in one walk over the
 * holders of all licenses, the only list with external users. A user in a gap is `failed`, never `notFound`.
 */
export const createUsersFinder = ({ provider, client, people, holders }: UserSources): UsersFinder => {
  const severalWith = (operation: string, candidates: readonly LicensedUser[], areWhole: boolean): UserLookup => {
    if (areWhole) return { kind: 'ambiguous', candidates }
    const message = `several users have this e-mail address: ${candidates.map(({ id }) => id).join(', ')}`
    return { kind: 'ambiguous', candidates: [], error: { _tag: 'Conflict', provider, operation, message } }
  }

  const getPerson = (personId: string, scope: Call): TaskEither<LicenseError, LicensedUser> =>
    pipe(
      client.getPersonDetails(personId, scope),
      TE.flatMapEither((person): E.Either<LicenseError, LicensedUser> => {
        if (showsLicenses(person)) return E.right(userOf(provider)(person))
        scope.withoutLicenses.set(idKey(person.id), personEntryOf(person))
        const message = "the person's licenses are not shown to these credentials; needed: spark-admin:people_read"
        const operation = 'GET /v1/people/{personId}'
        return E.left({ _tag: 'PermissionDenied', provider, operation, message, missing: ['spark-admin:people_read'] })
      }),
    )

  const lookUpById = (id: string, scope: Call): T.Task<UserLookup> =>
    pipe(
      getPerson(id, scope),
      TE.match(
        (error): UserLookup => ({ kind: 'failed', error }),
        (user): UserLookup => ({ kind: 'found', user }),
      ),
    )

  const operation = 'GET /v1/people'

  /** The user that an address means, of the people who have it. `ledger`: of the list that they are from. */
  const chosen = async (found: readonly Person[], ledger: Ledger, scope: Call): Promise<UserLookup> => {
    const [person, another] = found
    if (person === undefined) {
      const message = 'no user of the organization has this e-mail address'
      // The user may be in the gap.
      const error: LicenseError = isWhole(ledger)
        ? { _tag: 'NotFound', provider, operation, message }
        : { _tag: 'Incomplete', provider, operation, message, ledger }
      return { kind: 'failed', error }
    }
    // A list with the user twice may have had other licenses the second time.
    const areWhole = ledger.verdict !== 'mismatch' && found.every(showsLicenses)
    if (another !== undefined) return severalWith(operation, found.map(userOf(provider)), areWhole)
    return areWhole ? { kind: 'found', user: userOf(provider)(person) } : lookUpById(person.id, scope)()
  }

  const lookUpByEmail =
    (email: string, scope: Call): T.Task<UserLookup> =>
    async () => {
      const listed = await toReadonlyArray(people(email, scope))()
      if (E.isLeft(listed)) return { kind: 'failed', error: listed.left }
      const { items, ledger } = listed.right
      return chosen(
        items.filter((person) => Values.hasAddress(userOf(provider)(person), email)),
        ledger,
        scope,
      )
    }

  /**
   * How each of many addresses is looked up: in the list of all people, where that is whole after no more pages than are
   * soon read; else by a search for each. A failure that would be the same for each is the answer for all.
   */
  const lookUpMany = async (emails: ReadonlySet<string>, scope: Call): Promise<typeof lookUpByEmail> => {
    if (emails.size < MANY) return lookUpByEmail
    const having = new Map<string, Person[]>([...emails].map((email) => [email, []]))
    let pages = 0
    for await (const page of people(undefined, scope).pages()) {
      if (E.isLeft(page)) {
        const error = page.left
        const isForAll = isAboutCredential(error) || Lookups.endsTheCall(error)
        return isForAll ? () => async () => ({ kind: 'failed', error }) : lookUpByEmail
      }
      const { items, ledger, continuation } = page.right
      for (const person of items)
        for (const email of Values.addressesOf(userOf(provider)(person))) having.get(email)?.push(person)
      if (continuation === undefined) {
        return isWhole(ledger)
          ? (email) => () => chosen(having.get(Values.foldedText(email)) ?? [], ledger, scope)
          : lookUpByEmail
      }
      pages += 1
      if (pages >= emails.size / SEARCHES_PER_PAGE) return lookUpByEmail
    }
    return lookUpByEmail
  }

  /** Walks the holders once, for all users that are looked up. */
  const findHolders = async (
    references: readonly UserReference[],
    scope: Call,
  ): Promise<E.Either<LicenseError, FoundHolders>> => {
    const { value, ledger, error } = await Lists.collectOnce<LicensedUser, Map<string, LicensedUser[]>>(
      () => new Map(references.flatMap((reference) => keysFor(reference, scope).map((key) => [key, []]))),
      (found, user) => {
        for (const key of keysOf(user)) found.get(key)?.push(user)
        return found
      },
    )(holders(scope))()
    if (error !== undefined) return E.left(error)
    const of: FoundHolders['of'] = (reference) => [
      ...new Set(keysFor(reference, scope).flatMap((key) => value.get(key) ?? [])),
    ]
    return E.right({ of, ledger })
  }

  /** `unfound`: the answers of the look-up among the people. */
  const lookupAmong = (
    holding: FoundHolders,
    reference: UserReference,
    unfound: LicenseError,
    { withoutLicenses }: Call,
  ): UserLookup => {
    const operation = 'getUser'
    const { ledger } = holding
    const users = holding.of(reference).map((user) => joinedUser(user, withoutLicenses.get(idKey(user.id))))
    const [user, another] = users
    if (another !== undefined) return severalWith(operation, users, isWhole(ledger))
    if (!isWhole(ledger)) {
      const message = 'the holders of some licenses could not be read'
      return { kind: 'failed', error: { _tag: 'Incomplete', provider, operation, message, ledger } }
    }
    if (user !== undefined) return { kind: 'found', user }
    // A user who is not among the holders may be one of the people whom these credentials are not shown.
    return unfound._tag === 'PermissionDenied' ? { kind: 'failed', error: unfound } : { kind: 'notFound' }
  }

  return (users, bounds) => async () => {
    const scope: Call = { ...bounds, withoutLicenses: new Map() }
    const emails = new Set(users.flatMap((user) => ('email' in user ? Values.foldedText(user.email) : [])))
    const lookUp = await lookUpMany(emails, scope)
    const asked = await Lookups.lookUpEach(users, (user) =>
      'id' in user ? lookUpById(user.id, scope) : lookUp(user.email, scope),
    )()
    const unfound = users.filter((_, place) => isUnfound(asked[place]))
    if (unfound.length === 0) return asked
    const end = asked.find((lookup): lookup is Failed => lookup.kind === 'failed' && Lookups.endsTheCall(lookup.error))
    const holding = end === undefined ? await findHolders(unfound, scope) : E.left(end.error)
    return users.flatMap((user, place) => {
      const lookup = asked[place]
      if (lookup === undefined) return []
      if (!isUnfound(lookup)) return lookup
      return E.isLeft(holding)
        ? { kind: 'failed' as const, error: holding.left }
        : lookupAmong(holding.right, user, lookup.error, scope)
    })
  }
}

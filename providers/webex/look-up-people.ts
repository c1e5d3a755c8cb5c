import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  isWhole,
  type Ledger,
  type LicensedUser,
  type LicenseError,
  Lookups,
  type Paged,
  type RequestScope,
  toReadonlyArray,
  type UserLookup,
  Values,
} from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { idKey } from './hydra-id.ts'
import { type LookupCall, severalWith } from './look-up-holders.ts'
import { personEntryOf, userOf } from './mapping.ts'

export interface PeopleSources {
  readonly provider: string
  readonly client: WebexClient
  /** The people of the organization with an address; without one, all of them. */
  readonly people: (email: string | undefined, scope: RequestScope) => Paged<Person>
}

/** Looks up users among the people of the organization. */
export interface PeopleFinder {
  readonly byId: (id: string, scope: LookupCall) => T.Task<UserLookup>
  /** How each of these addresses, folded, is looked up. */
  readonly byEmail: (
    emails: ReadonlySet<string>,
    scope: LookupCall,
  ) => Promise<(email: string, scope: LookupCall) => T.Task<UserLookup>>
}

/** From so many addresses on, the list of all people may take fewer requests than a search for each. */
const MANY = 100
/** Searches under way at once: as many take no longer than one page of the list. */
const SEARCHES_PER_PAGE = 8

const operation = 'GET /v1/people'

/** The user behind a person whose licenses these credentials are shown. */
const userFrom =
  (provider: string, { withoutLicenses }: LookupCall) =>
  (person: Person): E.Either<LicenseError, LicensedUser> => {
    if (showsLicenses(person)) return E.right(userOf(provider)(person))
    withoutLicenses.set(idKey(person.id), personEntryOf(person))
    const message = "the person's licenses are not shown to these credentials; needed: spark-admin:people_read"
    const operation = 'GET /v1/people/{personId}'
    return E.left({ _tag: 'PermissionDenied', provider, operation, message, missing: ['spark-admin:people_read'] })
  }

/** No user has the address, in a list with this ledger. The user may be in its gap. */
const noUser = (provider: string, ledger: Ledger): LicenseError => {
  const message = 'no user of the organization has this e-mail address'
  return isWhole(ledger)
    ? { _tag: 'NotFound', provider, operation, message }
    : { _tag: 'Incomplete', provider, operation, message, ledger }
}

const createIdLookup =
  ({ provider, client }: PeopleSources): PeopleFinder['byId'] =>
  (id, scope) =>
    pipe(
      client.getPersonDetails(id, scope),
      TE.flatMapEither(userFrom(provider, scope)),
      TE.match(
        (error): UserLookup => ({ kind: 'failed', error }),
        (user): UserLookup => ({ kind: 'found', user }),
      ),
    )

/** Chooses the user that an address means, of the people who have it. `ledger`: of the list that they are from. */
const createChoice =
  (provider: string, byId: PeopleFinder['byId']) =>
  async (found: readonly Person[], ledger: Ledger, scope: LookupCall): Promise<UserLookup> => {
    const [person, another] = found
    if (person === undefined) return { kind: 'failed', error: noUser(provider, ledger) }
    // A list with the user twice may have had other licenses the second time.
    const areWhole = ledger.verdict !== 'mismatch' && found.every(showsLicenses)
    if (another !== undefined) return severalWith({ provider, operation }, found.map(userOf(provider)), areWhole)
    return areWhole ? { kind: 'found', user: userOf(provider)(person) } : byId(person.id, scope)()
  }

type Choice = ReturnType<typeof createChoice>
type EmailLookup = Awaited<ReturnType<PeopleFinder['byEmail']>>

/** A search for one address. */
const createSearch =
  ({ provider, people }: PeopleSources, choose: Choice): EmailLookup =>
  (email, scope) =>
  async () => {
    const listed = await toReadonlyArray(people(email, scope))()
    if (E.isLeft(listed)) return { kind: 'failed', error: listed.left }
    const { items, ledger } = listed.right
    const having = items.filter((person) => Values.hasAddress(userOf(provider)(person), email))
    return choose(having, ledger, scope)
  }

/**
 * How each of many addresses is looked up: in the list of all people, where that is whole after no more pages than are
 * soon read; else by a search for each. A failure that would be the same for each is the answer for all.
 */
const createManyLookup =
  ({ provider, people }: PeopleSources, choose: Choice, search: EmailLookup): PeopleFinder['byEmail'] =>
  async (emails, scope) => {
    if (emails.size < MANY) return search
    const having = new Map<string, Person[]>([...emails].map((email) => [email, []]))
    let pages = 0
    for await (const page of people(undefined, scope).pages()) {
      if (E.isLeft(page)) {
        const error = page.left
        const isForAll = isAboutCredential(error) || Lookups.endsTheCall(error)
        return isForAll ? () => async () => ({ kind: 'failed', error }) : search
      }
      const { items, ledger, continuation } = page.right
      for (const person of items)
        for (const email of Values.addressesOf(userOf(provider)(person))) having.get(email)?.push(person)
      if (continuation === undefined) {
        return isWhole(ledger)
          ? (email) => () => choose(having.get(Values.foldedText(email)) ?? [], ledger, scope)
          : search
      }
      pages += 1
      // The next page is asked for already, and counts.
      if (pages + 1 >= emails.size / SEARCHES_PER_PAGE) return search
    }
    return search
  }

export const createPeopleFinder = (sources: PeopleSources): PeopleFinder => {
  const byId = createIdLookup(sources)
  const choose = createChoice(sources.provider, byId)
  return { byId, byEmail: createManyLookup(sources, choose, createSearch(sources, choose)) }
}

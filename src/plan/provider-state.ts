import * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { UserLookup } from '../contract/user-lookup.ts'
import { isWhole, type Ledger } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { onlooker } from '../model/onlooker.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { collect } from '../paging/collect.ts'
import { lastingClock } from '../paging/lasting-clock.ts'
import { inOneCall, type Paged } from '../paging/paged.ts'
import type { RequestOptions } from '../paging/request.ts'
import { type RequestScope, scopeOf, within } from '../paging/request-scope.ts'
import { problemsOfList } from '../report/report-problems.ts'
import { soundLicense } from '../report/sound/sound-license.ts'
import { soundLookups } from '../report/sound/sound-lookups.ts'
import { soundPages } from '../report/sound/sound-pages.ts'
import { soundUser } from '../report/sound/sound-user.ts'
import type { Unreadable } from './plan-failure.ts'
import { heldBy, shareTexts } from './shared-texts.ts'

/** How far a reading has come. */
export interface StateProgress {
  readonly provider: string
  readonly list: 'licenses' | 'users'
  readonly ledger: Ledger
}

/** What bounds the reading of a provider, and what observes it. */
export interface ReadOptions extends RequestOptions {
  /** Called after every page. What it throws is ignored. */
  readonly onProgress?: ((progress: StateProgress) => void) | undefined
  /** For times and deadlines. Default: the system's. */
  readonly clock?: Clock | undefined
}

/** What all readings of one plan share. */
export interface Reading {
  readonly scope: RequestScope
  readonly clock: Clock
  readonly onProgress: (progress: StateProgress) => void
}

export const readingOf = ({ onProgress, clock: given = systemClock, ...options }: ReadOptions): Reading => {
  const clock = lastingClock(given)
  return { scope: scopeOf(options, clock), clock, onProgress: onlooker(onProgress) }
}

/** Why a provider could not be read completely. */
export type Unread = ReadonlyNonEmptyArray<Unreadable>

export const unreadBy = (provider: string, error: LicenseError, message: string): Unread => [
  { _tag: 'Unreadable', provider, message, error },
]

/** The gaps of a partial list. */
const unreadAs = (provider: string, list: string, ledger: Ledger): Unread => {
  const unreadable = (message: string): Unreadable => ({ _tag: 'Unreadable', provider, message })
  const [first = `the list of ${list} is partial`, ...others] = problemsOfList(list, ledger)
  return [unreadable(first), ...others.map(unreadable)]
}

interface ListToRead<A> {
  readonly provider: string
  readonly list: StateProgress['list']
  readonly operation: string
  readonly open: () => Paged<A>
  /** The item as the contract has it; undefined where nothing can be made of it. */
  readonly sound: (item: A, provider: string) => A | undefined
  /** What is to be kept of each item. Default: everything. */
  readonly kept?: ((item: A) => A) | undefined
}

/** A complete list by id, or its gaps. */
const readById = async <A extends { readonly id: string }>(
  { provider, list: name, operation, open, sound, kept = (item) => item }: ListToRead<A>,
  { onProgress }: Reading,
): Promise<E.Either<Unread, { readonly items: Map<string, A>; readonly ledger: Ledger }>> => {
  let call: ReturnType<typeof inOneCall<A>> | undefined
  const opened = () => {
    call ??= inOneCall(open())
    return call
  }
  const pages = async function* () {
    for await (const page of soundPages(opened, { provider, operation }, (item) => sound(item, provider))) {
      if (E.isRight(page)) onProgress({ provider, list: name, ledger: page.right.ledger })
      yield page
    }
  }
  const { value, ledger, error } = await collect(
    () => new Map<string, A>(),
    (all, item: A) => all.set(item.id, kept(item)),
  )({ pages })()
  if (error !== undefined)
    return E.left(unreadBy(provider, error, `the list of ${name} could not be read: ${error.message}`))
  return isWhole(ledger) ? E.right({ items: value, ledger }) : E.left(unreadAs(provider, name, ledger))
}

/** The licenses whose seats can change hands. What was only bought is no license of the vendor, and has none. */
export const readLicenses = async (
  provider: LicenseProvider,
  reading: Reading,
): Promise<E.Either<Unread, ReadonlyMap<string, License>>> =>
  E.map(
    ({ items }: { readonly items: ReadonlyMap<string, License> }): ReadonlyMap<string, License> =>
      new Map([...items].filter(([, { boughtOnly }]) => !boughtOnly)),
  )(
    await readById(
      {
        provider: provider.id,
        list: 'licenses',
        operation: 'listLicenses',
        open: () => provider.listLicenses(within(reading.scope, reading.clock)),
        sound: soundLicense,
      },
      reading,
    ),
  )

/** All users whom the provider lists, and whom it never lists. */
export interface ListedUsers {
  readonly users: Map<string, LicensedUser>
  /** For people: `external holders are not listed`. */
  readonly omits: readonly string[]
}

export const countHolders = (users: Iterable<LicensedUser>): ReadonlyMap<string, number> => {
  const holders = new Map<string, number>()
  for (const { licenseIds } of users) {
    for (const id of licenseIds) holders.set(id, (holders.get(id) ?? 0) + 1)
  }
  return holders
}

const nowOf = (lookup: UserLookup, provider: string): UserNow => {
  switch (lookup.kind) {
    case 'found':
      return E.right(lookup.user)
    case 'notFound':
      return E.right(undefined)
    case 'failed':
      return E.left(lookup.error)
    case 'ambiguous':
      return E.left({ _tag: 'Conflict', provider, operation: 'getUser', message: 'several users have this id' })
  }
}

const lookUp = async (
  provider: LicenseProvider,
  ids: readonly string[],
  { scope, clock }: Reading,
): Promise<readonly (readonly [string, UserNow])[]> => {
  const references = ids.map((id) => ({ id }))
  const found = await soundLookups(provider, references, { ...within(scope, clock), clock })()
  if (E.isLeft(found)) return ids.map((id) => [id, found] as const)
  return ids.flatMap((id, index) => {
    const lookup = found.right[index]
    return lookup === undefined ? [] : [[id, nowOf(lookup, provider.id)] as const]
  })
}

/** `kept`: what is to be kept of each user. Default: everything. */
export const readUsers = async (
  provider: LicenseProvider,
  licenses: ReadonlyMap<string, License>,
  reading: Reading,
  kept?: (user: LicensedUser) => LicensedUser,
): Promise<E.Either<Unread, ListedUsers>> => {
  const request = () => ({ ...within(reading.scope, reading.clock), licenses: [...licenses.values()] })
  return E.map(({ items, ledger }: { readonly items: Map<string, LicensedUser>; readonly ledger: Ledger }) => ({
    users: items,
    omits: ledger.omits,
  }))(
    await readById(
      {
        provider: provider.id,
        list: 'users',
        operation: 'listUsers',
        open: () => provider.listUsers(request()),
        sound: soundUser,
        kept,
      },
      reading,
    ),
  )
}

/** Above this number, reading all users takes fewer requests, or not many more. */
const MAX_ONE_BY_ONE = 25

/** A user as they are now; undefined where the provider does not know the user. */
export type UserNow = E.Either<LicenseError, LicensedUser | undefined>

export interface SomeUsers {
  readonly users: ReadonlyMap<string, UserNow>
  /** Holders by license. Absent: not all users were read. */
  readonly holders?: ReadonlyMap<string, number>
}

/** What some users hold now: looked up one by one where they are few, else picked out of the list of all users. */
export const readSomeUsers = async (
  provider: LicenseProvider,
  ids: readonly string[],
  licenses: ReadonlyMap<string, License>,
  reading: Reading,
): Promise<E.Either<Unread, SomeUsers>> => {
  const found = new Map<string, UserNow>()
  let counted: Pick<SomeUsers, 'holders'> = {}
  if (ids.length > MAX_ONE_BY_ONE) {
    const shared = shareTexts()
    const listed = await readUsers(provider, licenses, reading, (user) => heldBy(user, shared))
    // Where the list has a gap, so many users are not looked up one by one instead.
    if (E.isLeft(listed)) return listed
    counted = { holders: countHolders(listed.right.users.values()) }
    for (const id of ids) {
      const user = listed.right.users.get(id)
      if (user !== undefined) found.set(id, E.right(user))
    }
  }
  // A user who holds nothing may not be in the list.
  const others = ids.filter((id) => !found.has(id))
  for (const [id, user] of await lookUp(provider, others, reading)) found.set(id, user)
  return E.right({ users: found, ...counted })
}

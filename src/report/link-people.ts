import { addressesOf } from '../model/addresses.ts'
import { foldedReference } from '../model/folded-text.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { quantity } from '../model/quantity.ts'
import { joinAddresses } from './joined-addresses.ts'
import type { AmbiguousLink, LinkRule, PersonMappingRow } from './license-report.ts'

/** Which users are one person, where their addresses do not show it: users by `provider` and id or e-mail address. */
export interface PersonMapping {
  readonly rows: readonly PersonMappingRow[]
  /** Undefined where the mapping does not name the user. */
  readonly personOf: (user: Pick<LicensedUser, 'provider' | 'id' | 'email' | 'otherEmails'>) => string | undefined
}

export const keyOfReference = (provider: string, user: string): string =>
  JSON.stringify([provider, foldedReference(user)])

/** What a mapping may name a user by, the id first. */
export const keysOfUser = (user: Parameters<PersonMapping['personOf']>[0]): readonly string[] =>
  [user.id, ...addressesOf(user)].map((reference) => keyOfReference(user.provider, reference))

/**
 * A mapping made of its rows. A user that it names is that person, and is not matched by address: if it gives a person one
 * user, that person has no other. Of two rows about one user, the one by id counts, then the one by the first of the
 * addresses, and then the last one.
 */
export const personMapping = (rows: readonly PersonMappingRow[]): PersonMapping => {
  const people = new Map(rows.map(({ person, provider, user }) => [keyOfReference(provider, user), person]))
  const personOf: PersonMapping['personOf'] = (user) => {
    for (const key of keysOfUser(user)) {
      const person = people.get(key)
      if (person !== undefined) return person
    }
    return undefined
  }
  return { rows, personOf }
}

/** The person that a user is, and how that is known. */
export interface Link {
  /** Equal for users who are one person. */
  readonly person: string
  readonly rule: LinkRule
}

export interface LinkedPeople {
  readonly linkOf: (user: LicensedUser) => Link
  readonly ambiguous: readonly AmbiguousLink[]
}

const isHolder = ({ licenseIds }: LicensedUser): boolean => licenseIds.length > 0

const countBy = <A>(items: Iterable<A>, keyOf: (item: A) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

const providerOf = ({ provider }: LicensedUser): string => provider

/**
 * An address is ambiguous if two holders of one provider have it: either may be the holder of another provider. Within one
 * provider it is so only if further addresses of a user join it with others. Users without a license do not count.
 */
export const isAmbiguous = (holders: number, providers: number, areAddressesJoined: boolean): boolean =>
  holders > providers && (providers > 1 || areAddressesJoined)

/** The users who have an address, or one of several that belong together, and which of these users are one person. */
interface Sharing {
  readonly users: LicensedUser[]
  /** Found out when it is first asked for. */
  linked?: ReadonlySet<LicensedUser>
  isAmbiguous?: boolean
}

const judge = (sharing: Sharing, withoutLead: ReadonlySet<LicensedUser>, areAddressesJoined: boolean): void => {
  const { users } = sharing
  const holders = users.filter(isHolder)
  sharing.isAmbiguous = isAmbiguous(holders.length, countBy(holders, providerOf).size, areAddressesJoined)
  const ofProvider = countBy(users, providerOf)
  const isLinked = (user: LicensedUser) =>
    isHolder(user) || (ofProvider.get(user.provider) === 1 && !withoutLead.has(user))
  sharing.linked = new Set(sharing.isAmbiguous ? [] : users.filter(isLinked))
}

/** Why users with these addresses may be one person or several. */
export const ambiguityText = (addresses: number): string =>
  `${quantity(addresses, 'e-mail address is', 'e-mail addresses are')} ambiguous`

/** An address that several of the holders have, for people; each of them may have others. */
const sharedAddress = (holders: readonly LicensedUser[], otherwise: string): string => {
  const uses = countBy(holders.flatMap(addressesOf), (address) => address)
  return (
    [...uses]
      .filter(([, times]) => times > 1)
      .map(([address]) => address)
      .sort()[0] ?? otherwise
  )
}

/**
 * Finds out which users are one person: by the mapping where it names them, else by any of their e-mail addresses, compared
 * as `foldedText` says. Addresses by which two holders of one provider could be one person of another provider make no link;
 * a user who holds nothing is not linked where another one in the provider has the same address, or where their addresses lead
 * to different people.
 */
export const linkPeople = (users: readonly LicensedUser[], mapping?: PersonMapping): LinkedPeople => {
  const byAddress = new Map<string, Sharing>()
  const byPerson = new Map<string, Set<string>>()
  const addresses = joinAddresses()
  const unmapped: LicensedUser[] = []
  for (const user of users) {
    const person = mapping?.personOf(user)
    if (person !== undefined) byPerson.set(person, (byPerson.get(person) ?? new Set()).add(user.provider))
    else {
      unmapped.push(user)
      if (user.otherEmails !== undefined && isHolder(user)) addresses.join(addressesOf(user))
    }
  }
  const rootsOf = (user: LicensedUser): readonly string[] => {
    const own = addressesOf(user)
    return own.length < 2 ? own.map(addresses.rootOf) : [...new Set(own.map(addresses.rootOf))]
  }
  for (const user of unmapped) {
    for (const root of rootsOf(user)) {
      const sharing = byAddress.get(root)
      if (sharing === undefined) byAddress.set(root, { users: [user] })
      else sharing.users.push(user)
    }
  }
  /** The one address that leads to others, or the first one where none does; undefined where several do, or there is none. */
  const leadOf = (user: LicensedUser): string | undefined => {
    const roots = rootsOf(user)
    if (roots.length < 2) return roots[0]
    const [lead, another] = roots.filter((root) => (byAddress.get(root)?.users.length ?? 0) > 1)
    return another === undefined ? (lead ?? roots[0]) : undefined
  }
  const withoutLead = new Set(
    unmapped.filter((user) => user.otherEmails !== undefined && !isHolder(user) && leadOf(user) === undefined),
  )
  for (const [root, sharing] of byAddress) {
    if (sharing.users.length > 1) judge(sharing, withoutLead, addresses.isJoined(root))
  }

  const alone = ({ provider, id }: LicensedUser): Link => ({ person: JSON.stringify([provider, id]), rule: 'none' })
  return {
    linkOf: (user) => {
      const person = mapping?.personOf(user)
      if (person !== undefined) {
        return { person: `mapping ${person}`, rule: (byPerson.get(person)?.size ?? 0) > 1 ? 'mapping' : 'none' }
      }
      const root = leadOf(user)
      const sharing = root === undefined ? undefined : byAddress.get(root)
      if (sharing === undefined) return alone(user)
      const { linked } = sharing
      if (linked !== undefined && !linked.has(user)) return alone(user)
      return { person: `email ${root}`, rule: linked !== undefined && linked.size > 1 ? 'email' : 'none' }
    },
    ambiguous: [...byAddress].flatMap(([root, sharing]) => {
      if (!sharing.isAmbiguous) return []
      const holders = sharing.users.filter(isHolder)
      const email = addresses.isJoined(root) ? sharedAddress(holders, root) : root
      return [{ email, users: holders.map(({ provider, id }) => ({ provider, id })) }]
    }),
  }
}

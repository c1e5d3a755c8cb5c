import type { LicensedUser } from '../model/licensed-user.ts'
import type { AmbiguousLink, IdleMapping, LinkRule, PersonMappingRow } from './license-report.ts'

/** Who is who, where addresses do not tell: users by `provider` and id or e-mail address, and the person that they are. */
export interface PersonMapping {
  readonly rows: readonly PersonMappingRow[]
  /** Undefined where the mapping does not name the user. */
  readonly personOf: (user: Pick<LicensedUser, 'provider' | 'id' | 'email'>) => string | undefined
}

/** An address in any case is the same one; an id is the vendor's, and is not. */
export const foldedUser = (user: string): string => (user.includes('@') ? user.trim().toLowerCase() : user.trim())

const keyOf = (provider: string, user: string): string => JSON.stringify([provider, foldedUser(user)])

/**
 * A mapping out of its rows. Whoever it names is that person and is not looked for by address any more: a person of one
 * user is nobody else. Of two rows about one user, the one by id counts, and then the last one.
 */
export const personMapping = (rows: readonly PersonMappingRow[]): PersonMapping => {
  const people = new Map(rows.map(({ person, provider, user }) => [keyOf(provider, user), person]))
  return {
    rows,
    personOf: ({ provider, id, email }) =>
      people.get(keyOf(provider, id)) ?? (email === undefined ? undefined : people.get(keyOf(provider, email))),
  }
}

/** Rows of a mapping that did nothing. `known`: providers, and whether all of their users are known. */
export const idleMappings = (
  { rows, personOf }: PersonMapping,
  users: readonly LicensedUser[],
  known: ReadonlyMap<string, boolean>,
): readonly IdleMapping[] => {
  const people = new Map<string, string | undefined>(
    rows.map(({ provider, user }) => [keyOf(provider, user), undefined]),
  )
  for (const user of users) {
    const { provider, id, email } = user
    for (const key of [keyOf(provider, id), ...(email === undefined ? [] : [keyOf(provider, email)])]) {
      if (people.has(key)) people.set(key, personOf(user))
    }
  }
  const idleFor = ({ person, provider, user }: PersonMappingRow): IdleMapping['why'] | undefined => {
    const areAllKnown = known.get(provider)
    if (areAllKnown === undefined) return 'no such provider'
    const found = people.get(keyOf(provider, user))
    if (found === undefined) return areAllKnown ? 'no such user' : undefined
    return found === person ? undefined : 'another row says otherwise'
  }
  return rows.flatMap((row) => {
    const why = idleFor(row)
    return why === undefined ? [] : [{ ...row, why }]
  })
}

/** Who a user is, and how that is known. */
export interface Link {
  /** Equal for users who are one person. */
  readonly person: string
  readonly rule: LinkRule
}

export interface LinkedPeople {
  readonly linkOf: (user: LicensedUser) => Link
  readonly ambiguous: readonly AmbiguousLink[]
}

/** Users of one address: hundreds of thousands of addresses, most of them of one user. */
type Sharing = [LicensedUser, ...LicensedUser[]]

const isHolder = ({ licenseIds }: LicensedUser): boolean => licenseIds.length > 0

const ofProvider = (users: readonly LicensedUser[], provider: string): number =>
  users.reduce((sum, user) => sum + (user.provider === provider ? 1 : 0), 0)

const providersOf = (users: readonly LicensedUser[]): number =>
  users.length < 2 ? users.length : new Set(users.map(({ provider }) => provider)).size

/** Which of two holders of one provider is the one of the other provider? Who holds nothing makes nobody doubtful. */
const isAmbiguous = (sharing: Sharing): boolean => {
  if (sharing.length < 3) return false
  const holders = sharing.filter(isHolder)
  const providers = providersOf(holders)
  return providers > 1 && holders.length > providers
}

/** Those who are one person by their address. */
const linkedBy = (sharing: Sharing): readonly LicensedUser[] => {
  if (sharing.length === 1) return sharing
  if (isAmbiguous(sharing)) return []
  return sharing.filter((user) => isHolder(user) || ofProvider(sharing, user.provider) === 1)
}

/** Why it is not known of everybody who they are. */
export const ambiguityText = (addresses: number): string =>
  `${addresses} ${addresses === 1 ? 'address does' : 'addresses do'} not tell who is who`

const emailOf = ({ email }: LicensedUser): string | undefined => email?.trim().toLowerCase() || undefined

/**
 * Finds out which users are one person: by the mapping where it names them, else by their e-mail address without regard
 * to case. An address that two holders of one provider have links nobody to another provider; who holds nothing is not linked where somebody
 * else in the provider has the same address.
 */
export const linkPeople = (users: Iterable<LicensedUser>, mapping?: PersonMapping): LinkedPeople => {
  const byEmail = new Map<string, Sharing>()
  const byPerson = new Map<string, Set<string>>()
  for (const user of users) {
    const person = mapping?.personOf(user)
    if (person !== undefined) {
      byPerson.set(person, (byPerson.get(person) ?? new Set()).add(user.provider))
      continue
    }
    const email = emailOf(user)
    if (email === undefined) continue
    const sharing = byEmail.get(email)
    if (sharing === undefined) byEmail.set(email, [user])
    else sharing.push(user)
  }
  const alone = ({ provider, id }: LicensedUser): Link => ({ person: JSON.stringify([provider, id]), rule: 'none' })
  return {
    linkOf: (user) => {
      const person = mapping?.personOf(user)
      if (person !== undefined) {
        return { person: `mapping ${person}`, rule: (byPerson.get(person)?.size ?? 0) > 1 ? 'mapping' : 'none' }
      }
      const email = emailOf(user)
      const sharing = email === undefined ? undefined : byEmail.get(email)
      if (sharing === undefined) return alone(user)
      const linked = linkedBy(sharing)
      if (!linked.includes(user)) return alone(user)
      return { person: `email ${email}`, rule: linked.length > 1 ? 'email' : 'none' }
    },
    ambiguous: [...byEmail].flatMap(([email, sharing]) =>
      isAmbiguous(sharing)
        ? [{ email, users: sharing.filter(isHolder).map(({ provider, id }) => ({ provider, id })) }]
        : [],
    ),
  }
}

import type { LicensedUser } from '../model/licensed-user.ts'
import type { AmbiguousLink, IdleMapping, LinkRule, PersonMappingRow } from './license-report.ts'

/** Who is who, where addresses do not tell: users by `provider` and id or e-mail address, and the person that they are. */
export interface PersonMapping {
  readonly rows: readonly PersonMappingRow[]
  /** Undefined where the mapping does not name the user. */
  readonly personOf: (user: Pick<LicensedUser, 'provider' | 'id' | 'email'>) => string | undefined
}

const keyOf = (provider: string, user: string): string => JSON.stringify([provider, user.trim().toLowerCase()])

/** A mapping out of its rows; a user who is in it twice is the person of the last row. */
export const personMapping = (rows: readonly PersonMappingRow[]): PersonMapping => {
  const people = new Map(rows.map(({ person, provider, user }) => [keyOf(provider, user), person]))
  return {
    rows,
    personOf: ({ provider, id, email }) =>
      people.get(keyOf(provider, id)) ?? (email === undefined ? undefined : people.get(keyOf(provider, email))),
  }
}

/** Rows of a mapping that name nobody. `known`: providers, and whether all of their users are known. */
export const idleMappings = (
  { rows }: PersonMapping,
  users: readonly LicensedUser[],
  known: ReadonlyMap<string, boolean>,
): readonly IdleMapping[] => {
  const waiting = new Set(rows.map(({ provider, user }) => keyOf(provider, user)))
  for (const { provider, id, email } of users) {
    waiting.delete(keyOf(provider, id))
    if (email !== undefined) waiting.delete(keyOf(provider, email))
  }
  return rows.flatMap((row): readonly IdleMapping[] => {
    const areAllKnown = known.get(row.provider)
    if (areAllKnown === undefined) return [{ ...row, why: 'no such provider' }]
    return areAllKnown && waiting.has(keyOf(row.provider, row.user)) ? [{ ...row, why: 'no such user' }] : []
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

const providersOf = (sharing: Sharing): number =>
  sharing.length === 1 ? 1 : new Set(sharing.map(({ provider }) => provider)).size

const isAmbiguous = (sharing: Sharing): boolean => {
  const providers = providersOf(sharing)
  return providers > 1 && sharing.length > providers
}

/** Why it is not known of everybody who they are. */
export const ambiguityText = (addresses: number): string =>
  `${addresses} ${addresses === 1 ? 'address does' : 'addresses do'} not tell who is who`

const emailOf = ({ email }: LicensedUser): string | undefined => email?.trim().toLowerCase() || undefined

/**
 * Finds out which users are one person: by the mapping where it names them, else by their e-mail address without regard
 * to case. An address that two users of one provider have links nobody to users of another one.
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
      if (sharing === undefined || isAmbiguous(sharing)) return alone(user)
      return { person: `email ${email}`, rule: providersOf(sharing) > 1 ? 'email' : 'none' }
    },
    ambiguous: [...byEmail].flatMap(([email, sharing]) =>
      isAmbiguous(sharing) ? [{ email, users: sharing.map(({ provider, id }) => ({ provider, id })) }] : [],
    ),
  }
}

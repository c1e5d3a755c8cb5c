import type { LicensedUser } from '../model/licensed-user.ts'
import type { AmbiguousLink, LinkRule } from './license-report.ts'

/** Who is who, where addresses do not tell: users by `provider` and id or e-mail address, and the person that they are. */
export interface PersonMapping {
  /** Undefined where the mapping does not name the user. */
  readonly personOf: (user: Pick<LicensedUser, 'provider' | 'id' | 'email'>) => string | undefined
}

/** A mapping out of its rows; a user who is in it twice is the person of the last row. */
export const personMapping = (
  rows: Iterable<{ readonly person: string; readonly provider: string; readonly user: string }>,
): PersonMapping => {
  const people = new Map<string, string>()
  const keyOf = (provider: string, user: string) => JSON.stringify([provider, user.trim().toLowerCase()])
  for (const { person, provider, user } of rows) people.set(keyOf(provider, user), person)
  return {
    personOf: ({ provider, id, email }) =>
      people.get(keyOf(provider, id)) ?? (email === undefined ? undefined : people.get(keyOf(provider, email))),
  }
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

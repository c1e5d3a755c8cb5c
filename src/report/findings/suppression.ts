import { addressesOf } from '../../model/addresses.ts'
import { foldedReference } from '../../model/folded-text.ts'
import type { Finding, FindingRule, IdleSuppression, RemovableSeat, Suppression, UserRow } from '../license-report.ts'
import { type FindingSubject, findingId, groupIdOf } from './finding-id.ts'

type Acceptance = NonNullable<Finding['accepted']>

export interface Suppressor {
  /** Why something may stay; undefined if no suppression fits it. */
  readonly acceptanceOf: (
    subject: FindingSubject & { readonly id: string } & Pick<Finding, 'accounts' | 'group'>,
  ) => Acceptance | undefined
  /** Whether a suppression names this user, or a finding about this seat: then the seat stays, under whichever rule it is found. */
  readonly keeps: (seat: RemovableSeat) => boolean
  /** To be called after all findings were looked up. */
  readonly idle: () => readonly IdleSuppression[]
}

/** The rules by which a user can do without one seat, whatever other seats the user has in other providers. */
const RULES_OF_SEATS: readonly FindingRule[] = ['inactive-holder', 'dormant-holder', 'never-active', 'included-license']

/** By day, `2026-01-31`. */
const hasExpired = ({ until }: Suppression, day: string): boolean => until !== undefined && until < day

/** What a suppression names. What it leaves out may be anything. It is about a finding, else about a user, else about every user. */
interface Named {
  readonly id?: string | undefined
  readonly user?: string | undefined
  readonly license?: string | undefined
  readonly provider?: string | undefined
  readonly rule?: string | undefined
}

const keyOf = ({ id, user, license, provider, rule }: Named): string =>
  JSON.stringify([id ?? 0, user ?? 0, license ?? 0, provider ?? 0, rule ?? 0])

/** Suppressions that name the same. The reason is that of the first of them. */
interface Same {
  readonly first: Suppression
  readonly all: Suppression[]
  isUsed: boolean
}

/** Finds the findings that suppressions accept. A suppression may name a user by any of the user's addresses. */
export const createSuppressor = (
  suppressions: readonly Suppression[],
  generatedAt: string,
  addressesOfUser: (provider: string, userId: string) => readonly string[] = () => [],
): Suppressor => {
  const day = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  // Found by what they name: thousands of them need not be compared with every finding.
  const byNames = new Map<string, Same>()
  const known = { users: new Set<string>(), providers: new Set<string>() }
  for (const suppression of suppressions) {
    if (hasExpired(suppression, day)) continue
    const { id, license, provider, rule } = suppression
    const user = id === undefined && suppression.user !== undefined ? foldedReference(suppression.user) : undefined
    const key = keyOf({ id, user, license, provider, rule })
    const same = byNames.get(key)
    if (same === undefined) byNames.set(key, { first: suppression, all: [suppression], isUsed: false })
    else same.all.push(suppression)
    if (user !== undefined) known.users.add(user)
    if (provider !== undefined) known.providers.add(provider)
  }
  const matching = (names: readonly Named[]): readonly Same[] => {
    const found = names.flatMap((named) => byNames.get(keyOf(named)) ?? [])
    for (const same of found) same.isUsed = true
    return found
  }
  return {
    acceptanceOf: ({ id, group, rule, provider, licenseId, userId, accounts }) => {
      const users = accounts ?? (userId === undefined ? [] : [{ provider, id: userId }])
      const names = new Set(
        users.flatMap((user) => [foldedReference(user.id), ...addressesOfUser(user.provider, user.id)]),
      )
      const providers = new Set([provider, ...users.map((user) => user.provider)])
      const ids = [id, ...(group === undefined ? [] : [group])]
      const about = [
        ...ids.map((one) => ({ id: one })),
        ...[...names].filter((name) => known.users.has(name)).map((user) => ({ user })),
        {},
      ]
      const licenses = licenseId === undefined ? [undefined] : [licenseId, undefined]
      const inProviders = [...[...providers].filter((one) => known.providers.has(one)), undefined]
      const [same] = matching(
        about.flatMap((who) =>
          licenses.flatMap((license) =>
            inProviders.flatMap((one) =>
              [rule, undefined].map((ofRule) => ({ ...who, license, provider: one, rule: ofRule })),
            ),
          ),
        ),
      )
      if (same === undefined) return undefined
      const { reason, until } = same.first
      return { reason, ...(until === undefined ? {} : { until }) }
    },
    keeps: ({ provider, userId, licenseId }) => {
      if (byNames.size === 0) return false
      const names = [foldedReference(userId), ...addressesOfUser(provider, userId)].filter((name) =>
        known.users.has(name),
      )
      const kept = RULES_OF_SEATS.flatMap((rule): readonly Named[] => {
        const subject = { rule, provider, licenseId, userId }
        const ids = [findingId(subject), groupIdOf(subject)].flatMap((id) => [{ id }, { id, rule }])
        const ofUser = names.flatMap((user) =>
          [licenseId, undefined].flatMap((license) =>
            [provider, undefined].map((one) => ({ user, license, provider: one, rule })),
          ),
        )
        return [...ids, ...ofUser]
      })
      return matching(kept).length > 0
    },
    idle: () => {
      const used = new Set([...byNames.values()].flatMap(({ all, isUsed }) => (isUsed ? all : [])))
      return suppressions
        .filter((suppression) => !used.has(suppression))
        .map((suppression) => ({
          ...suppression,
          why: hasExpired(suppression, day) ? 'expired' : 'matches nothing',
        }))
    },
  }
}

/** The addresses of all users, folded, by provider and user id. */
export const addressBookOf = (users: readonly UserRow[]): ((provider: string, userId: string) => readonly string[]) => {
  const known = new Map<string, Map<string, UserRow>>()
  for (const user of users) {
    const ofProvider = known.get(user.provider) ?? new Map<string, UserRow>()
    known.set(user.provider, ofProvider.set(user.id, user))
  }
  return (provider, userId) => {
    const user = known.get(provider)?.get(userId)
    return user === undefined ? [] : addressesOf(user)
  }
}

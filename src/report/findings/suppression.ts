import { addressesOf } from '../../model/addresses.ts'
import { foldedReference } from '../../model/folded-text.ts'
import type { Finding, IdleSuppression, Suppression, UserRow } from '../license-report.ts'
import type { FindingSubject } from './finding-id.ts'

type Acceptance = NonNullable<Finding['accepted']>

export interface Suppressor {
  /** Why something may stay; undefined where nobody has said so. */
  readonly acceptanceOf: (
    subject: FindingSubject & { readonly id: string } & Pick<Finding, 'accounts'>,
  ) => Acceptance | undefined
  /** After all were asked about. */
  readonly idle: () => readonly IdleSuppression[]
}

/** By day, `2026-01-31`. */
const hasExpired = ({ until }: Suppression, day: string): boolean => until !== undefined && until < day

/** The name of no rule. */
const ANY = ''

/** Finds out by suppressions what may stay; by the addresses of a user, people can be named. */
export const createSuppressor = (
  suppressions: readonly Suppression[],
  generatedAt: string,
  addressesOfUser: (provider: string, userId: string) => readonly string[] = () => [],
): Suppressor => {
  const day = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const used = new Set<Suppression>()
  // Each is found by the rarest thing that it names, so that thousands of them are not held against every finding.
  const index = { id: new Map(), user: new Map(), license: new Map(), rule: new Map() } satisfies Record<
    string,
    Map<string, Suppression[]>
  >
  const put = (map: Map<string, Suppression[]>, key: string, suppression: Suppression) => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [suppression])
    else list.push(suppression)
  }
  for (const suppression of suppressions) {
    if (hasExpired(suppression, day)) continue
    const { id, user, license, rule } = suppression
    if (id !== undefined) put(index.id, id, suppression)
    else if (user !== undefined) put(index.user, foldedReference(user), suppression)
    else if (license !== undefined) put(index.license, license, suppression)
    else put(index.rule, rule ?? ANY, suppression)
  }
  return {
    acceptanceOf: ({ id, rule, provider, licenseId, userId, accounts }) => {
      const users = accounts ?? (userId === undefined ? [] : [{ provider, id: userId }])
      const names = users.flatMap((user) => [foldedReference(user.id), ...addressesOfUser(user.provider, user.id)])
      const providers = new Set([provider, ...users.map((user) => user.provider)])
      const candidates: readonly Suppression[] = [
        ...(index.id.get(id) ?? []),
        ...[...new Set(names)].flatMap((name) => index.user.get(name) ?? []),
        ...(licenseId === undefined ? [] : (index.license.get(licenseId) ?? [])),
        ...(index.rule.get(rule) ?? []),
        ...(index.rule.get(ANY) ?? []),
      ]
      const matching = candidates.filter(
        (candidate) =>
          (candidate.rule === undefined || candidate.rule === rule) &&
          (candidate.provider === undefined || providers.has(candidate.provider)) &&
          (candidate.license === undefined || candidate.license === licenseId),
      )
      for (const suppression of matching) used.add(suppression)
      const [first] = matching
      if (first === undefined) return undefined
      return { reason: first.reason, ...(first.until === undefined ? {} : { until: first.until }) }
    },
    idle: () =>
      suppressions
        .filter((suppression) => !used.has(suppression))
        .map((suppression) => ({
          ...suppression,
          why: hasExpired(suppression, day) ? 'expired' : 'matches nothing',
        })),
  }
}

/** Everybody's addresses, folded, by provider and user id. */
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

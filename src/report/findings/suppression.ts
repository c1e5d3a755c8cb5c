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

const folded = (user: string): string => user.trim().toLowerCase()

/** By day, `2026-01-31`. */
const hasExpired = ({ until }: Suppression, day: string): boolean => until !== undefined && until < day

/** The name of no rule. */
const ANY = ''

/** Finds out by suppressions what may stay; `emailOf` a user, so that people can be named by their addresses. */
export const createSuppressor = (
  suppressions: readonly Suppression[],
  generatedAt: string,
  emailOf: (provider: string, userId: string) => string | undefined = () => undefined,
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
    else if (user !== undefined) put(index.user, folded(user), suppression)
    else if (license !== undefined) put(index.license, license, suppression)
    else put(index.rule, rule ?? ANY, suppression)
  }
  return {
    acceptanceOf: ({ id, rule, provider, licenseId, userId, accounts }) => {
      const users = accounts ?? (userId === undefined ? [] : [{ provider, id: userId }])
      const names = users.flatMap((user) => [user.id, emailOf(user.provider, user.id) ?? user.id].map(folded))
      const isIn = (wanted: string) => wanted === provider || users.some((user) => user.provider === wanted)
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
          (candidate.provider === undefined || isIn(candidate.provider)) &&
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

/** E-mail addresses by provider and user id. */
export const emailsOf = (users: readonly UserRow[]): ((provider: string, userId: string) => string | undefined) => {
  const emails = new Map<string, Map<string, string>>()
  for (const { provider, id, email } of users) {
    if (email === undefined) continue
    const ofProvider = emails.get(provider) ?? new Map<string, string>()
    emails.set(provider, ofProvider.set(id, email))
  }
  return (provider, userId) => emails.get(provider)?.get(userId)
}

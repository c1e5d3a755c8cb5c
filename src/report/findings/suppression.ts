import type { Finding, IdleSuppression, Suppression, UserRow } from '../license-report.ts'
import type { FindingSubject } from './finding-id.ts'

type Acceptance = NonNullable<Finding['accepted']>

export interface Suppressor {
  /** Why something may stay; undefined where nobody has said so. */
  readonly acceptanceOf: (subject: FindingSubject & { readonly id: string }) => Acceptance | undefined
  /** After all were asked about. */
  readonly idle: () => readonly IdleSuppression[]
}

const folded = (user: string): string => user.trim().toLowerCase()

/** By day, `2026-01-31`. */
const hasExpired = ({ until }: Suppression, day: string): boolean => until !== undefined && until < day

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
    const { id, user, license, rule = '' } = suppression
    if (id !== undefined) put(index.id, id, suppression)
    else if (user !== undefined) put(index.user, folded(user), suppression)
    else if (license !== undefined) put(index.license, license, suppression)
    else put(index.rule, rule, suppression)
  }
  return {
    acceptanceOf: ({ id, rule, provider, licenseId, userId }) => {
      const email = userId === undefined ? undefined : emailOf(provider, userId)
      const candidates: readonly Suppression[] = [
        ...(index.id.get(id) ?? []),
        ...(userId === undefined ? [] : (index.user.get(folded(userId)) ?? [])),
        ...(email === undefined ? [] : (index.user.get(folded(email)) ?? [])),
        ...(licenseId === undefined ? [] : (index.license.get(licenseId) ?? [])),
        ...(index.rule.get(rule) ?? []),
      ]
      const matching = candidates.filter(
        (candidate) =>
          (candidate.rule === undefined || candidate.rule === rule) &&
          (candidate.provider === undefined || candidate.provider === provider) &&
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

import type { LicensedUser } from '../model/licensed-user.ts'
import type { Plan } from './plan.ts'
import { lastActivityOf } from './supported.ts'

/**
 * Keeps one copy of each text, and of each list of licenses. Parsed JSON has hundreds of thousands of texts for what tens of
 * thousands of users hold, and only a few dozen of them differ.
 */
export const shareTexts = () => {
  const texts = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const text = (value: string): string => {
    const known = texts.get(value)
    if (known !== undefined) return known
    texts.set(value, value)
    return value
  }
  const list = (values: readonly string[]): string[] => {
    const key = JSON.stringify(values)
    const known = lists.get(key)
    if (known !== undefined) return known
    const shared = values.map(text)
    lists.set(key, shared)
    return shared
  }
  return { text, list }
}

type Shared = ReturnType<typeof shareTexts>

/** The part of a user that a plan is compared with. */
export const heldBy = (
  { provider, id, kind, status, licenseIds, pendingLicenseIds, ...activity }: LicensedUser,
  { list }: Shared,
): LicensedUser => {
  const lastActiveAt = lastActivityOf(activity)
  return {
    provider,
    id,
    kind,
    status,
    licenseIds: list(licenseIds),
    pendingLicenseIds: list(pendingLicenseIds),
    ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
  }
}

/** The same plan, in less memory. */
export const sharedPlan = (plan: Plan): Plan => {
  const { text, list } = shareTexts()
  return {
    ...plan,
    intents: plan.intents.map((intent) =>
      intent.users === undefined ? intent : { ...intent, users: intent.users.map(text) },
    ),
    changes: plan.changes.map((change) => ({
      ...change,
      userId: text(change.userId),
      user: text(change.user),
      licenseId: text(change.licenseId),
      license: text(change.license),
    })),
    users: plan.users.map(({ id, status, licenseIds, ...others }) => ({
      ...others,
      id: text(id),
      status: text(status),
      licenseIds: list(licenseIds),
    })),
  }
}

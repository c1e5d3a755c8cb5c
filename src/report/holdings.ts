import { holdingText, type LicensedUser } from '../model/licensed-user.ts'

/** What a user holds; one for all who hold the same. */
export interface Holding {
  readonly text: string
  readonly licenseIds: ReadonlySet<string>
  readonly pendingLicenseIds: ReadonlySet<string>
}

/** What each user holds, by user id. */
export interface Holdings {
  readonly of: (userId: string) => Holding | undefined
  readonly set: (user: LicensedUser) => void
  /** Whether everybody holds the same here and there. */
  readonly agreeWith: (other: Holdings) => boolean
  readonly size: () => number
}

export const createHoldings = (): Holdings => {
  const byText = new Map<string, Holding>()
  const byUser = new Map<string, Holding>()
  return {
    of: (userId) => byUser.get(userId),
    set: (user) => {
      const text = holdingText(user)
      const holding = byText.get(text) ?? {
        text,
        licenseIds: new Set(user.licenseIds),
        pendingLicenseIds: new Set(user.pendingLicenseIds),
      }
      byText.set(text, holding)
      byUser.set(user.id, holding)
    },
    agreeWith: (other) => {
      if (other.size() !== byUser.size) return false
      for (const [userId, { text }] of byUser) if (other.of(userId)?.text !== text) return false
      return true
    },
    size: () => byUser.size,
  }
}

/** A user with what both rows of theirs say that they hold. What is in force is not pending. */
export const united = (user: LicensedUser, { licenseIds, pendingLicenseIds }: Holding): LicensedUser => {
  const held = new Set([...licenseIds, ...user.licenseIds])
  const pending = new Set([...pendingLicenseIds, ...user.pendingLicenseIds])
  return {
    ...user,
    licenseIds: [...held],
    pendingLicenseIds: [...pending].filter((id) => !held.has(id)),
  }
}

import { holdingWords, type LicensedUser } from '../model/licensed-user.ts'
import { createContentKeys } from '../paging/content-keys.ts'

/** What a user holds: that of the first user who held the same, of whom nothing else is looked at. */
export type Holding = Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>

/** What each user holds, by user id. */
export interface Holdings {
  readonly of: (userId: string) => Holding | undefined
  readonly set: (user: LicensedUser) => void
  /** Whether everybody holds the same here and there. */
  readonly agreeWith: (other: Holdings) => boolean
  readonly size: () => number
}

export const createHoldings = (): Holdings => {
  const keyOf = createContentKeys()
  const byKey = new Map<string, Holding>()
  const byUser = new Map<string, Holding>()
  return {
    of: (userId) => byUser.get(userId),
    set: (user) => {
      const key = keyOf(holdingWords(user))
      const { licenseIds, pendingLicenseIds } = user
      const holding = byKey.get(key) ?? { licenseIds, pendingLicenseIds }
      byKey.set(key, holding)
      byUser.set(user.id, holding)
    },
    agreeWith: (other) => {
      if (other.size() !== byUser.size) return false
      const keyOfEither = createContentKeys()
      for (const [userId, holding] of byUser) {
        const there = other.of(userId)
        if (there === undefined || keyOfEither(holdingWords(there)) !== keyOfEither(holdingWords(holding))) return false
      }
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

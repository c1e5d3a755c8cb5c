import { holdingWords, type LicensedUser } from '../model/licensed-user.ts'
import { createContentKeys } from '../paging/content-keys.ts'

/** What a user holds. Users who hold the same share one record, so that memory grows with the combinations and not with the users. */
export type Holding = Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>

/** What each user holds, by user id. */
export interface Holdings {
  readonly of: (userId: string) => Holding | undefined
  readonly set: (user: LicensedUser) => void
  /** Whether all users hold the same in both readings. */
  readonly agreeWith: (other: Holdings) => boolean
  readonly size: () => number
}

export const createHoldings = (): Holdings => {
  const keyOf = createContentKeys()
  const byKey = new Map<number, Holding>()
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

/** A user with the licenses of both of their rows. A license that is in force in one of them is not pending. */
export const united = (user: LicensedUser, { licenseIds, pendingLicenseIds }: Holding): LicensedUser => {
  const held = new Set([...licenseIds, ...user.licenseIds])
  const pending = new Set([...pendingLicenseIds, ...user.pendingLicenseIds])
  return {
    ...user,
    licenseIds: [...held],
    pendingLicenseIds: [...pending].filter((id) => !held.has(id)),
  }
}

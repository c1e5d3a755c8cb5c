import { holdingWords, type LicensedUser } from '../model/licensed-user.ts'
import { createNumberTable } from '../model/number-table.ts'
import { createTextNumbers } from '../model/text-numbers.ts'
import { createContentKeys } from '../paging/content-keys.ts'

/** What a user holds. Users who hold the same share one record, so that memory grows with the combinations and not with the users. */
export type Holding = Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>

/** What each user holds, by user id. */
export interface Holdings {
  readonly of: (userId: string) => Holding | undefined
  /** Keeps what a user holds who has not come before, and says whether that is so. */
  readonly setFirst: (user: LicensedUser) => boolean
  /** Gives the number of the user: 0 for the first one. */
  readonly set: (user: LicensedUser) => number
  /** Whether all users hold the same in both readings. */
  readonly agreeWith: (other: Holdings) => boolean
  readonly size: () => number
}

export const createHoldings = (): Holdings => {
  const keyOf = createContentKeys()
  const byKey = new Map<number, Holding>()
  const users = createTextNumbers()
  /** The key of what each user holds, by the number of the user. */
  const keys = createNumberTable()
  const ofNumber = (user: number): Holding | undefined => byKey.get(keys.get(user) ?? Number.NaN)
  const setAt = (number: number, user: LicensedUser): void => {
    const key = keyOf(holdingWords(user))
    const { licenseIds, pendingLicenseIds } = user
    if (!byKey.has(key)) byKey.set(key, { licenseIds, pendingLicenseIds })
    keys.set(number, key)
  }
  return {
    of: (userId) => {
      const user = users.numberOf(userId)
      return user === undefined ? undefined : ofNumber(user)
    },
    setFirst: (user) => {
      const known = users.size()
      const number = users.enter(user.id)
      if (number < known) return false
      setAt(number, user)
      return true
    },
    set: (user) => {
      const number = users.enter(user.id)
      setAt(number, user)
      return number
    },
    agreeWith: (other) => {
      if (other.size() !== users.size()) return false
      const keyOfEither = createContentKeys()
      for (let user = 0; user < users.size(); user++) {
        const here = ofNumber(user)
        const there = other.of(users.textOf(user))
        if (here === undefined || there === undefined) return false
        if (keyOfEither(holdingWords(there)) !== keyOfEither(holdingWords(here))) return false
      }
      return true
    },
    size: users.size,
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

import type { AssignmentChange, ChangeRemark } from '../../contract/assignment-change.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { License } from '../../model/license.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import { asItIs, changesByUser, isAlreadySo, isAmong, type KeyOfId } from './user-changes.ts'

/** A remark on a change. `about: 'license'`: it is given once for each license, and not for each user. */
export type Remark = Omit<ChangeRemark, 'change'>

/** A user after all of their changes. */
export interface UserAfterwards {
  /** The user before the changes; undefined where that is unknown. */
  readonly user: LicensedUser | undefined
  /** What they would hold, as far as is known what they hold now. */
  readonly licenseIds: readonly string[]
  readonly lostLicenseIds: readonly string[]
  /** A license by any spelling of its id; undefined where it is not listed. */
  readonly licenseOf: (licenseId: string) => License | undefined
}

const CONTRADICTION: Remark = {
  severity: 'problem',
  rule: 'contradicting-changes',
  message: 'another change of the same license for the same user says something else',
}

/**
 * Makes a `reviewChanges` of a function that reviews one change together with all others of its user. Changes that would
 * change nothing get no remarks. Changes that contradict each other are a problem with every vendor.
 */
export const reviewUserByUser = (
  remarksOn: (change: AssignmentChange, user: UserAfterwards) => readonly Remark[],
  keyOf: KeyOfId = asItIs,
): NonNullable<LicenseProvider['reviewChanges']> => {
  return (changes, { licenses, users }) => {
    const byKey = new Map([...licenses].map(([id, license]) => [keyOf(id), license]))
    const saidOfLicenses = new Set<string>()
    const isNews = ({ rule, about }: Remark, { licenseId }: AssignmentChange): boolean => {
      const key = JSON.stringify([rule, keyOf(licenseId)])
      if (about !== 'license') return true
      const isFirst = !saidOfLicenses.has(key)
      saidOfLicenses.add(key)
      return isFirst
    }
    return [...changesByUser(changes, keyOf)].flatMap(({ userId, wanted, contradictory }) => {
      const user = users.get(userId)
      const all = [...wanted.map(({ change }) => change), ...contradictory]
      const idsOf = (wish: AssignmentChange['action']) =>
        all.flatMap(({ action, licenseId }) => (action === wish ? licenseId : []))
      const lostLicenseIds = idsOf('remove')
      const kept = (user?.licenseIds ?? []).filter((id) => !isAmong(lostLicenseIds, id, keyOf))
      const licenseIds = [...kept, ...idsOf('assign')]
      const afterwards = { user, licenseIds, lostLicenseIds, licenseOf: (id: string) => byKey.get(keyOf(id)) }
      const needed = wanted.filter(({ change }) => !isAlreadySo(change, user, keyOf))
      return [
        ...contradictory.map((change) => ({ change, ...CONTRADICTION })),
        ...needed.flatMap(({ change, copies }) => {
          const remarks = remarksOn(change, afterwards)
          return copies.flatMap((copy) =>
            remarks.filter((remark) => isNews(remark, copy)).map((remark) => ({ change: copy, ...remark })),
          )
        }),
      ]
    })
  }
}

import * as E from 'fp-ts/lib/Either.js'
import { activityOf, lastActiveOf } from '../model/activity.ts'
import { type LicensedUser, seatOf } from '../model/licensed-user.ts'
import { momentOf } from '../model/moment.ts'
import type { FindingBasis, Intent } from './intent.ts'
import type { ResolvedUser } from './resolve-users.ts'

/** When a user was last active, by any source that tells. */
export const lastActivityOf = (user: Pick<LicensedUser, 'activity' | 'lastActiveAt'>): string | undefined =>
  lastActiveOf(activityOf(user))

const holdsTheSame = (one: readonly string[], other: readonly string[]): boolean => {
  const [held, holds] = [new Set(one), new Set(other)]
  return held.size === holds.size && [...held].every((id) => holds.has(id))
}

/** Whether the user has the same seat as before: one that was given back and assigned again is another one, and new. */
const isSameSeat = ({ assignedAt: before }: FindingBasis['user'], assignedAt: string | undefined): boolean =>
  before === undefined || assignedAt === undefined || momentOf(assignedAt) === momentOf(before)

/** Whether all that findings rest on is as it was. */
const isAsFound = ({ user: found }: FindingBasis, user: LicensedUser, licenseId: string): boolean =>
  user.status === found.status &&
  lastActivityOf(user) === found.lastActiveAt &&
  (found.neverActive === undefined || user.neverActive === true) &&
  isSameSeat(found, seatOf(user, licenseId)?.assignedAt) &&
  holdsTheSame(user.licenseIds, found.licenseIds)

/**
 * The intents that still stand, and how many seats no longer do: their users are not as the findings have them. What else the
 * user has become is not weighed, as every rule rests on something else.
 */
export const supportedIntents = (
  intents: readonly Intent[],
  resolved: ReadonlyMap<string, ResolvedUser>,
): { readonly supported: readonly Intent[]; readonly changed: number } => {
  const supported = intents.filter((intent) => {
    if (intent.action !== 'remove' || intent.basis === undefined) return true
    const user = resolved.get(intent.user)
    return user !== undefined && E.isRight(user) && isAsFound(intent.basis, user.right, intent.license)
  })
  return { supported, changed: intents.length - supported.length }
}

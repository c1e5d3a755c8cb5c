import { isRecord } from '../../model/is-record.ts'
import type { LicensedUser } from '../../model/licensed-user.ts'
import { mended } from '../../model/record-shape.ts'
import { userShape } from '../../model/shapes.ts'
import { textsOf } from './guards.ts'

/**
 * A user as the contract has it; undefined if it has no id or no list of licenses. Any other field of a wrong shape is
 * unknown.
 */
export const soundUser = (user: LicensedUser, provider: string): LicensedUser | undefined => {
  if (!isRecord(user)) return undefined
  const sound = mended<LicensedUser>(userShape, user, {
    provider,
    kind: 'unknown',
    status: 'unknown',
    pendingLicenseIds: textsOf(user.pendingLicenseIds),
    otherEmails: textsOf(user.otherEmails),
  })
  return sound === undefined || sound.provider === provider ? sound : { ...sound, provider }
}

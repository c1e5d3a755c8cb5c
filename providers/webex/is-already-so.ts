import type { AssignmentChange, LicensedUser } from '../../src/provider-kit/index.ts'
import { isAmong } from './hydra-id.ts'

/** Whether a change would change nothing; false where that is not known. */
export const isAlreadySo = (
  { action, licenseId }: AssignmentChange,
  user: Pick<LicensedUser, 'kind' | 'licenseIds' | 'pendingLicenseIds'> | undefined,
): boolean => {
  if (user === undefined) return false
  if (isAmong(user.licenseIds, licenseId)) return action === 'assign'
  // What somebody outside of the organisation has not accepted yet is in no listing, and can be taken back.
  return action === 'remove' && user.kind === 'internal' && !isAmong(user.pendingLicenseIds, licenseId)
}

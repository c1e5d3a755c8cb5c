import { isRecord } from '../../model/is-record.ts'
import type { LicensedUser, UserKind, UserStatus } from '../../model/licensed-user.ts'
import { areTexts, isOptionalText, isText, textMember, textsOf } from './guards.ts'

const KINDS: ReadonlySet<unknown> = new Set<UserKind>(['internal', 'external', 'unknown'])
const STATUSES: ReadonlySet<unknown> = new Set<UserStatus>(['active', 'inactive', 'deleted', 'unknown'])

const isKind = (value: unknown): value is UserKind => KINDS.has(value)
const isStatus = (value: unknown): value is UserStatus => STATUSES.has(value)

const isSound = (user: LicensedUser, provider: string): boolean =>
  user.provider === provider &&
  isKind(user.kind) &&
  isStatus(user.status) &&
  areTexts(user.pendingLicenseIds) &&
  (user.otherEmails === undefined || areTexts(user.otherEmails)) &&
  [user.displayName, user.email, user.department, user.lastActiveAt].every(isOptionalText)

/**
 * A user as the contract has them. Undefined where it is not known who they are or what they hold; what else is not as it
 * should be is not known.
 */
export const soundUser = (user: LicensedUser, provider: string): LicensedUser | undefined => {
  if (!isRecord(user) || !isText(user.id) || !areTexts(user.licenseIds)) return undefined
  if (isSound(user, provider)) return user
  const otherEmails = textsOf(user.otherEmails)
  return {
    provider,
    id: user.id,
    kind: isKind(user.kind) ? user.kind : 'unknown',
    status: isStatus(user.status) ? user.status : 'unknown',
    licenseIds: user.licenseIds,
    pendingLicenseIds: textsOf(user.pendingLicenseIds),
    ...textMember('displayName', user.displayName),
    ...textMember('email', user.email),
    ...(otherEmails.length === 0 ? {} : { otherEmails }),
    ...textMember('department', user.department),
    ...textMember('lastActiveAt', user.lastActiveAt),
  }
}

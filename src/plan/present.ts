import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import type { PlannedChange } from './plan.ts'
import { type Reading, readLicenses, readSomeUsers, type SomeUsers, type Unread } from './provider-state.ts'

/** What a plan depends on in its provider, as it is now. */
export interface Present extends SomeUsers {
  readonly licenses: ReadonlyMap<string, License>
}

/** Whether a change is already so; undefined where the user could not be read. */
export const isSo = (
  { users }: Pick<Present, 'users'>,
  { userId, licenseId, action }: Pick<PlannedChange, 'userId' | 'licenseId' | 'action'>,
): boolean | undefined => {
  const now = users.get(userId)
  if (now === undefined || E.isLeft(now)) return undefined
  return (now.right?.licenseIds ?? []).includes(licenseId) === (action === 'assign')
}

/** The users who were found. */
export const foundUsers = ({ users }: Pick<Present, 'users'>): Map<string, LicensedUser> => {
  const found = new Map<string, LicensedUser>()
  for (const [id, user] of users) if (E.isRight(user) && user.right !== undefined) found.set(id, user.right)
  return found
}

/** Reads all that a plan depends on. */
export const readPresent = async (
  provider: LicenseProvider,
  userIds: readonly string[],
  reading: Reading,
): Promise<E.Either<Unread, Present>> => {
  const licenses = await readLicenses(provider, reading)
  if (E.isLeft(licenses)) return licenses
  const users = await readSomeUsers(provider, userIds, licenses.right, reading)
  return E.isLeft(users) ? users : E.right({ licenses: licenses.right, ...users.right })
}

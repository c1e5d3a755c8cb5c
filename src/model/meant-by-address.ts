import type { LicensedUser } from './licensed-user.ts'

/** Whether a user is known to have left: the account is inactive or deleted. */
export const hasLeft = ({ status }: Pick<LicensedUser, 'status'>): boolean =>
  status === 'inactive' || status === 'deleted'

/**
 * The users that an address may mean, of all users who have it: those who have not left, as the address of a user who left
 * may be given to another one. Where all have left, all of them. One result means that user.
 */
export const meantByAddress = <A extends Pick<LicensedUser, 'status'>>(users: readonly A[]): readonly A[] => {
  const present = users.filter((user) => !hasLeft(user))
  return present.length > 0 ? present : users
}

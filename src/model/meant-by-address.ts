import type { LicensedUser } from './licensed-user.ts'

/** Whether somebody is known to work with their seats no more. */
export const hasLeft = ({ status }: Pick<LicensedUser, 'status'>): boolean =>
  status === 'inactive' || status === 'deleted'

/**
 * Whom an address may mean, of all who have it: those who have not left, as a user who leaves may leave their address to
 * another one; where all have left, all of them. One user is meant where this is one.
 */
export const meantByAddress = <A extends Pick<LicensedUser, 'status'>>(users: readonly A[]): readonly A[] => {
  const present = users.filter((user) => !hasLeft(user))
  return present.length > 0 ? present : users
}

import { foldedText } from './folded-text.ts'
import type { LicensedUser } from './licensed-user.ts'

/** Every address of a user, folded for comparison, each once. `email` comes first; blank addresses are left out. */
export const addressesOf = ({ email, otherEmails }: Pick<LicensedUser, 'email' | 'otherEmails'>): readonly string[] => {
  const first = email === undefined ? '' : foldedText(email)
  if (otherEmails === undefined || otherEmails.length === 0) return first === '' ? [] : [first]
  return [...new Set([first, ...otherEmails.map(foldedText)])].filter((address) => address !== '')
}

/** Whether a user has an address. The address need not be folded. */
export const hasAddress = (user: Pick<LicensedUser, 'email' | 'otherEmails'>, address: string): boolean => {
  const wanted = foldedText(address)
  return wanted !== '' && addressesOf(user).includes(wanted)
}

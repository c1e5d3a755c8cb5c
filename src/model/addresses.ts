import { foldedText } from './folded-text.ts'
import type { LicensedUser } from './licensed-user.ts'

type Addressed = Pick<LicensedUser, 'email' | 'otherEmails'>

/** Every address of a user as addresses are compared, the first one first, each once; none that is blank. */
export const addressesOf = ({ email, otherEmails }: Addressed): readonly string[] => {
  const first = email === undefined ? '' : foldedText(email)
  if (otherEmails === undefined || otherEmails.length === 0) return first === '' ? [] : [first]
  return [...new Set([first, ...otherEmails.map(foldedText)])].filter((address) => address !== '')
}

/** Whether an address is one of a user's; it need not be folded. */
export const hasAddress = (user: Addressed, address: string): boolean => {
  const wanted = foldedText(address)
  return wanted !== '' && addressesOf(user).includes(wanted)
}

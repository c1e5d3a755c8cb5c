import type { LicensedUser } from '../model/licensed-user.ts'

/** How people are given other names. */
export interface Pseudonyms {
  /** HMAC-SHA-256 of a text under the key, in hexadecimal digits. */
  readonly digest: (text: string) => string
}

/** Reserved so that nothing is ever delivered there. */
const DOMAIN = 'pseudonym.invalid'
const DIGITS = 32
const NAME_DIGITS = 12

/** Equal for equal keys, and tells nothing else of one. */
export const keyIdOf = ({ digest }: Pseudonyms): string => digest('key').slice(0, DIGITS)

const normalised = (email: string): string => email.trim().toLowerCase()

/**
 * The same user under other names: whoever has the same address, without regard to case, has the same one here, in every
 * provider and every snapshot of the same key. What they hold, and where they work, stays.
 */
export const pseudonymous = ({ digest }: Pseudonyms, user: LicensedUser): LicensedUser => {
  const { id, email, displayName, ...rest } = user
  const address = email === undefined ? '' : normalised(email)
  const person = address === '' ? digest(`id ${id}`) : digest(`email ${address}`)
  return {
    ...rest,
    id: digest(`id ${id}`).slice(0, DIGITS),
    ...(displayName === undefined ? {} : { displayName: `Person ${person.slice(0, NAME_DIGITS)}` }),
    ...(email === undefined ? {} : { email: address === '' ? '' : `${person.slice(0, DIGITS)}@${DOMAIN}` }),
  }
}

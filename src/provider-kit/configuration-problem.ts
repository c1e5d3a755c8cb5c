import { maskSensitive } from './transport/mask.ts'

/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** The field, relative to the provider's configuration. */
  readonly field: string
  readonly expected: string
  /** What was found, fit to be shown; absent where there was nothing or where it is a secret. */
  readonly found?: string
}

const MAX_FOUND_LENGTH = 60
const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i

/** All before the last `@` may be a user name and a password, however the address around it is mistyped. */
const withoutUserInfo = (text: string): string => {
  const at = text.lastIndexOf('@')
  if (at === -1) return maskSensitive(text)
  const [scheme = ''] = SCHEME.exec(text) ?? []
  return `${scheme}***@${maskSensitive(text.slice(at + 1))}`
}

/**
 * What was found in a field that is not a secret, as JSON, shortened. Of a structure only its kind is told, because a
 * secret may be somewhere in it; of an address no user name and password; and nothing that looks like a credential.
 */
export const found = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined) return {}
  if (Array.isArray(value)) return { found: 'a list' }
  if (typeof value === 'object' && value !== null) return { found: 'an object' }
  const shown = JSON.stringify(typeof value === 'string' ? withoutUserInfo(value) : value)
  return { found: shown.slice(0, MAX_FOUND_LENGTH) }
}

/** What was found where a structure should be: its kind only, because a misplaced text may be a secret. */
export const foundKind = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined || typeof value === 'object') return found(value)
  return { found: typeof value === 'string' ? 'a text' : `a ${typeof value}` }
}

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

/** What keys, tokens and the secrets of clients are written with. */
const LONG_RUN = /[\w+/=~-]{20,}/g
const LONGEST_NAME = 32
const WORD = /[A-Za-z\d]{8,}/g
const has = (text: string, ...classes: readonly RegExp[]): boolean => classes.every((one) => one.test(text))

/**
 * Whether a piece of a text may be a credential that stands in the wrong place: it is as long as they are, or it has
 * capital and small letters and digits in one word, as passwords do. What people write there by mistake is hidden now and
 * then too, and its length tells enough.
 */
const mayBeCredential = (text: string): boolean =>
  (text.match(LONG_RUN) ?? []).some((run) => run.length >= LONGEST_NAME || /\d/.test(run)) ||
  (text.match(WORD) ?? []).some((word) => has(word, /[a-z]/, /[A-Z]/, /\d/))

/**
 * A text that a user has given, fit for messages: as JSON, shortened, of an address no user name and password; and of a
 * text in which something looks like a credential only how long it is.
 */
export const shownText = (text: string): string => {
  const masked = withoutUserInfo(text)
  return mayBeCredential(masked)
    ? `a text of ${text.length} characters`
    : JSON.stringify(masked).slice(0, MAX_FOUND_LENGTH)
}

/** The name of a field that a user has given, fit for messages. */
export const shownName = (name: string): string => (mayBeCredential(name) ? `(${shownText(name)})` : name)

/** What was found in a field that is not a secret. Of a structure only its kind is told: a secret may be somewhere in it. */
export const found = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined) return {}
  if (Array.isArray(value)) return { found: 'a list' }
  if (typeof value === 'object' && value !== null) return { found: 'an object' }
  return { found: typeof value === 'string' ? shownText(value) : JSON.stringify(value).slice(0, MAX_FOUND_LENGTH) }
}

/** What was found where a structure should be: its kind only, because a misplaced text may be a secret. */
export const foundKind = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined || typeof value === 'object') return found(value)
  return { found: typeof value === 'string' ? 'a text' : `a ${typeof value}` }
}

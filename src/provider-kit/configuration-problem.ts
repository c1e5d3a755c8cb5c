import { maskSensitive } from './transport/mask.ts'

/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** The field, relative to the provider's configuration. */
  readonly field: string
  readonly expected: string
  /** What was found, safe to show. Absent: nothing was found, or it is a secret. */
  readonly found?: string
}

const MAX_FOUND_LENGTH = 60
const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i

/** Everything before the last `@` may be a user name and a password, also in a mistyped address. */
const withoutUserInfo = (text: string): string => {
  const at = text.lastIndexOf('@')
  if (at === -1) return maskSensitive(text)
  const [scheme = ''] = SCHEME.exec(text) ?? []
  return `${scheme}***@${maskSensitive(text.slice(at + 1))}`
}

/** Characters of keys, tokens and client secrets. */
const LONG_RUN = /[\w+/=~-]{20,}/g
const LONGEST_NAME = 32
const WORD = /[A-Za-z\d]{8,}/g
const has = (text: string, ...classes: readonly RegExp[]): boolean => classes.every((one) => one.test(text))

/**
 * Whether a text may have a credential in the wrong place: a run as long as credentials are, or a word with capital letters,
 * small letters and digits, as passwords have. Other texts may be hidden too; their length is shown.
 */
const mayBeCredential = (text: string): boolean =>
  (text.match(LONG_RUN) ?? []).some((run) => run.length >= LONGEST_NAME || /\d/.test(run)) ||
  (text.match(WORD) ?? []).some((word) => has(word, /[a-z]/, /[A-Z]/, /\d/))

/**
 * A configured text, safe to show in messages: as JSON, shortened, and without user name and password of an address. Of a
 * text that may have a credential, only the length is shown.
 */
export const shownText = (text: string): string => {
  const masked = withoutUserInfo(text)
  return mayBeCredential(masked)
    ? `a text of ${text.length} characters`
    : JSON.stringify(masked).slice(0, MAX_FOUND_LENGTH)
}

/** The name of a configured field, safe to show in messages. */
export const shownName = (name: string): string => (mayBeCredential(name) ? `(${shownText(name)})` : name)

/** What was found in a field that is not a secret. Of an object or a list, only the kind is shown: it may have a secret in it. */
export const found = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined) return {}
  if (Array.isArray(value)) return { found: 'a list' }
  if (typeof value === 'object' && value !== null) return { found: 'an object' }
  return { found: typeof value === 'string' ? shownText(value) : JSON.stringify(value).slice(0, MAX_FOUND_LENGTH) }
}

/** The kind of what was found where an object or a list should be. A text is not shown: it may be a secret. */
export const foundKind = (value: unknown): Pick<ConfigurationProblem, 'found'> => {
  if (value === undefined || typeof value === 'object') return found(value)
  return { found: typeof value === 'string' ? 'a text' : `a ${typeof value}` }
}

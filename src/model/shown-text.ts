import { maskSensitive } from './mask.ts'

/** The longest text that is shown. */
export const MAX_SHOWN_LENGTH = 60
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
 * A text that a user has given, safe to show in messages: as JSON, shortened, and without user name and password of an address. Of a
 * text that may have a credential, only the length is shown.
 */
export const shownText = (text: string): string => {
  const masked = withoutUserInfo(text)
  return mayBeCredential(masked)
    ? `a text of ${text.length} characters`
    : JSON.stringify(masked).slice(0, MAX_SHOWN_LENGTH)
}

/** A name that a user has given, such as that of a field, safe to show in messages. */
export const shownName = (name: string): string => (mayBeCredential(name) ? `(${shownText(name)})` : name)

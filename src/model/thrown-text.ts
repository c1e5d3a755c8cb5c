import { maskSensitive } from './mask.ts'

const textOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown)
  // An exception of the language says little without its name: `TypeError: Cannot read properties of undefined`.
  return thrown.name === 'Error' || thrown.message === ''
    ? thrown.message || thrown.name
    : `${thrown.name}: ${thrown.message}`
}

/** As long as credentials are, with a digit: an id of a user may be one too, and is not missed. */
const LONG_RUN = /[\w+/=~-]{20,}/g

const withoutLongRuns = (text: string): string => text.replace(LONG_RUN, (run) => (/\d/.test(run) ? '***' : run))

/**
 * What foreign code has thrown, in one line. It is masked as a vendor's text is: it may have credentials, and addresses of
 * people. `secrets`: what that code was given and must not be shown.
 */
export const thrownText = (thrown: unknown, secrets: readonly string[] = []): string => {
  try {
    return (
      withoutLongRuns(maskSensitive(textOf(thrown), secrets))
        .replace(/\s+/g, ' ')
        .trim() || 'no reason was given'
    )
  } catch {
    // Some values have no text, such as objects without a prototype.
    return 'no reason was given'
  }
}

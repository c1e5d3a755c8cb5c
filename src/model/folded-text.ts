/** White space of every kind, and the zero-width space, which is often copied together with an address. */
const isBlank = (character: string): boolean => character === '\u200b' || character.trim() === ''

/** The text without invisible characters at its ends: white space, no-break spaces, byte order marks, zero-width spaces. */
export const trimmedText = (text: string): string => {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charAt(start))) start++
  while (end > start && isBlank(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

const OTHER_THAN_ASCII = /[^\0-\x7f]/

/**
 * All characters that NFC turns into ASCII: the Greek question mark, a grave accent, the Kelvin sign. They stay as they
 * are: with a `K` in place of the Kelvin sign, a text is another text, and may be another person's address.
 */
const LIKE_ASCII = /([\u037e\u1fef\u212a])/

const composed = (text: string): string =>
  OTHER_THAN_ASCII.test(text)
    ? text
        .split(LIKE_ASCII)
        .map((part) => (LIKE_ASCII.test(part) ? part : part.normalize('NFC')))
        .join('')
    : text

/**
 * The text by which addresses, names of licenses and product codes are compared: trimmed, composed (NFC), and with the
 * letters A to Z in lower case. Everything else is compared as it is: Unicode also folds `İ`, `ſ` and the Kelvin sign, and
 * that would make one person's address another person's.
 */
export const foldedText = (text: string): string =>
  composed(trimmedText(text)).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Whether a text that names a user is an e-mail address, and not the vendor's id. */
export const isAddress = (text: string): boolean => text.includes('@')

/** A text that names a user, for comparison: an address is folded; an id is the vendor's, and only trimmed. */
export const foldedReference = (text: string): string => (isAddress(text) ? foldedText(text) : trimmedText(text))

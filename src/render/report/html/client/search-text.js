const MARKS = /\p{M}/gu
/** Most names are, and need no more than lower case. */
const PLAIN = /^[ -~\n]*$/

/**
 * Text as it is compared: without regard to case and accents.
 * @param {string} text
 */
export const folded = (text) =>
  PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(MARKS, '').toLowerCase()

/** @param {string} text */
export const termsOf = (text) =>
  folded(text)
    .split(/\s+/)
    .filter((term) => term !== '')

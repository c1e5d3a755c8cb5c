/** What a spreadsheet may take for a formula, also in its full-width forms, also after white space and quotation marks. */
const FORMULA = /^[\s"]*[=+\-@\t\r\n＝＋－＠]/
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const PHONE_NUMBER = /^\+\d+(?: \d+)*$/

/** Most text begins so. */
const HARMLESS = /^[A-Za-z0-9]/

const looksLikeFormula = (text: string): boolean => text.startsWith("'") || FORMULA.test(text)

const isDangerous = (text: string): boolean =>
  !HARMLESS.test(text) && looksLikeFormula(text) && !NUMBER.test(text) && !PHONE_NUMBER.test(text)

/**
 * Where a program with another list separator begins a new cell. Most of Europe's Excel takes `;`, and heeds no quotation
 * mark that comes after a comma.
 */
const BREAK = /([;\t\r\n])/

/**
 * Keeps a spreadsheet from running a cell as a formula: such a cell gets a leading apostrophe, numbers and phone numbers
 * excepted. So does what follows a `;`, a tab or a line break, as it may become a cell by itself. What begins with an
 * apostrophe gets another one, so that {@link unguardFormula} gives back the very text.
 */
export const guardFormula = (text: string): string => {
  if (!BREAK.test(text)) return isDangerous(text) ? `'${text}` : text
  const [first = '', ...others] = text.split(BREAK)
  const rest = others.map((piece) => (looksLikeFormula(piece) && !BREAK.test(piece) ? `'${piece}` : piece))
  return `${looksLikeFormula(text) ? "'" : ''}${first}${rest.join('')}`
}

/** The text that was guarded. */
export const unguardFormula = (text: string): string => text.replace(/(^|[;\t\r\n])'/g, '$1')

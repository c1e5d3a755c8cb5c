import { stringify } from 'csv-stringify/sync'
import type { Surface } from './surface.ts'
import { visibleText } from './visible-text.ts'

/** What a spreadsheet may take for a formula, also in its full-width forms, also after white space. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const PHONE_NUMBER = /^\+\d+(?: \d+)*$/

/** Most text begins so. */
const HARMLESS = /^[A-Za-z0-9]/

/**
 * Keeps a spreadsheet from running a cell as a formula: such a cell gets a leading apostrophe, numbers and phone numbers
 * excepted. A text that begins with an apostrophe gets another one, so that taking one leading apostrophe from every
 * cell that has one gives back the very text.
 */
export const guardFormula = (text: string): string => {
  if (text === '' || HARMLESS.test(text)) return text
  if (text.startsWith("'")) return `'${text}`
  if (!FORMULA.test(text) || NUMBER.test(text) || PHONE_NUMBER.test(text)) return text
  return `'${text}`
}

/** Without it, Excel takes a file of UTF-8 for one of another encoding, and harms every name that is not plain ASCII. */
const BYTE_ORDER_MARK = '\ufeff'

/** What CSV begins with: for programs that it is piped to, nothing. */
export const csvStart = ({ isFile }: Surface): string => (isFile ? BYTE_ORDER_MARK : '')

/**
 * Rows as RFC 4180 says, each ended by CRLF. In a terminal, what it would act on is shown instead; programs and files get
 * every character as it is.
 */
export const csvText = (rows: readonly (readonly string[])[], { columns }: Pick<Surface, 'columns'> = {}): string =>
  stringify(
    rows.map((row) => row.map((cell) => guardFormula(columns === undefined ? cell : visibleText(cell)))),
    // A lone CR or LF is not the record delimiter, and is quoted only when asked for.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )

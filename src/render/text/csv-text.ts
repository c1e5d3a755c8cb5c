import { guardFormula } from './formula.ts'
import type { Surface } from './surface.ts'
import { visibleText } from './visible-text.ts'

/** Without it, Excel takes a file of UTF-8 for one of another encoding, and harms every name that is not plain ASCII. */
const BYTE_ORDER_MARK = '\ufeff'

/** What CSV begins with: for programs that it is piped to, nothing. */
export const csvStart = ({ isFile }: Surface): string => (isFile ? BYTE_ORDER_MARK : '')

/** What could end a cell, also for programs with another list separator. */
const QUOTED = /[",;\t\r\n]/

const quoted = (cell: string): string => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/**
 * Rows as RFC 4180 says, each ended by CRLF. In a terminal, what it would act on is shown instead; programs and files get
 * every character as it is.
 */
export const csvText = (rows: readonly (readonly string[])[], { columns }: Pick<Surface, 'columns'> = {}): string => {
  const cellText = (cell: string) => quoted(guardFormula(columns === undefined ? cell : visibleText(cell)))
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

import { wrapText } from './text/text-width.ts'
import { visibleText } from './text/visible-text.ts'

const DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const superscript = (value: number): string =>
  [...String(value)].map((digit) => DIGITS[Number(digit)] ?? digit).join('')

/** The reasons behind the marks of one table, each once. */
export interface Footnotes {
  /** A mark that stands for the reason: `¹`. */
  readonly mark: (reason: string) => string
  /** The reasons marked so far, each after its mark. */
  readonly lines: () => readonly string[]
  /** The same, fit for a terminal of so many columns; absent: of any number. */
  readonly text: (columns?: number) => string
}

export const createFootnotes = (): Footnotes => {
  const numbers = new Map<string, number>()
  const lines = () => [...numbers].map(([reason, number]) => `${superscript(number)} ${reason}`)
  return {
    lines,
    mark: (reason) => {
      const number = numbers.get(reason) ?? numbers.size + 1
      numbers.set(reason, number)
      return superscript(number)
    },
    text: (columns) =>
      lines()
        .map((line) => `${wrapText(visibleText(line), columns)}\n`)
        .join(''),
  }
}

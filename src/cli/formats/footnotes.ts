import { visibleText } from '../output/visible-text.ts'

const DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const superscript = (value: number): string =>
  [...String(value)].map((digit) => DIGITS[Number(digit)] ?? digit).join('')

/** The reasons behind the marks of one table, each once. */
export interface Footnotes {
  /** A mark that stands for the reason: `¹`. */
  readonly mark: (reason: string) => string
  /** The reasons marked so far, one line each. */
  readonly text: () => string
}

export const createFootnotes = (): Footnotes => {
  const numbers = new Map<string, number>()
  return {
    mark: (reason) => {
      const number = numbers.get(reason) ?? numbers.size + 1
      numbers.set(reason, number)
      return superscript(number)
    },
    text: () => [...numbers].map(([reason, number]) => `${superscript(number)} ${visibleText(reason)}\n`).join(''),
  }
}

import { invalidInput } from '../../model/invalid-input.ts'
import { LicenseException } from '../../model/license-exception.ts'
import { textWidth } from '../text/text-width.ts'
import { visibleText } from '../text/visible-text.ts'
import type { RowMistake } from './row-options.ts'

/** So much of what was given is shown around a mistake: a terminal need not be wider. */
const MOST_BEFORE = 40
const MOST_SHOWN = 70

/** A mistake with its lines. Of a long text, they have what is around the mistake. */
export const rowMistake = (mistake: Omit<RowMistake, 'lines'>): RowMistake => {
  const { option, message, text, at, end } = mistake
  const start = at > MOST_BEFORE ? at - MOST_BEFORE : 0
  const before = `${start > 0 ? '…' : ''}${visibleText(text.slice(start, at))}`
  const marked = visibleText(text.slice(at, end))
  const shown = `${before}${marked}${visibleText(text.slice(end))}`
  const cut = shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown
  const width = Math.max(1, Math.min(textWidth(marked), MOST_SHOWN - textWidth(before)))
  return {
    ...mistake,
    lines: [`--${option}: ${message}`, `  ${cut}`, `  ${' '.repeat(textWidth(before))}${'^'.repeat(width)}`],
  }
}

/** What is thrown where row options are wrong. */
export const invalidRows = (mistakes: readonly RowMistake[]): LicenseException => {
  const [first, ...also] = mistakes.map(({ option, lines }) =>
    invalidInput(option, 'what fits the columns', lines.join('\n')),
  )
  return new LicenseException({ ...(first ?? invalidInput('where', 'what fits the columns')), also })
}

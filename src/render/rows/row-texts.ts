import { numberText, quantity } from '../../model/quantity.ts'
import { textWidth } from '../text/text-width.ts'
import { visibleText } from '../text/visible-text.ts'
import type { RowAccount, RowMistake } from './row-options.ts'

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

/** What was left out of a result, one line each; nothing where nothing was. `one`: what a row is, such as `license`. */
export const rowAccountLines = (
  { where, found, matching, unknown, shown }: RowAccount,
  one: string,
  /** The list was not read to its end. */
  isCut = false,
): readonly string[] => {
  const isShort = !isCut && shown < matching
  const total = isCut ? `${quantity(found, one)} that were read` : quantity(found, one)
  const first = isShort ? `; the first ${numberText(shown)} are shown` : ''
  return [
    ...(where === undefined
      ? []
      : [`${numberText(matching)} of ${total} ${matching === 1 ? 'matches' : 'match'} ${where}${first}`]),
    ...(where === undefined && isShort ? [`the first ${numberText(shown)} of ${total} are shown`] : []),
    ...(unknown === 0 ? [] : [`${quantity(unknown, one)} left out: a value that is compared is unknown or empty`]),
    ...(isCut ? [`--limit: the list ends after ${quantity(shown, one)}; the rest was not read`] : []),
  ]
}

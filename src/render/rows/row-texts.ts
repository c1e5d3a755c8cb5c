import type { UnmetWord } from '../../filter/index.ts'
import { meaningOneOf } from '../../model/did-you-mean.ts'
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

/** Words that no row has, with what may be meant; nothing of those where no text is close and there are too many to name. */
export const unmetLines = (unmet: readonly UnmetWord[], one: string): readonly string[] =>
  unmet.flatMap(({ column, word, meant, choices }) => {
    const hint =
      meant.length > 0 ? meaningOneOf(meant) : `; there ${choices.length === 1 ? 'is' : 'are'} ${choices.join(', ')}`
    return meant.length + choices.length === 0 ? [] : [`no ${one} has ${JSON.stringify(word)} in ${column}${hint}`]
  })

/** What was left out of a result, one line each; nothing where nothing was. */
export const rowAccountLines = (
  { where, found, matching, unknown, shown }: RowAccount,
  [one, many = `${one}s`]: readonly [one: string, many?: string],
  /** Words of `where` that no row has, where all rows were seen. */
  unmet: readonly UnmetWord[] = [],
  /** The list was not read to its end. */
  isCut = false,
): readonly string[] => {
  const isShort = !isCut && shown < matching
  const total = isCut ? `${quantity(found, one, many)} that were read` : quantity(found, one, many)
  const first = isShort ? `; the first ${numberText(shown)} are shown` : ''
  return [
    ...(where === undefined
      ? []
      : [`${numberText(matching)} of ${total} ${matching === 1 ? 'matches' : 'match'} ${where}${first}`]),
    ...(where === undefined && isShort ? [`the first ${numberText(shown)} of ${total} are shown`] : []),
    ...unmetLines(unmet, one),
    ...(unknown === 0
      ? []
      : [`${quantity(unknown, one, many)} left out: a value that is compared is unknown or empty`]),
    ...(isCut ? [`--limit: the list ends after ${quantity(shown, one, many)}; the rest was not read`] : []),
  ]
}

import type { UnmetWord } from '../../filter/index.ts'
import { meaningOneOf } from '../../model/did-you-mean.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import type { RowAccount } from './row-options.ts'

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

import * as E from 'fp-ts/lib/Either.js'
import { closestNames } from '../model/did-you-mean.ts'
import { foldedText } from '../model/folded-text.ts'
import type { FilterExpression, FilterWord } from './filter-expression.ts'
import { type FilterField, type FilterValue, textOfValue } from './filter-value.ts'
import { placesIn } from './judge-filter.ts'

/** A word that an expression compares a column with, and that no row had there: it may be mistyped. */
export interface UnmetWord {
  readonly column: string
  readonly word: string
  /** Texts of the column that may be meant, the closest first. */
  readonly meant: readonly string[]
  /** All texts of the column, where they are few enough to choose from. */
  readonly choices: readonly string[]
}

/** Sees the rows that an expression judges. */
export interface WordWatch {
  readonly see: (valueAt: (place: number) => FilterValue) => void
  readonly unmet: () => readonly UnmetWord[]
}

/** A column with more texts is no choice between some, in which a word would be mistyped. */
const MOST_TEXTS = 1_000
/** So many can be read in one line. */
const MOST_CHOICES = 10

/** The words that whole texts are compared with. */
function* comparedIn(expression: FilterExpression): Generator<readonly [field: FilterWord, word: FilterWord]> {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const part of expression.parts) yield* comparedIn(part)
      return
    case 'not':
      yield* comparedIn(expression.part)
      return
    case 'in':
      for (const value of expression.values) yield [expression.field, value]
      return
    case 'compare':
      if (expression.operator === '=' || expression.operator === '!=') yield [expression.field, expression.value]
      return
    case 'is':
      return
  }
}

/** Watches which of the words of an expression are met in rows with these fields, of those that are texts. */
export const watchWords = (expression: FilterExpression, fields: readonly FilterField[]): WordWatch => {
  const placeOf = placesIn(fields)
  const words = [...comparedIn(expression)].flatMap(([named, { text: word }]) => {
    const place = placeOf(named)
    const field = E.isRight(place) ? fields[place.right] : undefined
    return E.isRight(place) && field?.holds === 'text' ? [{ place: place.right, field, word }] : []
  })
  /** The texts of each column, by what they are compared as. */
  const seen = new Map(words.map(({ place, field }) => [place, { field, texts: new Map<string, string>() }]))
  return {
    see: (valueAt) => {
      for (const [place, { field, texts }] of seen) {
        if (texts.size > MOST_TEXTS) continue
        const text = textOfValue(valueAt(place))
        for (const element of field.separator === undefined ? [text] : text.split(field.separator)) {
          if (element !== '') texts.set(foldedText(element), element)
        }
      }
    },
    unmet: () => {
      const unmet = words.flatMap(({ place, field, word }): readonly UnmetWord[] => {
        const texts = seen.get(place)?.texts ?? new Map<string, string>()
        if (texts.size > MOST_TEXTS || texts.has(foldedText(word))) return []
        const all = [...texts.values()].sort()
        const choices = all.length > MOST_CHOICES ? [] : all
        return [{ column: field.key, word, meant: closestNames(word, all), choices }]
      })
      return [...new Map(unmet.map((one) => [JSON.stringify([one.column, one.word]), one])).values()]
    },
  }
}

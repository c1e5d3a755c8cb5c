import * as E from 'fp-ts/lib/Either.js'
import { closestNames, meaningOneOf } from '../model/did-you-mean.ts'
import { foldedText } from '../model/folded-text.ts'
import { DAY, isDay, momentOf } from '../model/moment.ts'
import type { FilterExpression, FilterMistake, FilterOperator, FilterState, FilterWord } from './filter-expression.ts'
import { filterStates } from './filter-expression.ts'
import {
  type ComparedMoney,
  extentOf,
  type FilterField,
  type FilterValue,
  kindOfValue,
  textOfValue,
} from './filter-value.ts'

/** What an expression says of a row; undefined: that depends on a value that is unknown or not there. */
export type Verdict = boolean | undefined

/** Judges a row by its values, which are in the places of the fields. */
export type FilterJudge = (valueAt: (place: number) => FilterValue) => Verdict

const UNKNOWN = 'unknown'
const DAY_MS = 86_400_000

/** What a word comes to when it is compared with numbers: the least and the most that is equal to it. */
interface Compared {
  readonly range: readonly [least: number, most: number]
  readonly money: ComparedMoney
}

const NO_MONEY: ComparedMoney = { amount: '0' }
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/
const PERCENT = /^([+-]?\d+(?:\.\d+)?)\s*%$/
const MONEY = /^([+-]?\d+(?:\.\d+)?)(?:\s*([a-z]{3}))?$/i

const exactly = (value: number, money: ComparedMoney = NO_MONEY): Compared => ({ range: [value, value], money })

const timeOf = (text: string): Compared | undefined => {
  const moment = momentOf(text)
  if (moment !== undefined) return exactly(moment)
  if (!DAY.test(text) || !isDay(text)) return undefined
  const midnight = Date.parse(text)
  return { range: [midnight, midnight + DAY_MS - 1], money: NO_MONEY }
}

const moneyOf = (text: string): Compared | undefined => {
  const [, amount, currency] = MONEY.exec(text) ?? []
  return amount === undefined ? undefined : exactly(0, { amount, currency: currency?.toUpperCase() })
}

/** How the word for a value is read, and what it looks like, by what the field holds. */
const WORDS: Readonly<
  Record<Exclude<FilterField['holds'], 'text'>, readonly [(text: string) => Compared | undefined, string]>
> = {
  number: [(text) => (NUMBER.test(text) ? exactly(Number(text)) : undefined), 'a number such as 5'],
  count: [(text) => (NUMBER.test(text) ? exactly(Number(text)) : undefined), 'a number such as 5'],
  part: [
    (text) => {
      const [, percent] = PERCENT.exec(text) ?? []
      // Not divided by 100: that would round once more than the part of two whole numbers, with which it is compared.
      return percent === undefined ? undefined : exactly(Number(`${percent}e-2`))
    },
    'a percentage such as 90%',
  ],
  cost: [moneyOf, 'an amount such as 1000 or "1000 EUR"'],
  time: [timeOf, 'a day such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z'],
}

/** What is certain of all values from the least to the most. For comparisons that hold from some value on, or up to it. */
const both = (least: boolean, most: boolean): Verdict => (least === most ? least : undefined)

const not = (verdict: Verdict): Verdict => (verdict === undefined ? undefined : !verdict)

/** False if one is false, else unknown if one is unknown. */
const every = (verdicts: Iterable<Verdict>): Verdict => {
  let all: Verdict = true
  for (const verdict of verdicts) {
    if (verdict === false) return false
    if (verdict === undefined) all = undefined
  }
  return all
}

const compareNumber = (value: FilterValue, operator: FilterOperator, { range, money }: Compared): Verdict => {
  const extent = extentOf(value, money)
  if (extent === 'empty') return undefined
  if (extent === 'none') return operator === '!='
  const [least, most] = extent
  const [from, to] = range
  switch (operator) {
    case '<':
      return both(least < from, most < from)
    case '<=':
      return both(least <= to, most <= to)
    case '>':
      return both(least > to, most > to)
    case '>=':
      return both(least >= from, most >= from)
    case '!=':
      return not(compareNumber(value, '=', { range, money }))
    default: {
      if (most < from || least > to) return false
      return least >= from && most <= to ? true : undefined
    }
  }
}

const compareText = (value: FilterValue, operator: FilterOperator, wanted: string, separator?: string): Verdict => {
  const text = foldedText(textOfValue(value))
  if (text === '') return undefined
  const elements = separator === undefined ? [text] : text.split(separator)
  const isEqual = elements.includes(wanted)
  const isContained = text.includes(wanted)
  // A status or a metric that is not known may be any.
  if (text === UNKNOWN && !(operator === '~' ? isContained : isEqual)) return undefined
  switch (operator) {
    case '=':
      return isEqual
    case '!=':
      return !isEqual
    case '~':
      return isContained
    case '<':
      return text < wanted
    case '<=':
      return text <= wanted
    case '>':
      return text > wanted
    case '>=':
      return text >= wanted
  }
}

const isInState = (value: FilterValue, state: FilterState): boolean => {
  const kind = kindOfValue(value)
  const text = kind === 'text' ? foldedText(textOfValue(value)) : undefined
  switch (state) {
    case 'empty':
      return text === ''
    case 'unknown':
      return kind === 'unknown' || text === UNKNOWN
    case 'known':
      return text === undefined ? kind === 'known' : text !== '' && text !== UNKNOWN
    case 'unlimited':
      return kind === 'unlimited'
    case 'not applicable':
      return kind === 'notApplicable'
  }
}

/** The place of a field, by what it is called in any case. */
export type PlaceOf = (word: FilterWord) => E.Either<FilterMistake, number>

/** Finds fields by their names. One that is called by its heading, or mistyped, is suggested. */
export const placesIn = (fields: readonly FilterField[]): PlaceOf => {
  const places = new Map(fields.map(({ key }, place) => [foldedText(key), place]))
  const byHeading = new Map(fields.map(({ key, heading }) => [foldedText(heading), key]))
  return ({ text, at, end }) => {
    const place = places.get(foldedText(text))
    if (place !== undefined) return E.right(place)
    const key = byHeading.get(foldedText(text))
    const names = fields.map((field) => field.key)
    const meant = key === undefined ? closestNames(text, names) : [key]
    const hint = meant.length > 0 ? meaningOneOf(meant) : `; there are ${names.join(', ')}`
    return E.left({ at, end, message: `there is no column ${JSON.stringify(text.slice(0, 60))}${hint}` })
  }
}

/** States of what is a number. */
const OF_NUMBERS: ReadonlySet<FilterState> = new Set(['unlimited', 'not applicable'])

interface Reading {
  readonly fields: readonly FilterField[]
  readonly placeOf: PlaceOf
  readonly mistakes: FilterMistake[]
}

/** Of what is wrong: the mistake is enough. */
const NEVER: FilterJudge = () => undefined

const fieldOf = ({ fields, placeOf, mistakes }: Reading, word: FilterWord) => {
  const place = placeOf(word)
  if (E.isLeft(place)) mistakes.push(place.left)
  const field = E.isRight(place) ? fields[place.right] : undefined
  return field === undefined || E.isLeft(place) ? undefined : { field, place: place.right }
}

const comparison = (reading: Reading, word: FilterWord, operator: FilterOperator, value: FilterWord): FilterJudge => {
  const found = fieldOf(reading, word)
  if (found === undefined) return NEVER
  const { place, field } = found
  if (field.holds === 'text') {
    const wanted = foldedText(value.text)
    return (valueAt) => compareText(valueAt(place), operator, wanted, field.separator)
  }
  const { at, end, text } = value
  const [read, what] = WORDS[field.holds]
  if (operator === '~') {
    const message = `expected one of = != < <= > >=; "~" is for texts, and ${field.key} is none`
    reading.mistakes.push({ at: word.at, end, message })
    return NEVER
  }
  const compared = read(text)
  if (compared === undefined) {
    const state = filterStates.find((one) => one === text.toLowerCase())
    const hint = state === undefined ? '' : `; write "${field.key} is ${state}"`
    const message = `expected ${what} for ${field.key}, found ${JSON.stringify(text.slice(0, 60))}${hint}`
    reading.mistakes.push({ at, end, message })
    return NEVER
  }
  return (valueAt) => compareNumber(valueAt(place), operator, compared)
}

const read = (expression: FilterExpression, reading: Reading): FilterJudge => {
  switch (expression.kind) {
    case 'and': {
      const judges = expression.parts.map((part) => read(part, reading))
      return (valueAt) => every(judges.map((judge) => judge(valueAt)))
    }
    case 'or': {
      const judges = expression.parts.map((part) => read(part, reading))
      return (valueAt) => not(every(judges.map((judge) => not(judge(valueAt)))))
    }
    case 'not': {
      const judge = read(expression.part, reading)
      return (valueAt) => not(judge(valueAt))
    }
    case 'compare':
      return comparison(reading, expression.field, expression.operator, expression.value)
    case 'in': {
      const judges = expression.values.map((value) => comparison(reading, expression.field, '=', value))
      const isIn: FilterJudge = (valueAt) => not(every(judges.map((judge) => not(judge(valueAt)))))
      return expression.isNegated ? (valueAt) => not(isIn(valueAt)) : isIn
    }
    case 'is': {
      const { state, isNegated, field: word } = expression
      const found = fieldOf(reading, word)
      if (found === undefined) return NEVER
      const { place, field } = found
      if (OF_NUMBERS.has(state) && (field.holds === 'text' || field.holds === 'time')) {
        const { at, end } = word
        reading.mistakes.push({ at, end, message: `"is ${state}" is for numbers, and ${field.key} is none` })
      }
      return (valueAt) => isInState(valueAt(place), state) !== isNegated
    }
  }
}

/** Makes an expression ready for rows with these fields. `Left`: all that does not fit them, and where it is. */
export const judgeFilter = (
  expression: FilterExpression,
  fields: readonly FilterField[],
): E.Either<readonly FilterMistake[], FilterJudge> => {
  const reading: Reading = { fields, placeOf: placesIn(fields), mistakes: [] }
  const judge = read(expression, reading)
  if (reading.mistakes.length === 0) return E.right(judge)
  const once = new Map(reading.mistakes.map((mistake) => [`${mistake.at} ${mistake.message}`, mistake]))
  return E.left([...once.values()].sort((one, other) => one.at - other.at))
}

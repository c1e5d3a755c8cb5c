import * as E from 'fp-ts/lib/Either.js'
import { didYouMean } from '../model/did-you-mean.ts'
import {
  type FilterExpression,
  type FilterMistake,
  type FilterOperator,
  type FilterState,
  type FilterWord,
  filterOperators,
  filterStates,
  KEYWORDS,
} from './filter-expression.ts'
import { type Token, tokensOf } from './tokens.ts'

/** A longer expression is no question of a person, and a deeper one would need more memory than it is worth. */
const MAX_LENGTH = 10_000
const MAX_DEPTH = 100

const shown = ({ kind, text }: Token): string => (kind === 'end' ? 'the end' : JSON.stringify(text))

const isOperator = (text: string): text is FilterOperator => filterOperators.some((operator) => operator === text)

/** What the parser throws to itself, and nothing else sees. */
class Misread extends Error {
  readonly mistake: FilterMistake

  constructor(mistake: FilterMistake) {
    super(mistake.message)
    this.mistake = mistake
  }
}

const wordOf = ({ text, at, end }: Token): FilterWord => ({ text, at, end })

const readerOf = (tokens: readonly Token[]) => {
  let place = 0
  let depth = 0
  const END: Token = tokens[tokens.length - 1] ?? { kind: 'end', text: '', at: 0, end: 0 }
  const next = (): Token => tokens[place] ?? END
  const take = (): Token => {
    const token = next()
    place++
    return token
  }
  const isKeyword = (word: string): boolean => next().kind === 'word' && next().text.toLowerCase() === word
  const isSign = (sign: string): boolean => next().kind === 'sign' && next().text === sign
  const takeIf = (isNext: boolean): boolean => {
    if (isNext) place++
    return isNext
  }
  const misread = (expected: string, { at, end }: Token = next(), hint = ''): never => {
    throw new Misread({ at, end, message: `expected ${expected}, found ${shown(next())}${hint}` })
  }
  const takeWord = (expected: string): FilterWord => {
    const { kind, text } = next()
    if (kind === 'quoted' || (kind === 'word' && !KEYWORDS.has(text.toLowerCase()))) return wordOf(take())
    return misread(kind === 'word' ? `${expected} (the word ${text} needs quotes)` : expected)
  }
  const takeSign = (sign: string, expected: string): void => {
    if (!takeIf(isSign(sign))) misread(expected)
  }
  const deeper = (read: () => FilterExpression): FilterExpression => {
    depth++
    if (depth > MAX_DEPTH) misread(`at most ${MAX_DEPTH} parentheses and "not" within each other`)
    const expression = read()
    depth--
    return expression
  }

  const takeState = (): FilterState => {
    const words = `one of ${filterStates.join(', ')}`
    // "is not applicable" is a state of its own, and no negation.
    if (isKeyword('not') && tokens[place + 1]?.text.toLowerCase() === 'applicable') {
      place += 2
      return 'not applicable'
    }
    const { kind, text } = next()
    const state = filterStates.find((one) => kind === 'word' && one === text.toLowerCase())
    if (state === undefined) return misread(`${words}${didYouMean(text, filterStates)}`)
    place++
    return state
  }

  const takeValues = (): readonly FilterWord[] => {
    takeSign('(', 'values in parentheses, such as (a, b)')
    const values = [takeWord('a value')]
    while (takeIf(isSign(','))) values.push(takeWord('a value'))
    takeSign(')', '"," or ")"')
    return values
  }

  const comparison = (): FilterExpression => {
    const field = takeWord('a column')
    if (takeIf(isKeyword('is'))) {
      const isStateNot = tokens[place + 1]?.text.toLowerCase() === 'applicable'
      const isNegated = takeIf(isKeyword('not') && !isStateNot)
      return { kind: 'is', field, isNegated, state: takeState() }
    }
    const isNegated = takeIf(isKeyword('not'))
    if (takeIf(isKeyword('in'))) return { kind: 'in', field, isNegated, values: takeValues() }
    if (isNegated) return misread('"in"')
    const { kind, text } = next()
    if (kind !== 'sign' || !isOperator(text)) {
      return misread(`one of ${filterOperators.join(' ')}, "in" or "is" after ${JSON.stringify(field.text)}`)
    }
    place++
    return { kind: 'compare', field, operator: text, value: takeWord('a value') }
  }

  const unary = (): FilterExpression => {
    if (takeIf(isKeyword('not'))) return { kind: 'not', part: deeper(unary) }
    if (!takeIf(isSign('('))) return comparison()
    const inner = deeper(or)
    takeSign(')', '"and", "or" or ")"')
    return inner
  }

  const chain = (kind: 'and' | 'or', read: () => FilterExpression): FilterExpression => {
    const first = read()
    const parts = [first]
    while (takeIf(isKeyword(kind))) parts.push(read())
    return parts.length === 1 ? first : { kind, parts }
  }

  const and = (): FilterExpression => chain('and', unary)
  const or = (): FilterExpression => chain('or', and)

  return (): FilterExpression => {
    const expression = or()
    const token = next()
    if (token.kind === 'end') return expression
    const before = tokens[place - 1]
    const isText = token.kind === 'word' && (before?.kind === 'word' || before?.kind === 'quoted')
    const hint = isText ? `; a text of several words needs quotes: "${before?.text} ${token.text}"` : ''
    return misread('"and", "or" or the end', token, hint)
  }
}

/**
 * Reads an expression, such as `available < 5 and not (provider = webex or name ~ "Contact Center")`. `Left`: what is wrong
 * with it, and where. Which columns there are is not asked for. Never throws.
 */
export const parseFilter = (text: string): E.Either<FilterMistake, FilterExpression> => {
  if (text.length > MAX_LENGTH) {
    return E.left({ at: MAX_LENGTH, end: text.length, message: `expected ${MAX_LENGTH} characters at most` })
  }
  const tokens = tokensOf(text)
  if (E.isLeft(tokens)) return tokens
  try {
    return E.right(readerOf(tokens.right)())
  } catch (error) {
    if (error instanceof Misread) return E.left(error.mistake)
    throw error
  }
}

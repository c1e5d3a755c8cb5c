import * as E from 'fp-ts/lib/Either.js'
import { type FilterMistake, type FilterWord, NOT_BARE } from './filter-expression.ts'

/** `sign`: an operator, a parenthesis or a comma. `end`: the end of the text, an empty token. */
export interface Token extends FilterWord {
  readonly kind: 'word' | 'quoted' | 'sign' | 'end'
}

const SIGNS = ['!=', '<=', '>=', '=', '<', '>', '~', '(', ')', ',']
const BLANK = /\s/u

/** The text in quotes that begin at `at`; a backslash stands before a quote or a backslash that is part of it. */
const quotedAt = (text: string, at: number): Token | undefined => {
  const quote = text.charAt(at)
  let inner = ''
  for (let place = at + 1; place < text.length; place++) {
    const character = text.charAt(place)
    if (character === quote) return { kind: 'quoted', text: inner, at, end: place + 1 }
    const next = text.charAt(place + 1)
    if (character === '\\' && (next === quote || next === '\\')) place++
    inner += character === '\\' && (next === quote || next === '\\') ? next : character
  }
  return undefined
}

const bareAt = (text: string, at: number): Token | undefined => {
  let end = at
  while (end < text.length && !NOT_BARE.test(text.charAt(end))) end++
  return end === at ? undefined : { kind: 'word', text: text.slice(at, end), at, end }
}

const signAt = (text: string, at: number): Token | undefined => {
  const sign = SIGNS.find((one) => text.startsWith(one, at))
  return sign === undefined ? undefined : { kind: 'sign', text: sign, at, end: at + sign.length }
}

const mistakeAt = (text: string, at: number): FilterMistake =>
  text.charAt(at) === '!'
    ? { at, end: at + 1, message: 'expected "!=", or "not" before the comparison; found "!"' }
    : { at, end: text.length, message: `expected a second ${text.charAt(at)} at the end of the text in quotes` }

/** The words and signs of an expression, the end last. */
export const tokensOf = (text: string): E.Either<FilterMistake, readonly Token[]> => {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    if (BLANK.test(text.charAt(at))) {
      at++
      continue
    }
    const isQuote = text.charAt(at) === '"' || text.charAt(at) === "'"
    const token = isQuote ? quotedAt(text, at) : (signAt(text, at) ?? bareAt(text, at))
    if (token === undefined) return E.left(mistakeAt(text, at))
    tokens.push(token)
    at = token.end
  }
  return E.right([...tokens, { kind: 'end', text: '', at: text.length, end: text.length }])
}

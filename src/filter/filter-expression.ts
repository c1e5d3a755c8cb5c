/** A word of an expression, and its place in the text. */
export interface FilterWord {
  readonly text: string
  /** How many characters of the text come before it. */
  readonly at: number
  /** The same, with its own. */
  readonly end: number
}

/** How the value of a field is compared. `~`: contains. */
export const filterOperators = ['=', '!=', '<', '<=', '>', '>=', '~'] as const
/** One of {@link filterOperators}. */
export type FilterOperator = (typeof filterOperators)[number]

/** What can be asked about a value instead of comparing it. They are different things, and none of them is zero. */
export const filterStates = ['known', 'unknown', 'unlimited', 'not applicable', 'empty'] as const
/** One of {@link filterStates}. */
export type FilterState = (typeof filterStates)[number]

/** What a filter asks of a row. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly part: FilterExpression }
  | {
      readonly kind: 'compare'
      readonly field: FilterWord
      readonly operator: FilterOperator
      readonly value: FilterWord
    }
  | {
      readonly kind: 'in'
      readonly field: FilterWord
      readonly isNegated: boolean
      readonly values: readonly FilterWord[]
    }
  | { readonly kind: 'is'; readonly field: FilterWord; readonly isNegated: boolean; readonly state: FilterState }

/** What is wrong with an expression, and the place of it. */
export interface FilterMistake {
  /** How many characters of the text come before it. */
  readonly at: number
  /** The same, with its own. */
  readonly end: number
  /** What was expected there, for people. */
  readonly message: string
}

/** Words that are part of the language. In quotes, they are texts. */
export const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is'])

/** Characters that no word without quotes has. */
export const NOT_BARE = /[\s()=,!<>~"']/u

const wordText = ({ text }: FilterWord): string =>
  text === '' || NOT_BARE.test(text) || KEYWORDS.has(text.toLowerCase())
    ? `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`
    : text

const negation = (isNegated: boolean): string => (isNegated ? 'not ' : '')

const inParentheses = (part: FilterExpression, kinds: readonly FilterExpression['kind'][]): string =>
  kinds.includes(part.kind) ? `(${filterText(part)})` : filterText(part)

/** An expression as text: `parseFilter` reads it as the same expression. */
export const filterText = (expression: FilterExpression): string => {
  switch (expression.kind) {
    case 'or':
      return expression.parts.map((part) => inParentheses(part, ['or'])).join(' or ')
    case 'and':
      return expression.parts.map((part) => inParentheses(part, ['or', 'and'])).join(' and ')
    case 'not':
      return `not ${inParentheses(expression.part, ['or', 'and'])}`
    case 'compare':
      return `${wordText(expression.field)} ${expression.operator} ${wordText(expression.value)}`
    case 'in': {
      const values = expression.values.map(wordText).join(', ')
      return `${wordText(expression.field)} ${negation(expression.isNegated)}in (${values})`
    }
    case 'is':
      return `${wordText(expression.field)} is ${negation(expression.isNegated)}${expression.state}`
  }
}

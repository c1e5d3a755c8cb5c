import { numberText, quantity } from './quantity.ts'

/** What is shown of many, and how many others there are: 0 where all are shown. */
export interface Some<A> {
  readonly shown: readonly A[]
  readonly others: number
}

/** The first so many. */
export const firstOf = <A>(all: readonly A[], most: number): Some<A> => ({
  shown: all.slice(0, most),
  others: Math.max(0, all.length - most),
})

/** `1,200 more`, or `1,200 more gaps`. `one`: what one of them is called. */
export const moreOf = (others: number, one?: string): string =>
  one === undefined ? `${numberText(others)} more` : quantity(others, `more ${one}`)

/** Texts, and a last one that says how many others there are, if any. */
export const withOthers = ({ shown, others }: Some<string>, one?: string): readonly string[] =>
  others > 0 ? [...shown, `and ${moreOf(others, one)}`] : shown

/** The first so many texts, and how many more there are, where a text about all of them would be too long. */
export const someOf = (texts: readonly string[], most: number, one?: string): readonly string[] =>
  withOthers(firstOf(texts, most), one)

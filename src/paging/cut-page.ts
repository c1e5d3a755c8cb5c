import type { RowMemory } from './row-memory.ts'

/** A part of a page that is delivered as a page. */
export interface Cut<A> {
  readonly items: readonly A[]
  /** The numbers of the items, in the same order; none where rows have no key. */
  readonly numbers: readonly number[]
  /** Rows that were delivered before and came again with another content. */
  readonly contradicting: readonly A[]
  /** Rows of the page up to the end of this part. */
  readonly end: number
}

/** Cuts the new rows of a page into parts of `size` items; at least one part, which may be empty. */
export const cutPage = <A>(
  rows: readonly A[],
  from: number,
  size: number,
  { numberOf, recognize }: RowMemory<A>,
): readonly Cut<A>[] => {
  const cuts: Cut<A>[] = []
  let items: A[] = []
  let numbers: number[] = []
  let contradicting: A[] = []
  let place = -1
  for (const row of rows) {
    place++
    const number = numberOf(row)
    const recognition = recognize(row, number)
    if (place < from) continue
    if (recognition === 'contradicting') contradicting.push(row)
    if (recognition !== 'new') continue
    if (items.length >= size) {
      cuts.push({ items, numbers, contradicting, end: place })
      items = []
      numbers = []
      contradicting = []
    }
    items.push(row)
    if (number !== undefined) numbers.push(number)
  }
  cuts.push({ items, numbers, contradicting, end: rows.length })
  return cuts
}

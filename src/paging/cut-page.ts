import type { Recognition } from './row-memory.ts'

/** A part of a page that is delivered as a page. */
export interface Cut<A> {
  readonly items: readonly A[]
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
  recognize: (row: A) => Recognition,
): readonly Cut<A>[] => {
  const cuts: Cut<A>[] = []
  let items: A[] = []
  let contradicting: A[] = []
  let place = -1
  for (const row of rows) {
    place++
    const recognition = recognize(row)
    if (place < from) continue
    if (recognition === 'contradicting') contradicting.push(row)
    if (recognition !== 'new') continue
    if (items.length >= size) {
      cuts.push({ items, contradicting, end: place })
      items = []
      contradicting = []
    }
    items.push(row)
  }
  cuts.push({ items, contradicting, end: rows.length })
  return cuts
}

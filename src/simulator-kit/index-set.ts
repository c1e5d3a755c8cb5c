/** A set of whole numbers in a fixed order, whose member at a position is found without going through the others. */
export interface IndexSet {
  /** How many numbers are in it. */
  readonly size: number
  readonly at: (position: number) => number | undefined
  /** Where a number is, or undefined where it is no member. */
  readonly positionOf: (index: number) => number | undefined
}

/** What an organization lists, row by row. */
export interface Listing<A> {
  /** How many rows there are. */
  readonly size: number
  readonly at: (position: number) => A | undefined
}

/** The rows of one page. */
export const sliceOf = <A>(listing: Listing<A>, from: number, count: number): A[] => {
  const rows: A[] = []
  for (let position = from; position < Math.min(from + count, listing.size); position++) {
    const row = listing.at(position)
    if (row !== undefined) rows.push(row)
  }
  return rows
}

/** The same listing with each row changed when it is read. */
export const mapListing = <A, B>(listing: Listing<A>, change: (row: A) => B | undefined): Listing<B> => ({
  size: listing.size,
  at: (position) => {
    const row = listing.at(position)
    return row === undefined ? undefined : change(row)
  },
})

/** Of the numbers from 0 to below `total`, those whose remainder by `period` is wanted. Costs one period, once. */
export const periodicSet = (total: number, period: number, has: (remainder: number) => boolean): IndexSet => {
  const members = Array.from({ length: period }, (_, remainder) => remainder).filter(has)
  const ranks = new Map(members.map((remainder, rank) => [remainder, rank]))
  const rest = members.filter((remainder) => remainder < total % period).length
  const size = Math.floor(total / period) * members.length + rest
  return {
    size,
    at: (position) => {
      const remainder = members[position % members.length]
      if (remainder === undefined || position < 0 || position >= size) return undefined
      return Math.floor(position / members.length) * period + remainder
    },
    positionOf: (index) => {
      const rank = ranks.get(index % period)
      if (rank === undefined || index < 0 || index >= total) return undefined
      return Math.floor(index / period) * members.length + rank
    },
  }
}

/** These numbers, in this order. Of a repeated one, the position is the first. */
export const listedSet = (indexes: readonly number[]): IndexSet => {
  const positions = new Map<number, number>()
  for (const [position, index] of indexes.entries()) if (!positions.has(index)) positions.set(index, position)
  return {
    size: indexes.length,
    at: (position) => indexes[position],
    positionOf: (index) => positions.get(index),
  }
}

/** One set, then another. */
export const joinedSet = (first: IndexSet, second: IndexSet): IndexSet => ({
  size: first.size + second.size,
  at: (position) => (position < first.size ? first.at(position) : second.at(position - first.size)),
  positionOf: (index) => {
    const later = second.positionOf(index)
    return first.positionOf(index) ?? (later === undefined ? undefined : first.size + later)
  },
})

/** The same set with every number raised by `by`. */
export const shiftedSet = (set: IndexSet, by: number): IndexSet => ({
  size: set.size,
  at: (position) => {
    const index = set.at(position)
    return index === undefined ? undefined : index + by
  },
  positionOf: (index) => set.positionOf(index - by),
})

/** A set without the members at some positions, which must ascend. Costs one step for each that is left out. */
export const setWithout = (set: IndexSet, leftOut: readonly number[]): IndexSet => ({
  size: set.size - leftOut.length,
  at: (position) => {
    let actual = position
    for (const gone of leftOut) {
      if (gone > actual) break
      actual += 1
    }
    return position < 0 ? undefined : set.at(actual)
  },
  positionOf: (index) => {
    const position = set.positionOf(index)
    if (position === undefined || leftOut.includes(position)) return undefined
    return position - leftOut.filter((gone) => gone < position).length
  },
})

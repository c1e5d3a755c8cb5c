/** A list that only grows, of which what it was at any time can be had. */
export interface GrowingList<A> {
  readonly add: (items: readonly A[]) => void
  /** What is in it now, also when it is asked for later. Copied only when it is asked for. */
  readonly soFar: () => () => readonly A[]
}

export const createGrowingList = <A>(): GrowingList<A> => {
  const all: A[] = []
  return {
    add: (items) => {
      for (const item of items) all.push(item)
    },
    soFar: () => {
      const length = all.length
      let copy: readonly A[] | undefined
      return () => {
        copy ??= all.slice(0, length)
        return copy
      }
    },
  }
}

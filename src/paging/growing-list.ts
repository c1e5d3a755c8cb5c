/** A list that only grows. Its content at any time stays available. */
export interface GrowingList<A> {
  readonly add: (items: readonly A[]) => void
  /** Gives the content of now, also when called later. It is copied only when called. */
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

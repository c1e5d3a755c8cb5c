/** Which addresses are of one person, because one user has them together. */
export interface JoinedAddresses {
  readonly join: (addresses: readonly string[]) => void
  /** Equal for addresses that belong together, and one of them. */
  readonly rootOf: (address: string) => string
  /** Whether others belong to it, given the result of `rootOf`. */
  readonly isJoined: (root: string) => boolean
}

/** Nearly linear in the addresses that are joined; an address that is not joined with another one costs nothing. */
export const joinAddresses = (): JoinedAddresses => {
  const parents = new Map<string, string>()
  const joined = new Set<string>()
  const rootOf = (address: string): string => {
    let at = address
    for (let parent = parents.get(at); parent !== undefined; parent = parents.get(at)) {
      // Every second step is shortened, so that no way stays long.
      const above = parents.get(parent)
      if (above !== undefined) parents.set(at, above)
      at = parent
    }
    return at
  }
  return {
    rootOf,
    isJoined: (root) => joined.has(root),
    join: ([first, ...others]) => {
      if (first === undefined) return
      for (const other of others) {
        const [one, another] = [rootOf(first), rootOf(other)]
        if (one === another) continue
        // The smaller one, so that it does not matter who comes first.
        const [root, below] = one < another ? [one, another] : [another, one]
        parents.set(below, root)
        joined.add(root)
      }
    },
  }
}

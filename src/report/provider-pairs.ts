/** Numbers by pairs of providers, whichever of the two is named first. */
export interface PairsOf<A> {
  readonly at: (one: string, other: string) => A | undefined
  /** What is there for the pair, or what `create` makes for it. */
  readonly take: (one: string, other: string, create: () => A) => A
}

export const createPairs = <A>(): PairsOf<A> => {
  const pairs = new Map<string, Map<string, A>>()
  const ordered = (one: string, other: string) => (one < other ? ([one, other] as const) : ([other, one] as const))
  const at = (one: string, other: string): A | undefined => {
    const [first, second] = ordered(one, other)
    return pairs.get(first)?.get(second)
  }
  return {
    at,
    take: (one, other, create) => {
      const there = at(one, other)
      if (there !== undefined) return there
      const [first, second] = ordered(one, other)
      const made = create()
      pairs.set(first, (pairs.get(first) ?? new Map<string, A>()).set(second, made))
      return made
    },
  }
}

/**
 * A person with an account in more providers than this is not counted pair by pair: the administrator of hundreds of
 * organizations would be counted for every two of them.
 */
export const MAX_PROVIDERS_IN_PAIRS = 50

/** Each two of some providers, in their order. */
export function* pairsAmong(providers: readonly string[]): Generator<readonly [string, string]> {
  for (const [index, one] of providers.entries()) {
    for (let next = index + 1; next < providers.length; next++) yield [one, providers[next] ?? one]
  }
}

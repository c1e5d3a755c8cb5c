/** The place of each value in a list that grows as new ones come, so that a text that repeats is written once. */
export interface Places<A, Key extends string = string> {
  readonly placeOf: (key: Key) => number
  readonly values: readonly A[]
}

export const createPlaces = <A, Key extends string = string>(make: (key: Key) => A): Places<A, Key> => {
  const places = new Map<Key, number>()
  const values: A[] = []
  const placeOf = (key: Key): number => {
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, values.length)
    return values.push(make(key)) - 1
  }
  return { placeOf, values }
}

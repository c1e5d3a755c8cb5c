/** The words that lead here, in the order of their numbers, are one content. */
interface Place {
  readonly key: number
  readonly next: Map<number, Place>
}

/**
 * Gives equal contents the same number. A content is words in any order. Each word, such as a license id of 150 characters, is
 * kept once.
 */
export const createContentKeys = (): ((words: readonly string[]) => number) => {
  const numbers = new Map<string, number>()
  const numberOf = (word: string): number => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, numbers.size)
    return numbers.size - 1
  }
  let places = 0
  const newPlace = (): Place => ({ key: places++, next: new Map() })
  const nothing = newPlace()
  return (words) => {
    let place = nothing
    for (const number of words.map(numberOf).sort((one, other) => one - other)) {
      let next = place.next.get(number)
      if (next === undefined) {
        next = newPlace()
        place.next.set(number, next)
      }
      place = next
    }
    return place.key
  }
}

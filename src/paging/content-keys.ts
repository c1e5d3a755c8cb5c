const FEW = 10

/** The words that lead here, in the order of their numbers, are one content. */
interface Place {
  readonly key: number
  readonly next: Map<number, Place>
}

/** Sorts in place. Nearly all contents are of few words, for which the platform's sorting takes several times as long. */
const inOrder = (numbers: number[]): readonly number[] => {
  if (numbers.length > FEW) return numbers.sort((one, other) => one - other)
  for (let end = 1; end < numbers.length; end++) {
    const number = numbers[end] ?? 0
    let place = end
    for (let before = numbers[place - 1] ?? 0; place > 0 && before > number; before = numbers[place - 1] ?? 0) {
      numbers[place] = before
      place--
    }
    numbers[place] = number
  }
  return numbers
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
    // Most lists are of what holds nothing.
    if (words.length === 0) return nothing.key
    let place = nothing
    for (const number of inOrder(words.map(numberOf))) {
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

/** Texts by their numbers, as words of four bytes. */
export interface TextWords {
  readonly textOf: (number: number) => string
  /** The words of all plain texts are in the order of the texts. */
  readonly isPlain: (number: number) => boolean
  /** Of a plain text: a word as a whole number, its first character highest; 0 where the text is over. */
  readonly wordAt: (number: number, index: number) => number
  /** Of a plain text: its characters in these words. */
  readonly lengthOf: (number: number) => number
}

/** So few are compared as they are. */
const FEW = 10
/** Of a number that says where a text was. With a word of 32 bits, it is a whole number that is exact. */
const MOST_PLACES = 2 ** 21
/** What so many words do not tell apart is compared as it is. */
const MOST_WORDS = 32

const comparePlain =
  ({ wordAt, lengthOf }: TextWords) =>
  (one: number, other: number): number => {
    const [length, otherLength] = [lengthOf(one), lengthOf(other)]
    for (let index = 0; index * 4 < Math.max(length, otherLength); index++) {
      const difference = wordAt(one, index) - wordAt(other, index)
      if (difference !== 0) return difference
    }
    return length - otherLength
  }

/** Orders plain texts that are alike in the words before this one. */
const orderPlain = (
  numbers: Uint32Array,
  words: TextWords,
  compare: (one: number, other: number) => number,
  index = 0,
): void => {
  if (numbers.length <= FEW || numbers.length > MOST_PLACES || index === MOST_WORDS) {
    numbers.sort(compare)
    return
  }
  // A power of two, so that word and place come apart exactly.
  const places = 2 ** Math.ceil(Math.log2(numbers.length))
  const weights = Float64Array.from(numbers, (number, place) => words.wordAt(number, index) * places + place)
  // In their place, and several times as fast as with a function that compares them.
  weights.sort()
  const before = numbers.slice()
  let from = 0
  let word = -1
  const orderRest = (end: number) => {
    if (end - from > 1) orderPlain(numbers.subarray(from, end), words, compare, index + 1)
    from = end
  }
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0
    const next = Math.floor(weight / places)
    if (next !== word) orderRest(at)
    word = next
    numbers[at] = before[weight % places] ?? 0
  }
  orderRest(weights.length)
}

/** How many of these, which are in order, come before a text. */
const placeOf = (text: string, inOrder: Uint32Array, textOf: TextWords['textOf']): number => {
  let [least, most] = [0, inOrder.length]
  while (least < most) {
    const middle = Math.floor((least + most) / 2)
    if (textOf(inOrder[middle] ?? 0) < text) least = middle + 1
    else most = middle
  }
  return least
}

/**
 * Brings numbers into the order of their texts, which are all different: that of `<`, by UTF-16. Nearly all texts are compared as
 * numbers, a word at a time and where they are kept, as the ids of a million users, all at once, take more than a hundred megabytes.
 */
export const orderByText = (numbers: Uint32Array, words: TextWords): Uint32Array => {
  const { textOf, isPlain } = words
  const plain = numbers.filter(isPlain)
  orderPlain(plain, words, comparePlain(words))
  const others = numbers.filter((number) => !isPlain(number))
  others.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
  let from = 0
  let end = 0
  for (const other of others) {
    const next = placeOf(textOf(other), plain, textOf)
    numbers.set(plain.subarray(from, next), end)
    end += next - from
    from = next
    numbers[end++] = other
  }
  numbers.set(plain.subarray(from), end)
  return numbers
}

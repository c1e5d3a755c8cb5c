import type { TextKind } from './text-pool.ts'

/** Texts by their numbers, as words of four bytes. */
export interface TextWords {
  readonly textOf: (number: number) => string
  /** What some texts begin with, which is not among their words. */
  readonly beginning: string
  /** Only texts of one kind can be compared by their words, and `other` ones not at all. */
  readonly kindOf: (number: number) => TextKind
  /** A word as a whole number, its first character highest; 0 where the text is over. */
  readonly wordAt: (number: number, index: number) => number
  /** Characters in the words. */
  readonly lengthOf: (number: number) => number
}

/** Characters of a word. */
const WORD = 4
/** So few are compared as they are. */
const FEW = 10
/** Word × places must stay below 2^53, where whole numbers are exact. */
const PLACE_BITS = 21
/** What so many rounds do not tell apart, each by the next word in which some differ, is compared as it is. */
const MOST_ROUNDS = 8

const compareWords =
  ({ wordAt, lengthOf }: TextWords) =>
  (one: number, other: number): number => {
    const [length, otherLength] = [lengthOf(one), lengthOf(other)]
    for (let index = 0; index * WORD < Math.max(length, otherLength); index++) {
      const difference = wordAt(one, index) - wordAt(other, index)
      if (difference !== 0) return difference
    }
    return length - otherLength
  }

/** The first word from this one on in which some of the texts differ; where there is none, that behind the last one of the first text. */
const firstDifference = (numbers: Uint32Array, { wordAt, lengthOf }: TextWords, from: number): number => {
  const first = numbers[0] ?? 0
  let end = Math.ceil(lengthOf(first) / WORD)
  for (const number of numbers) {
    let index = from
    while (index < end && wordAt(number, index) === wordAt(first, index)) index++
    end = index
    if (end <= from) return from
  }
  return end
}

/** Orders texts of one kind that are alike in the words before this one. */
const orderByWords = (
  numbers: Uint32Array,
  words: TextWords,
  compare: (one: number, other: number) => number,
  placeBits: number,
  from = 0,
  rounds = MOST_ROUNDS,
): void => {
  if (numbers.length <= FEW || rounds === 0) {
    numbers.sort(compare)
    return
  }
  const index = firstDifference(numbers, words, from)
  // A power of two, so that word and place come apart exactly.
  const bits = Math.ceil(Math.log2(numbers.length))
  const places = 2 ** bits
  // Of more texts, only the highest bits of the word are compared, and the others in the next round.
  const unit = 2 ** Math.max(0, bits - placeBits)
  const next = unit === 1 ? index + 1 : index
  const weights = Float64Array.from(
    numbers,
    (number, place) => Math.floor(words.wordAt(number, index) / unit) * places + place,
  )
  // In their place, and several times as fast as with a function that compares them.
  weights.sort()
  const before = numbers.slice()
  let start = 0
  let word = -1
  const orderRest = (end: number) => {
    if (end - start > 1) orderByWords(numbers.subarray(start, end), words, compare, placeBits, next, rounds - 1)
    start = end
  }
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0
    const own = Math.floor(weight / places)
    if (own !== word) orderRest(at)
    word = own
    numbers[at] = before[weight % places] ?? 0
  }
  orderRest(weights.length)
}

/** How many of these, which are in order, come before a text. */
const countBefore = (text: string, inOrder: Uint32Array, textOf: TextWords['textOf']): number => {
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
export const orderByText = (numbers: Uint32Array, words: TextWords, placeBits = PLACE_BITS): Uint32Array => {
  const { textOf, beginning, kindOf } = words
  const ofKind = (kind: TextKind) => numbers.filter((number) => kindOf(number) === kind)
  const [cut, whole, others] = [ofKind('cut'), ofKind('whole'), ofKind('other')]
  const compare = compareWords(words)
  for (const some of [cut, whole]) orderByWords(some, words, compare, placeBits)
  others.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
  // Those with the beginning come one after the other: a text without it comes before all of them, or after all.
  const before = countBefore(beginning, whole, textOf)
  const ascii = new Uint32Array(cut.length + whole.length)
  ascii.set(whole.subarray(0, before))
  ascii.set(cut, before)
  ascii.set(whole.subarray(before), before + cut.length)
  let [from, end] = [0, 0]
  for (const other of others) {
    const next = countBefore(textOf(other), ascii, textOf)
    numbers.set(ascii.subarray(from, next), end)
    end += next - from
    from = next
    numbers[end++] = other
  }
  numbers.set(ascii.subarray(from), end)
  return numbers
}

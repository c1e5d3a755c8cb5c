/** Texts by their numbers, as words of four bytes. */
export interface TextWords {
  readonly textOf: (number: number) => string
  /** What some texts begin with, which is not among their words. */
  readonly beginning: string
  /**
   * Whether the words of a text are in the order of the texts: `cut`, of those with the beginning; `whole`, of those without it;
   * `other`, they are not.
   */
  readonly kindOf: (number: number) => 'cut' | 'whole' | 'other'
  /** A word as a whole number, its first character highest; 0 where the text is over. */
  readonly wordAt: (number: number, index: number) => number
  /** Characters in the words. */
  readonly lengthOf: (number: number) => number
}

/** Characters of a word. */
const WORD = 4
/** So few are compared as they are. */
const FEW = 10
/** Of a number that says where a text was. With a word of 32 bits, it is a whole number that is exact. */
const MOST_PLACES = 2 ** 21
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
  from = 0,
  rounds = MOST_ROUNDS,
): void => {
  if (numbers.length <= FEW || numbers.length > MOST_PLACES || rounds === 0) {
    numbers.sort(compare)
    return
  }
  const index = firstDifference(numbers, words, from)
  // A power of two, so that word and place come apart exactly.
  const places = 2 ** Math.ceil(Math.log2(numbers.length))
  const weights = Float64Array.from(numbers, (number, place) => words.wordAt(number, index) * places + place)
  // In their place, and several times as fast as with a function that compares them.
  weights.sort()
  const before = numbers.slice()
  let start = 0
  let word = -1
  const orderRest = (end: number) => {
    if (end - start > 1) orderByWords(numbers.subarray(start, end), words, compare, index + 1, rounds - 1)
    start = end
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
  const { textOf, beginning, kindOf } = words
  const ofKind = (kind: ReturnType<typeof kindOf>) => numbers.filter((number) => kindOf(number) === kind)
  const [cut, whole, others] = [ofKind('cut'), ofKind('whole'), ofKind('other')]
  const compare = compareWords(words)
  for (const some of [cut, whole]) orderByWords(some, words, compare)
  others.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
  // Those with the beginning come one after the other: a text without it comes before all of them, or after all.
  const before = placeOf(beginning, whole, textOf)
  const ascii = new Uint32Array(cut.length + whole.length)
  ascii.set(whole.subarray(0, before))
  ascii.set(cut, before)
  ascii.set(whole.subarray(before), before + cut.length)
  let [from, end] = [0, 0]
  for (const other of others) {
    const next = placeOf(textOf(other), ascii, textOf)
    numbers.set(ascii.subarray(from, next), end)
    end += next - from
    from = next
    numbers[end++] = other
  }
  numbers.set(ascii.subarray(from), end)
  return numbers
}

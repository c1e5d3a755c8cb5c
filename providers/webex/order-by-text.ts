/** Characters of a text that one number has in it, with 7 bits each. All that are not ASCII count as the last one. */
const CHARACTERS = 7
const LAST_ASCII = 0x7f
/** What so many texts begin with, others mostly begin with, too. */
const SOME = 10

/** What these texts begin with. */
const sharedStart = (numbers: Uint32Array, textOf: (number: number) => string): string => {
  let start = textOf(numbers[0] ?? 0)
  for (const number of numbers) {
    const text = textOf(number)
    while (!text.startsWith(start)) start = start.slice(0, -1)
  }
  return start
}

/** Some of the numbers, from all over them. */
const someOf = (numbers: Uint32Array): Uint32Array =>
  numbers.length <= SOME
    ? numbers
    : Uint32Array.from({ length: SOME }, (_, place) => numbers[Math.floor((place * numbers.length) / SOME)] ?? 0)

/** Enters the weight of each text behind this beginning. Gives whether all have it. */
const weigh = (
  numbers: Uint32Array,
  textOf: (number: number) => string,
  weights: Float64Array,
  start: string,
): boolean => {
  for (const number of numbers) {
    const text = textOf(number)
    if (!text.startsWith(start)) return false
    weights[number] = weightOf(text, start.length)
  }
  return true
}

/**
 * A number for some characters of a text: of two texts that are the same before these, the lower one comes first. Those behind
 * one that is not ASCII do not count, as it may be another one in the other text.
 */
const weightOf = (text: string, from: number): number => {
  let weight = 0
  let counts = true
  for (let at = from; at < from + CHARACTERS; at++) {
    // Where a text is over, it comes before all that go on.
    const code: number = counts && at < text.length ? Math.min(text.charCodeAt(at), LAST_ASCII) : 0
    counts &&= code < LAST_ASCII
    weight = weight * (LAST_ASCII + 1) + code
  }
  return weight
}

const sortPart = (numbers: Uint32Array, textOf: (number: number) => string, weights: Float64Array): void => {
  // Nearly always, all texts begin as some of them do.
  const start = sharedStart(someOf(numbers), textOf)
  if (!weigh(numbers, textOf, weights, start)) weigh(numbers, textOf, weights, sharedStart(numbers, textOf))
  numbers.sort((one, other) => (weights[one] ?? 0) - (weights[other] ?? 0))
  for (let start = 0, end = 0; start < numbers.length; start = end) {
    const weight = weights[numbers[start] ?? 0]
    while (end < numbers.length && weights[numbers[end] ?? 0] === weight) end++
    const alike = numbers.subarray(start, end)
    // Where characters that are not ASCII are all that they differ in, numbers do not tell them apart.
    if (alike.length === numbers.length) alike.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
    else if (alike.length > 1) sortPart(alike, textOf, weights)
  }
}

/**
 * Brings numbers into the order of their texts, which are all different. A few characters of each are compared at a time, as
 * numbers: the ids of a million users, all at once, take more than a hundred megabytes.
 */
export const orderByText = (numbers: Uint32Array, textOf: (number: number) => string): Uint32Array => {
  if (numbers.length > 1) {
    const most = numbers.reduce((highest, number) => Math.max(highest, number), 0)
    sortPart(numbers, textOf, new Float64Array(most + 1))
  }
  return numbers
}

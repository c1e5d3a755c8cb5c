/**
 * Arithmetic in place of randomness: pure functions of whole numbers, so that any part of an organization can be
 * computed at any time without the rest of it.
 */

const scramble = (value: number): number => {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A number from 0 to 2^32 - 1 that depends on every one of the numbers and on their order. */
export const hashOf = (...numbers: readonly number[]): number => {
  let hash = 0x811c9dc5
  for (const number of numbers) hash = scramble(Math.imul(hash, 0x01000193) ^ scramble(number + 0x9e3779b9))
  return hash
}

/** A number for a text, for use in {@link hashOf}. */
export const hashOfText = (text: string): number =>
  Array.from(text).reduce(
    (hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  )

/** A number from 0 to below 1 that depends on these numbers alone: chance that is the same in every run. */
export const fractionOf = (...numbers: readonly number[]): number => hashOf(...numbers) / 2 ** 32

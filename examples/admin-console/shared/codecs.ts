import * as t from 'io-ts'

/** A whole number that is not less than `least`. */
export const wholeFrom = (least: number) =>
  t.refinement(t.number, (value) => Number.isSafeInteger(value) && value >= least, `a whole number from ${least}`)

/** A text that is not empty, not longer than `most` characters, and without NUL, which PostgreSQL cannot keep. */
export const textUpTo = (most: number) =>
  t.refinement(
    t.string,
    (value) => value !== '' && value.length <= most && !value.includes('\0'),
    `a text of 1 to ${most} characters`,
  )

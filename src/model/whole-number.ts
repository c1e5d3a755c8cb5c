/** Whether a value is a number of things that can be told from its neighbors: an integer from 0 to 9,007,199,254,740,991. */
export const isWholeNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/**
 * A number of things as a vendor or a provider tells it, without the sign that 0 may have; undefined where it is none: no
 * number, a part, less than none, or more than can be counted. Nothing is rounded.
 */
export const wholeNumberOf = (value: unknown): number | undefined => (isWholeNumber(value) ? value + 0 : undefined)

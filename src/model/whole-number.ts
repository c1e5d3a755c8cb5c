/** Whether a value is an exact number of things: an integer from 0 to 9,007,199,254,740,991. */
export const isWholeNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/**
 * A number of things from a vendor or a provider. Undefined where it is not a whole number from 0, or too large to be exact;
 * nothing is rounded. -0 becomes 0.
 */
export const wholeNumberOf = (value: unknown): number | undefined => (isWholeNumber(value) ? value + 0 : undefined)

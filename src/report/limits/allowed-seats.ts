/** Of a percentage, 0.000001 % is the smallest part that a limit may have. */
const MILLION = 1_000_000

/** Whole, so that nothing is rounded on the way: in floats, 32.3 % of 1,000 seats are fewer than 323. */
const millionths = (value: number): bigint =>
  Number.isSafeInteger(value) ? BigInt(value) * BigInt(MILLION) : BigInt(Math.round(value * MILLION))

const HUNDRED_PERCENT = millionths(100)

/** Whether more seats are in use than a percentage of the purchased ones; at the limit there are not. */
export const isAboveShare = (inUse: number, purchased: number, percent: number): boolean =>
  millionths(inUse) * HUNDRED_PERCENT > millionths(purchased) * millionths(percent)

/** Whole seats that a percentage of the purchased ones allows. */
export const allowedSeats = (purchased: number, percent: number): number =>
  Number((millionths(purchased) * millionths(percent)) / (HUNDRED_PERCENT * millionths(1)))

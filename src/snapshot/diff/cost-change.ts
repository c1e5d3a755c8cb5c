import type { CostChange } from './snapshot-diff.ts'

/** So many seats at a price: 0 seats where there is none. */
export interface PricedSeats {
  readonly seats: number
  /** What so many seats cost at this price. */
  readonly amountOf: (seats: number) => number
}

/** One license in one currency, in both snapshots; absent where it costs nothing in that currency. */
export interface PricedLicense {
  readonly before?: PricedSeats
  readonly after?: PricedSeats
}

/** Half a unit goes away from zero. */
const roundedQuotient = (dividend: bigint, divisor: bigint): number => {
  const magnitude = dividend < 0n ? -dividend : dividend
  const rounded = (2n * magnitude + divisor) / (2n * divisor)
  return Number(dividend < 0n ? -rounded : rounded)
}

/**
 * Splits what the licenses of one provider cost more or less. The price effect is taken on the new seats of each license;
 * the seats effect is the change of all seats at the old average cost of one; what is left is the mix. All are integers,
 * and they add up because the mix takes what the average has of a fraction.
 */
export const costChange = (currency: string, licenses: readonly PricedLicense[]): CostChange => {
  let [before, after, price, volume, seatsBefore, seatsAfter] = [0, 0, 0, 0, 0, 0]
  for (const license of licenses) {
    const old = license.before ?? { seats: 0, amountOf: undefined }
    const now = license.after ?? { seats: 0, amountOf: undefined }
    // A license that had no price, or has none any more, has only one; then nothing is for its price.
    const amountBefore = old.amountOf?.(old.seats) ?? 0
    const amountAfter = now.amountOf?.(now.seats) ?? 0
    const atOldPrice = old.amountOf?.(now.seats) ?? amountAfter
    before += amountBefore
    after += amountAfter
    price += now.amountOf === undefined ? 0 : amountAfter - atOldPrice
    volume += (now.amountOf === undefined ? 0 : atOldPrice) - amountBefore
    seatsBefore += old.seats
    seatsAfter += now.seats
  }
  const seats =
    seatsBefore === 0 ? volume : roundedQuotient(BigInt(before) * BigInt(seatsAfter - seatsBefore), BigInt(seatsBefore))
  return { currency, before, after, difference: after - before, price, seats, mix: volume - seats }
}

/** Changes of several providers together, each currency by itself. */
export const addChanges = (changes: readonly CostChange[]): readonly CostChange[] => {
  const byCurrency = new Map<string, CostChange>()
  for (const change of changes) {
    const sum = byCurrency.get(change.currency)
    byCurrency.set(
      change.currency,
      sum === undefined
        ? change
        : {
            currency: change.currency,
            before: sum.before + change.before,
            after: sum.after + change.after,
            difference: sum.difference + change.difference,
            price: sum.price + change.price,
            seats: sum.seats + change.seats,
            mix: sum.mix + change.mix,
          },
    )
  }
  return [...byCurrency.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1))
}

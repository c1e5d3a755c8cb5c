import { groupedBy } from '../../model/grouped-by.ts'
import { amountOfSeats, type MonthlyPrice } from '../../report/cost/monthly-price.ts'
import type { CostChange } from './snapshot-diff.ts'

/** So many seats of a license at a price. */
export interface PricedSeats {
  readonly seats: number
  readonly price: MonthlyPrice
}

/** One license in both snapshots; absent where it costs nothing. */
export interface PricedLicense {
  readonly before?: PricedSeats | undefined
  readonly after?: PricedSeats | undefined
}

/** What one license is to the sums of one currency. */
interface Entry {
  readonly currency: string
  readonly before: number
  /** The new seats at the old price. */
  readonly atOldPrice: number
  readonly after: number
  readonly seatsBefore: number
  readonly seatsAfter: number
}

const amountOf = ({ seats, price }: PricedSeats): number => amountOfSeats(price, seats)

const entriesOfBoth = (old: PricedSeats, now: PricedSeats): readonly Entry[] => {
  const entry: Entry = {
    currency: old.price.currency,
    before: amountOf(old),
    atOldPrice: amountOfSeats(old.price, now.seats),
    after: amountOf(now),
    seatsBefore: old.seats,
    seatsAfter: now.seats,
  }
  if (now.price.currency === old.price.currency) return [entry]
  return [
    // The seats are still there, and their price in this currency is 0 now.
    { ...entry, after: 0 },
    // It was 0 in this one. Seats that came or went are in the old currency, and must not be counted twice.
    { currency: now.price.currency, before: 0, atOldPrice: 0, after: amountOf(now), seatsBefore: 0, seatsAfter: 0 },
  ]
}

/** A license that had no price, or has none any more, has only one; then nothing of it is for its price. */
const entriesOf = ({ before: old, after: now }: PricedLicense): readonly Entry[] => {
  if (old !== undefined && now !== undefined) return entriesOfBoth(old, now)
  const none = { before: 0, atOldPrice: 0, after: 0, seatsBefore: 0, seatsAfter: 0 }
  if (old !== undefined) {
    return [{ ...none, currency: old.price.currency, before: amountOf(old), seatsBefore: old.seats }]
  }
  if (now === undefined) return []
  const after = amountOf(now)
  return [{ ...none, currency: now.price.currency, atOldPrice: after, after, seatsAfter: now.seats }]
}

/** Half a unit goes away from zero. */
const roundedQuotient = (dividend: bigint, divisor: bigint): number => {
  const magnitude = dividend < 0n ? -dividend : dividend
  const rounded = (2n * magnitude + divisor) / (2n * divisor)
  return Number(dividend < 0n ? -rounded : rounded)
}

/**
 * The price effect is taken on the new seats of each license; the seats effect is the change of all seats at the old
 * average cost of one; what is left is the mix. All are integers, and they add up because the mix takes what the average
 * has of a fraction.
 */
const split = (currency: string, entries: readonly Entry[]): CostChange => {
  let [before, atOldPrice, after, seatsBefore, seatsAfter] = [0, 0, 0, 0, 0]
  for (const entry of entries) {
    before += entry.before
    atOldPrice += entry.atOldPrice
    after += entry.after
    seatsBefore += entry.seatsBefore
    seatsAfter += entry.seatsAfter
  }
  const volume = atOldPrice - before
  const seats =
    seatsBefore === 0 ? volume : roundedQuotient(BigInt(before) * BigInt(seatsAfter - seatsBefore), BigInt(seatsBefore))
  return { currency, before, after, difference: after - before, price: after - atOldPrice, seats, mix: volume - seats }
}

/** Beyond that, sums are no longer exact; the cost before or after then says so in their place. */
const isExact = ({ currency: _, ...amounts }: CostChange): boolean => Object.values(amounts).every(Number.isSafeInteger)

const byCurrency = <A extends { readonly currency: string }>(items: readonly A[]) =>
  [...groupedBy(items, ({ currency }) => currency)].sort(([one], [other]) => (one < other ? -1 : 1))

/** What the licenses of one provider cost more or less, and what that is made of, each currency by itself. */
export const costChanges = (licenses: readonly PricedLicense[]): readonly CostChange[] =>
  byCurrency(licenses.flatMap(entriesOf))
    .map(([currency, entries]) => split(currency, entries))
    .filter(isExact)

const addChange = (sum: CostChange, change: CostChange): CostChange => ({
  currency: sum.currency,
  before: sum.before + change.before,
  after: sum.after + change.after,
  difference: sum.difference + change.difference,
  price: sum.price + change.price,
  seats: sum.seats + change.seats,
  mix: sum.mix + change.mix,
})

/** Changes of several providers together, each currency by itself. */
export const addChanges = (changes: readonly CostChange[]): readonly CostChange[] =>
  byCurrency(changes)
    .map(([, ofCurrency]) => ofCurrency.reduce(addChange))
    .filter(isExact)

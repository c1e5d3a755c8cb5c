import type { Price } from '../../contract/price.ts'

/** What packs of one license cost a month. A price by seat is one of packs of one. */
export interface MonthlyPrice {
  readonly kind: 'priced'
  /** Of one pack, in minor units. */
  readonly amount: number
  readonly currency: string
  readonly packSize: number
}

/** No cost can be made, and why. */
export interface Unpriced {
  readonly kind: 'unpriced'
  readonly reason: string
}

export const unpriced = (reason: string): Unpriced => ({ kind: 'unpriced', reason })

const startOf = ({ validFrom = '' }: Price): string => validFrom

/** Whether a price with these days is valid on a day. */
export const priceHoldsOn = ({ validFrom, validTo }: Pick<Price, 'validFrom' | 'validTo'>, day: string): boolean =>
  (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo)

const sizeOf = ({ per, packSize }: Price): number | undefined => {
  if (per === 'seat-month') return 1
  return per === 'pack-month' ? packSize : undefined
}

/**
 * The price that holds on a day (`2026-01-31`). Where several do, the one that began last: a price that was raised need
 * not be given an end.
 */
export const monthlyPriceOn = (day: string, prices: readonly Price[] | undefined): MonthlyPrice | Unpriced => {
  if (prices === undefined || prices.length === 0) return unpriced('no price is configured')
  const [first, ...others] = prices.filter((price) => priceHoldsOn(price, day))
  if (first === undefined) return unpriced(`no price holds on ${day}`)
  const price = others.reduce((latest, other) => (startOf(other) > startOf(latest) ? other : latest), first)
  const { amount, currency, per } = price
  const packSize = sizeOf(price)
  if (packSize === undefined) return unpriced(`its price is per ${JSON.stringify(per)}, which gives no monthly cost`)
  if (!Number.isSafeInteger(amount) || amount < 0 || !Number.isSafeInteger(packSize) || packSize < 1) {
    return unpriced('its price is not in whole minor units and seats')
  }
  return { kind: 'priced', amount, currency, packSize }
}

/** What so many seats cost: packs are bought whole. */
export const amountOfSeats = ({ amount, packSize }: MonthlyPrice, seats: number): number =>
  Math.ceil(seats / packSize) * amount

/**
 * What the seat at a place (from 0) among the seats of a license costs. The shares of the seats of one pack differ by one
 * minor unit at the most and add up to its price, so that nothing is lost or invented by dividing.
 */
export const amountOfSeatAt = ({ amount, packSize }: MonthlyPrice, place: number): number => {
  const inPack = place % packSize
  const rest = amount % packSize
  // Only the rest is multiplied, so that no product is too large to be exact.
  const shared = (seats: number) => Math.floor((seats * rest) / packSize)
  return Math.floor(amount / packSize) + shared(inPack + 1) - shared(inPack)
}

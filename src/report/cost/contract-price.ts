import * as E from 'fp-ts/lib/Either.js'
import { minorUnitsOf } from '../../model/decimal.ts'
import type { ContractPrice, Purchase } from '../../model/purchase.ts'
import { type MonthlyPrice, priceHoldsOn, type Unpriced, unpriced } from './monthly-price.ts'

const SEAT_MONTH = 'seat-month'

/** Whether costs may be made of a price of a contract. What any other price buys is not certain. */
export const isPerSeatMonth = ({ per }: ContractPrice): boolean => per === SEAT_MONTH

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort()

const INSTEAD = 'set its price in the configuration'

/** A product of a source that has prices of other products, which has seats and no price: what they cost is not told. */
const productWithoutPrice = (purchases: readonly Purchase[]): Purchase | undefined => {
  const priced = new Set(purchases.flatMap(({ committedPrices = [], from }) => committedPrices.map(() => from.source)))
  return purchases.find(
    ({ committedPrices = [], quantity, from }) =>
      committedPrices.length === 0 &&
      priced.has(from.source) &&
      quantity !== undefined &&
      quantity.kind !== 'notApplicable' &&
      !(quantity.kind === 'known' && quantity.value === 0),
  )
}

/**
 * The price of a contract that holds on a day (`2026-01-31`), for costs: where all that hold then are for one seat and month,
 * in one currency and of one amount. Contracts do not say which of several prices is for which seats, so that then the cost
 * is unknown. `purchases`: the products that are seats of the license; one without a price makes it unknown too.
 */
export const contractPriceOn = (
  day: string,
  prices: readonly ContractPrice[],
  purchases: readonly Purchase[] = [],
): MonthlyPrice | Unpriced => {
  const free = productWithoutPrice(purchases)
  if (free !== undefined) return unpriced(`its contract has no price of ${free.name}; ${INSTEAD}`)
  const currencies = distinct(prices.map(({ currency }) => currency))
  if (currencies.length > 1) return unpriced(`its contract has prices in ${currencies.join(' and ')}; ${INSTEAD}`)
  const valid = prices.filter((price) => priceHoldsOn(price, day))
  const [first] = valid
  if (first === undefined) return unpriced(`no price of its contract holds on ${day}; ${INSTEAD}`)
  const other = valid.find((price) => !isPerSeatMonth(price))
  if (other !== undefined) {
    const per = other.per === undefined ? 'does not say what it buys' : `is per ${JSON.stringify(other.per)}`
    return unpriced(`the price of its contract ${per}, which gives no monthly cost; ${INSTEAD}`)
  }
  const amounts = valid.map(({ amount, currency }) => minorUnitsOf(amount, currency))
  const inexact = amounts.find(E.isLeft)
  if (inexact !== undefined) return unpriced(`the price of its contract, ${inexact.left}; ${INSTEAD}`)
  const [amount = 0, ...others] = [...new Set(amounts.flatMap((one) => (E.isRight(one) ? [one.right] : [])))]
  if (others.length > 0) {
    const all = distinct(valid.map((price) => `${price.amount} ${price.currency}`))
    return unpriced(`its contract has several prices on ${day}: ${all.join(', ')}; ${INSTEAD}`)
  }
  if (amount < 0) return unpriced(`the price of its contract is ${first.amount} ${first.currency}; ${INSTEAD}`)
  return { kind: 'priced', amount, currency: first.currency, packSize: 1 }
}

import { invalidInput, type OneInvalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { isDay } from '../model/moment.ts'
import { problemsInOptions } from '../model/option-checks.ts'
import { isWholeNumber } from '../model/whole-number.ts'

/** What seats of one license cost. Vendors' APIs do not provide prices: they come from the configuration. */
export interface Price {
  /** In minor units of the currency: 11000 is 110.00 EUR. An integer. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  /** What the amount buys: `seat-month`, or `pack-month` with `packSize`. With anything else, the monthly cost is unknown. */
  readonly per: string
  /** Seats in a pack. Only complete packs are purchased. */
  readonly packSize?: number | undefined
  /** The first day on which it is valid, as `2026-01-31`. Default: always. */
  readonly validFrom?: string | undefined
  /** The last day on which it is valid. Default: it has no end. */
  readonly validTo?: string | undefined
}

/** What one member of a price may be, and what is expected, for people. */
export interface PriceRule<A> {
  readonly expected: string
  readonly is: (value: unknown) => value is A
}

const CURRENCY = /^[A-Z]{3}$/

const aDay: PriceRule<string> = {
  expected: 'a day such as "2026-01-31"',
  is: (value): value is string => typeof value === 'string' && isDay(value),
}

/** What each member of a price may be, as a caller or a configuration gives it. */
export const priceRules = {
  amount: {
    expected: 'a whole number of minor units (cents) from 0',
    is: (value): value is number => isWholeNumber(value),
  },
  currency: {
    expected: 'an ISO 4217 currency code of three capital letters',
    is: (value): value is string => typeof value === 'string' && CURRENCY.test(value),
  },
  per: {
    expected: 'a text that is not empty',
    is: (value): value is string => typeof value === 'string' && value !== '',
  },
  packSize: { expected: 'a positive whole number', is: (value): value is number => isWholeNumber(value) && value > 0 },
  validFrom: aDay,
  validTo: aDay,
} satisfies { readonly [Member in keyof Price]-?: PriceRule<NonNullable<Price[Member]>> }

/** The members that a price cannot be without. */
export const requiredOfPrice = ['amount', 'currency', 'per'] as const

/** Members of the prices of a license that are right one by one, and do not go together. */
export interface PriceContradiction {
  /** Which of the prices, counted from 0. */
  readonly price: number
  readonly member: keyof Price
  readonly expected: string
}

/** The contradictions in all prices of one license. What is wrong with single members is said by {@link priceRules}. */
export const contradictionsInPrices = (prices: readonly unknown[]): readonly PriceContradiction[] => {
  const starts = new Set<unknown>()
  return prices.flatMap((price, index): readonly PriceContradiction[] => {
    if (!isRecord(price)) return []
    const { per, packSize, validFrom, validTo } = price
    const isPeriod = [validFrom, validTo].every(aDay.is)
    // Of two prices that begin on one day, it is unknown which one counts.
    const isRepeated = starts.has(validFrom)
    starts.add(validFrom)
    const contradictions: readonly (false | readonly [keyof Price, string])[] = [
      per === 'pack-month' &&
        packSize === undefined && ['packSize', `${priceRules.packSize.expected}, as the price is per pack-month`],
      per === 'seat-month' &&
        priceRules.packSize.is(packSize) && ['packSize', 'nothing, as the price is per seat-month'],
      isPeriod && String(validTo) < String(validFrom) && ['validTo', 'a day that is not before validFrom'],
      isRepeated && ['validFrom', 'a day on which no other price of the license begins'],
    ]
    return contradictions.flatMap((found) => (found ? [{ price: index, member: found[0], expected: found[1] }] : []))
  })
}

/** What is wrong with the prices of one license that a caller hands in. */
export const problemsInPrices = (prices: unknown, path: string): readonly OneInvalidInput[] => {
  if (!Array.isArray(prices)) return [invalidInput(path, 'a list of prices')]
  const ofMembers = prices.flatMap((price: unknown, index) => {
    const place = `${path}[${index}]`
    const missing = requiredOfPrice.filter((member) => isRecord(price) && price[member] === undefined)
    return [
      ...problemsInOptions(priceRules, price, place),
      ...missing.map((member) => invalidInput(`${place}.${member}`, priceRules[member].expected)),
    ]
  })
  const together = contradictionsInPrices(prices)
  return [
    ...ofMembers,
    ...together.map(({ price, member, expected }) => invalidInput(`${path}[${price}].${member}`, expected)),
  ]
}

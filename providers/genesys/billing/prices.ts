import { type Purchases, Values } from '../../../src/provider-kit/index.ts'
import type { Amount } from './codecs.ts'
import { toldDay, toldNumber, toldText } from './told.ts'

/** What the configuration says that a price of a seat is for. The vendor does not say it. */
export type PriceUnit = 'seat-month'

/** The units of which one is a seat. Anything else is metered. */
const SEAT_UNITS: ReadonlySet<string> = new Set(['user', 'person', 'employee'])

const CURRENCY = /^[A-Z]{3}$/

/** A price as the vendor writes it. */
export interface ToldPrice {
  readonly amount: Amount | null | undefined
  readonly currency: string | null | undefined
  readonly unit: string | null | undefined
  readonly discount?: Amount | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
}

/** What a price is for. With a discount, it is not certain whether the price has it already. */
const perOf = ({ unit, discount }: ToldPrice, priceUnit: PriceUnit | undefined): string | undefined => {
  const told = toldText(unit)
  if (toldNumber(discount)) return `${told ?? 'unit'}, with a discount of ${discount}`
  return priceUnit !== undefined && (told === undefined || SEAT_UNITS.has(told.toLowerCase())) ? priceUnit : told
}

/** The price for showing, exact; none where amount or currency cannot be read. */
export const pricesOf = (
  told: ToldPrice,
  priceUnit: PriceUnit | undefined,
): NonNullable<Purchases.Purchase['committedPrices']> => {
  const amount = Values.decimalText(told.amount)
  const currency = toldText(told.currency)?.toUpperCase()
  if (amount === undefined || currency === undefined || !CURRENCY.test(currency)) return []
  const per = perOf(told, priceUnit)
  const validFrom = toldDay(told.from)
  const validTo = toldDay(told.to)
  return [
    {
      amount,
      currency,
      ...(per === undefined ? {} : { per }),
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validTo === undefined ? {} : { validTo }),
    },
  ]
}

/** Undefined for an empty list, as members that are absent are not there. */
export const ifAny = <A>(list: readonly A[]): readonly A[] | undefined => (list.length === 0 ? undefined : list)

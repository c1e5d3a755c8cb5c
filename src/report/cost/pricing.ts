import type { DeclaredLicenses } from '../../contract/declared-license.ts'
import type { Price } from '../../contract/price.ts'
import { type MonthlyPrice, monthlyPriceOn, type Unpriced } from './monthly-price.ts'

/** Prices by the provider's id and then the license's. */
export type PriceTable = ReadonlyMap<string, ReadonlyMap<string, readonly Price[]>>

/** What each license costs at one time. */
export interface Pricing {
  readonly priceOf: (provider: string, licenseId: string) => MonthlyPrice | Unpriced
  /** Of all prices, also of those that do not hold at that time: none where there is no price at all. */
  readonly currencies: readonly string[]
  readonly hasPrices: boolean
}

/** A provider, and the overrides of its licenses by their ids: see `declarationsById`. */
export interface DeclaredProvider {
  readonly id: string
  readonly declared: DeclaredLicenses
}

/** The prices given or, for a provider that is not in the table, those in the overrides of its licenses. */
export const createPricing = (
  providers: readonly DeclaredProvider[],
  generatedAt: string,
  given?: PriceTable,
): Pricing => {
  const day = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const declarations = new Map(providers.map(({ id, declared }) => [id, declared]))
  const pricesOf = (provider: string, licenseId: string): readonly Price[] | undefined => {
    const table = given?.get(provider)
    return table === undefined ? declarations.get(provider)?.get(licenseId)?.prices : table.get(licenseId)
  }
  const all = providers.flatMap(({ id, declared }) =>
    [...(given?.get(id)?.values() ?? [...declared.values()].map(({ prices = [] }) => prices))].flat(),
  )
  const known = new Map<string, Map<string, MonthlyPrice | Unpriced>>()
  return {
    priceOf: (provider, licenseId) => {
      const ofProvider = known.get(provider) ?? new Map<string, MonthlyPrice | Unpriced>()
      known.set(provider, ofProvider)
      const price = ofProvider.get(licenseId) ?? monthlyPriceOn(day, pricesOf(provider, licenseId))
      ofProvider.set(licenseId, price)
      return price
    },
    currencies: [...new Set(all.map(({ currency }) => currency))].sort(),
    hasPrices: all.length > 0,
  }
}

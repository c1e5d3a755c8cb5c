import type { LicenseProvider } from '../../contract/license-provider.ts'
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

/** The prices given or, for a provider that is not in the table, those declared of its licenses. */
export const createPricing = (
  providers: readonly Pick<LicenseProvider, 'id' | 'declaredLicenses'>[],
  generatedAt: string,
  given?: PriceTable,
): Pricing => {
  const day = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const declared = new Map(providers.map(({ id, declaredLicenses }) => [id, declaredLicenses]))
  const pricesOf = (provider: string, licenseId: string): readonly Price[] | undefined => {
    const table = given?.get(provider)
    return table === undefined ? declared.get(provider)?.get(licenseId)?.prices : table.get(licenseId)
  }
  const all = providers.flatMap(({ id, declaredLicenses }) =>
    [...(given?.get(id)?.values() ?? [...(declaredLicenses?.values() ?? [])].map(({ prices = [] }) => prices))].flat(),
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

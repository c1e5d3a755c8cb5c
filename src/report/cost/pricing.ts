import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { Price } from '../../contract/price.ts'
import { type MonthlyPrice, monthlyPriceOn, type Unpriced } from './monthly-price.ts'

/** Prices by the provider's id and then the license's. */
export type PriceTable = ReadonlyMap<string, ReadonlyMap<string, readonly Price[]>>

/** What each license costs at one time. */
export interface Pricing {
  readonly priceOf: (provider: string, licenseId: string) => MonthlyPrice | Unpriced
  /** Whether there is any price at all. */
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
  const known = new Map<string, Map<string, MonthlyPrice | Unpriced>>()
  return {
    priceOf: (provider, licenseId) => {
      const ofProvider = known.get(provider) ?? new Map<string, MonthlyPrice | Unpriced>()
      known.set(provider, ofProvider)
      const price = ofProvider.get(licenseId) ?? monthlyPriceOn(day, pricesOf(provider, licenseId))
      ofProvider.set(licenseId, price)
      return price
    },
    hasPrices: providers.some(({ id, declaredLicenses }) =>
      given?.has(id)
        ? (given.get(id)?.size ?? 0) > 0
        : [...(declaredLicenses?.values() ?? [])].some(({ prices = [] }) => prices.length > 0),
    ),
  }
}

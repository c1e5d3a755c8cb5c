import type { DeclaredLicenses } from '../../contract/declared-license.ts'
import type { Price } from '../../contract/price.ts'
import type { License } from '../../model/license.ts'
import { contractPriceOn, isPerSeatMonth } from './contract-price.ts'
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

/** A provider with what is known of the prices of its licenses. */
export interface PricedProvider {
  readonly id: string
  /** The overrides of its licenses by their ids: see `declarationsById`. */
  readonly declared: DeclaredLicenses
  /** With the prices of contracts. */
  readonly licenses: readonly Pick<License, 'id' | 'committedPrices' | 'purchases'>[]
}

/**
 * The prices given or, for a provider that is not in the table, those in the overrides of its licenses, and for a license
 * without any, those of its contract.
 */
export const createPricing = (
  providers: readonly PricedProvider[],
  generatedAt: string,
  given?: PriceTable,
): Pricing => {
  const day = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const declarations = new Map(providers.map(({ id, declared }) => [id, declared]))
  const pricesOf = (provider: string, licenseId: string): readonly Price[] | undefined => {
    const table = given?.get(provider)
    return table === undefined ? declarations.get(provider)?.get(licenseId)?.prices : table.get(licenseId)
  }
  const isDeclared = (provider: string, licenseId: string): boolean =>
    given?.has(provider) === true || (pricesOf(provider, licenseId) ?? []).length > 0
  const ofContracts = new Map(
    providers.map(({ id, licenses }) => [
      id,
      new Map(
        licenses.flatMap((license) =>
          license.committedPrices === undefined || isDeclared(id, license.id)
            ? []
            : [[license.id, { prices: license.committedPrices, purchases: license.purchases ?? [] }] as const],
        ),
      ),
    ]),
  )
  const all = providers.flatMap(({ id, declared }) => [
    ...[...(given?.get(id)?.values() ?? [...declared.values()].map(({ prices = [] }) => prices))].flat(),
    ...[...(ofContracts.get(id)?.values() ?? [])].flatMap(({ prices }) => prices).filter(isPerSeatMonth),
  ])
  const priceNow = (provider: string, licenseId: string): MonthlyPrice | Unpriced => {
    const ofContract = ofContracts.get(provider)?.get(licenseId)
    return ofContract === undefined
      ? monthlyPriceOn(day, pricesOf(provider, licenseId))
      : contractPriceOn(day, ofContract.prices, ofContract.purchases)
  }
  const known = new Map<string, Map<string, MonthlyPrice | Unpriced>>()
  return {
    priceOf: (provider, licenseId) => {
      const ofProvider = known.get(provider) ?? new Map<string, MonthlyPrice | Unpriced>()
      known.set(provider, ofProvider)
      const price = ofProvider.get(licenseId) ?? priceNow(provider, licenseId)
      ofProvider.set(licenseId, price)
      return price
    },
    currencies: [...new Set(all.map(({ currency }) => currency))].sort(),
    hasPrices: all.length > 0,
  }
}

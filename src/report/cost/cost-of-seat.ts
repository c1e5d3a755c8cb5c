import type { LicenseProvider } from '../../contract/license-provider.ts'
import { declarationsById } from '../../contract/match-declarations.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Cost, LicenseReport } from '../license-report.ts'
import { createPricing } from './pricing.ts'
import { createSeatCosts } from './seat-costs.ts'

/** What the seat of a user or a workspace costs a month; undefined where nothing is said of costs. */
export type CostOfSeat = (provider: string, licenseId: string, holderId: string) => Cost | undefined

/**
 * What single seats of a report cost, by the prices that its providers have as overrides or its
 * licenses by contract, as of the report's time. A
 * report with its users (`detail: true`) knows which seats of a pack are whose.
 */
export const costOfSeatIn = (
  { licenses, users = [], workspaces = [], generatedAt }: LicenseReport,
  providers: readonly LicenseProvider[],
): CostOfSeat => {
  const ofProvider = groupedBy(licenses, ({ provider }) => provider)
  const pricing = createPricing(
    providers.map(({ id, declaredLicenses }) => ({
      id,
      declared: declarationsById(declaredLicenses, ofProvider.get(id) ?? []),
      licenses: ofProvider.get(id) ?? [],
    })),
    generatedAt,
  )
  return pricing.hasPrices ? createSeatCosts(licenses, [...users, ...workspaces], pricing).ofHolder : () => undefined
}

import type { LicenseRow } from '../license-report.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { doubtOf } from '../uncertainty.ts'
import type { Pricing } from './pricing.ts'

/** Whether seats of a license are certain to be paid for. */
export type IsPaid = (provider: string, licenseId: string) => boolean

/**
 * Licenses that do not come free with the organisation, or that somebody has given a price. One that may be either,
 * because the definitions could not all be read, is not certain.
 */
export const paidLicenses = (
  readings: readonly ProviderReading[],
  rows: readonly LicenseRow[],
  { priceOf }: Pricing,
): IsPaid => {
  const definedWhereSomeMayBeMissing = new Map(
    readings.flatMap(({ provider, licenses }) =>
      doubtOf(licenses.ledger) === undefined
        ? []
        : [[provider.id, new Set(licenses.value.map(({ id }) => id))] as const],
    ),
  )
  const isPaid = ({ provider, id, purchased }: LicenseRow): boolean => {
    if (priceOf(provider, id).kind === 'priced') return true
    if (purchased.kind === 'unknown') return definedWhereSomeMayBeMissing.get(provider)?.has(id) ?? true
    return purchased.kind !== 'notApplicable'
  }
  const paid = new Map(readings.map(({ provider }) => [provider.id, new Set<string>()]))
  for (const row of rows) if (isPaid(row)) paid.get(row.provider)?.add(row.id)
  return (provider, licenseId) => paid.get(provider)?.has(licenseId) ?? false
}

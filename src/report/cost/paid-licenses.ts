import { groupedBy } from '../../model/grouped-by.ts'
import type { LicenseRow, UserRow } from '../license-report.ts'
import type { ProviderReading } from '../provider-reading.ts'
import { LIST_NAMES } from '../report-problems.ts'
import { gapOf } from '../uncertainty.ts'
import type { Pricing } from './pricing.ts'

/** Whether seats of a license are certain to be paid for. */
export type IsPaid = (provider: string, licenseId: string) => boolean

/**
 * Licenses that do not come free with the organization. Where the definitions could not all be read, one that is not
 * among them may be free, unless it has a price.
 */
export const paidLicenses = (
  readings: readonly ProviderReading[],
  rows: readonly LicenseRow[],
  { priceOf }: Pricing,
): IsPaid => {
  const definedWhereSomeMayBeMissing = new Map(
    readings.flatMap(({ provider, licenses }) =>
      gapOf(licenses.ledger, LIST_NAMES.licenses) === undefined
        ? []
        : [[provider.id, new Set(licenses.value.map(({ id }) => id))] as const],
    ),
  )
  const isPaid = ({ provider, id, purchased }: LicenseRow): boolean => {
    if (purchased.kind !== 'unknown' || priceOf(provider, id).kind === 'priced')
      return purchased.kind !== 'notApplicable'
    return definedWhereSomeMayBeMissing.get(provider)?.has(id) ?? true
  }
  const paid = new Map(readings.map(({ provider }) => [provider.id, new Set<string>()]))
  for (const row of rows) if (isPaid(row)) paid.get(row.provider)?.add(row.id)
  return (provider, licenseId) => paid.get(provider)?.has(licenseId) ?? false
}

/** The accounts with paid seats, of each person with paid seats in several providers. */
export const paidInSeveral = (
  users: readonly UserRow[],
  isPaid: IsPaid,
): readonly (readonly [UserRow, ...UserRow[]])[] => {
  const paid = users.filter(
    ({ link, provider, licenseIds }) => link !== 'none' && licenseIds.some((licenseId) => isPaid(provider, licenseId)),
  )
  return [...groupedBy(paid, ({ person }) => person).values()].filter(([first, ...others]) =>
    others.some(({ provider }) => provider !== first.provider),
  )
}

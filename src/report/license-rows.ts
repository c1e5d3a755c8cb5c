import { type DeclaredLicense, unlistedLicense } from '../contract/declared-license.ts'
import { notApplicable } from '../model/count.ts'
import { isWhole } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import { present } from '../model/with-defaults.ts'
import { type Assigned, assignedOf } from './assigned.ts'
import { discrepancyOf } from './discrepancy.ts'
import { idleDeclarations } from './idle-declarations.ts'
import type { LicenseRow, PassedOn } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { LIST_NAMES } from './report-problems.ts'
import { seatsOf } from './seats.ts'
import { gapOf, gapOfHolders } from './uncertainty.ts'

const PASSED_ON: readonly (keyof PassedOn)[] = [
  'productCode',
  'services',
  'subscriptionId',
  'siteUrl',
  'declaredAs',
  'purchasedFrom',
  'consumedFrom',
  'committedPrices',
  'overagePrices',
  'term',
  'purchases',
  'boughtOnly',
  'overridden',
]

/** The row of a license with so many holders. */
export const rowOfLicense = (license: License, assigned: Assigned): LicenseRow => {
  const discrepancy = discrepancyOf(license, assigned.assignedUsers ?? assigned.assigned)
  return {
    provider: license.provider,
    id: license.id,
    name: license.name,
    metric: license.metric,
    ...present(license, PASSED_ON),
    ...seatsOf(license, assigned),
    ...(discrepancy === undefined ? {} : { discrepancy }),
  }
}

const rowOf = (reading: ProviderReading, license: License, gap: string | undefined): LicenseRow =>
  rowOfLicense(license, assignedOf(reading, license, gap))

/**
 * A license that is held although it is not among the definitions, or they could not be read: then workspaces may hold it too,
 * where there are any.
 */
const undefinedLicense = ({ provider, licenses, declared }: ProviderReading, id: string): License => ({
  ...unlistedLicense(provider.id, id, declared.get(id), gapOf(licenses.ledger, LIST_NAMES.licenses)),
  ...(provider.listWorkspaces === undefined || isWhole(licenses.ledger) ? {} : { holders: 'usersAndWorkspaces' }),
})

/** A license with nothing but overrides has no seats, whatever these say: neither vendor nor lists count it. */
const declaredRow = (
  { provider }: ProviderReading,
  id: string,
  { name = id, metric = 'unknown' }: DeclaredLicense,
): LicenseRow => ({
  provider: provider.id,
  id,
  name,
  metric,
  declaredOnly: true,
  purchased: notApplicable,
  consumed: notApplicable,
  assigned: notApplicable,
  available: notApplicable,
  utilization: notApplicable,
})

/**
 * One row for every license that is defined or held, in the vendor's order and then by id. Last those that are declared
 * only, where all definitions and all that users hold are known.
 */
export const licenseRows = (reading: ProviderReading): readonly LicenseRow[] => {
  const { licenses, users, workspaces, declared } = reading
  const defined = new Set(licenses.value.map(({ id }) => id))
  const allHeld = new Set([...users.value.byLicense.keys(), ...(workspaces?.value.held.keys() ?? [])])
  const held = [...allHeld].filter((id) => !defined.has(id)).sort()
  const gapOfLicense = gapOfHolders(reading)
  return [
    ...licenses.value.map((license) => rowOf(reading, license, gapOfLicense(license.id))),
    ...held.map((id) => rowOf(reading, undefinedLicense(reading, id), gapOfLicense(id))),
    ...idleDeclarations(reading).flatMap(({ key, why }) =>
      why === 'not listed' ? [declaredRow(reading, key, declared.get(key) ?? {})] : [],
    ),
  ]
}

import { declare } from '../contract/declared-license.ts'
import { unknown } from '../model/count.ts'
import type { License } from '../model/license.ts'
import { discrepancyOf } from './discrepancy.ts'
import type { LicenseRow } from './license-report.ts'
import type { ProviderReading } from './provider-reading.ts'
import { seatsOf } from './seats.ts'
import { counted, doubtFinder, doubtOf } from './uncertainty.ts'

const rowOf = ({ users }: ProviderReading, license: License, doubtOfHolders: string | undefined): LicenseRow => {
  const assigned = counted(users.value.byLicense.get(license.id) ?? 0, doubtOfHolders)
  const discrepancy = discrepancyOf(license, assigned)
  return {
    provider: license.provider,
    id: license.id,
    name: license.name,
    ...(license.productCode === undefined ? {} : { productCode: license.productCode }),
    metric: license.metric,
    ...(license.subscriptionId === undefined ? {} : { subscriptionId: license.subscriptionId }),
    ...(license.siteUrl === undefined ? {} : { siteUrl: license.siteUrl }),
    ...(license.declaredOnly === undefined ? {} : { declaredOnly: license.declaredOnly }),
    ...seatsOf(license, assigned),
    ...(discrepancy === undefined ? {} : { discrepancy }),
  }
}

/** A license that people hold although it is not among the definitions, or they could not be read. */
const undefinedLicense = ({ provider, licenses }: ProviderReading, id: string): License => {
  const notTold = unknown(doubtOf(licenses.ledger) ?? 'not among the license definitions')
  const license: License = {
    provider: provider.id,
    id,
    name: id,
    metric: 'unknown',
    purchased: notTold,
    consumed: notTold,
    includes: [],
    requires: [],
  }
  return declare(license, provider.declaredLicenses?.get(id))
}

/** One row for every license that is defined or held, in the vendor's order and then by id. */
export const licenseRows = (reading: ProviderReading): readonly LicenseRow[] => {
  const defined = new Set(reading.licenses.value.map(({ id }) => id))
  const held = [...reading.users.value.byLicense.keys()].filter((id) => !defined.has(id)).sort()
  const doubtOfHolders = doubtFinder(reading.users.ledger)
  return [
    ...reading.licenses.value.map((license) => rowOf(reading, license, doubtOfHolders(license.id))),
    ...held.map((id) => rowOf(reading, undefinedLicense(reading, id), doubtOfHolders(id))),
  ]
}

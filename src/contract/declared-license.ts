import { type Capacity, unknown } from '../model/count.ts'
import type { License, LicenseMetric } from '../model/license.ts'
import type { Price } from './price.ts'

/** What somebody knows of a license that the vendor's API does not tell. */
export interface DeclaredLicense {
  readonly name?: string | undefined
  readonly purchased?: Capacity | undefined
  readonly metric?: LicenseMetric | undefined
  /** In any order; of those that hold at one time, the one that began last counts. */
  readonly prices?: readonly Price[] | undefined
}

/** By license id, or by a product code or name that one license has. A `Map`, so that no id can be mistaken for a property of objects. */
export type DeclaredLicenses = ReadonlyMap<string, DeclaredLicense>

/** The license with what is declared of it in place of what the vendor says. */
export const declare = (license: License, declared: DeclaredLicense | undefined): License => ({
  ...license,
  name: declared?.name ?? license.name,
  purchased: declared?.purchased ?? license.purchased,
  metric: declared?.metric ?? license.metric,
})

/** A license that people hold and the vendor does not list: what is declared of it, and nothing else. `reason`: why that is so. */
export const unlistedLicense = (
  provider: string,
  id: string,
  declared: DeclaredLicense | undefined,
  reason = 'not among the license definitions',
): License => {
  const notTold = unknown(reason)
  const license = { purchased: notTold, consumed: notTold, includes: [], requires: [] }
  return declare({ provider, id, name: id, metric: 'unknown', ...license }, declared)
}

import type { Capacity } from '../model/count.ts'
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

/** By license id. A `Map`, so that no id can be mistaken for a property of objects. */
export type DeclaredLicenses = ReadonlyMap<string, DeclaredLicense>

/** The license with what is declared of it in place of what the vendor says. */
export const declare = (license: License, declared: DeclaredLicense | undefined): License => ({
  ...license,
  name: declared?.name ?? license.name,
  purchased: declared?.purchased ?? license.purchased,
  metric: declared?.metric ?? license.metric,
})

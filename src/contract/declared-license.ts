import { type Capacity, unknown } from '../model/count.ts'
import type { License, LicenseMetric, LicenseService } from '../model/license.ts'
import type { Origin, Term } from '../model/purchase.ts'
import { present } from '../model/with-defaults.ts'
import { withStronger } from './join-purchases.ts'
import type { Price } from './price.ts'

/** Overrides for a license: what its owner knows and the vendor's API does not provide. */
export interface DeclaredLicense {
  readonly name?: string | undefined
  readonly purchased?: Capacity | undefined
  readonly metric?: LicenseMetric | undefined
  /** What it is for. Empty: for none of the services. */
  readonly services?: readonly LicenseService[] | undefined
  /** In any order. Of several that hold at one time, the one that began last counts. */
  readonly prices?: readonly Price[] | undefined
  /** The vendor's keys of the products that are seats of this license. They come before the provider's own mapping. */
  readonly sku?: readonly string[] | undefined
  /** For how long it was bought. */
  readonly term?: Term | undefined
  /** It is for several providers: that one of them does not have the license is no mistake. Default: false. */
  readonly shared?: boolean | undefined
}

/** By license id, or by a product code or name that only one license has. A `Map`, so that an id cannot be taken for a property of objects. */
export type DeclaredLicenses = ReadonlyMap<string, DeclaredLicense>

const DECLARED: Origin = { source: 'configuration' }

/** The license with its overrides in place of the vendor's values. */
export const declare = (license: License, declared: DeclaredLicense | undefined): License => {
  if (declared === undefined) return license
  const { name, purchased, metric, services, term } = declared
  return {
    ...withStronger(license, 'purchased', purchased, DECLARED),
    name: name ?? license.name,
    metric: metric ?? license.metric,
    ...(services === undefined ? {} : { services }),
    // A notice may be declared of a contract that the vendor tells, without saying its days again.
    ...(term === undefined ? {} : { term: { ...license.term, ...present(term, ['start', 'end', 'noticeDays']) } }),
  }
}

/** A license that users hold and the vendor does not list: only its overrides are known. `reason`: why the rest is unknown. */
export const unlistedLicense = (
  provider: string,
  id: string,
  declared: DeclaredLicense | undefined,
  reason = 'not among the license definitions',
): License => {
  const notKnown = unknown(reason)
  const license = { purchased: notKnown, consumed: notKnown, includes: [], requires: [] }
  return declare({ provider, id, name: id, metric: 'unknown', ...license }, declared)
}

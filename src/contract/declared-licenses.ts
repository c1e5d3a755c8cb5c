import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Capacity } from '../model/count.ts'
import type { License, LicenseMetric } from '../model/license.ts'
import { changeItems } from '../paging/paged.ts'
import type { LicenseProvider } from './license-provider.ts'

/** What somebody knows of a license that the vendor's API does not tell. */
export interface DeclaredLicense {
  readonly name?: string | undefined
  readonly purchased?: Capacity | undefined
  readonly metric?: LicenseMetric | undefined
}

/** By license id. A `Map`, so that no id can be mistaken for a property of objects. */
export type DeclaredLicenses = ReadonlyMap<string, DeclaredLicense>

const declare =
  (declared: DeclaredLicenses) =>
  (license: License): License => {
    const known = declared.get(license.id)
    if (known === undefined) return license
    return {
      ...license,
      name: known.name ?? license.name,
      purchased: known.purchased ?? license.purchased,
      metric: known.metric ?? license.metric,
    }
  }

/** The same provider, with what is declared of a license in place of what the vendor says of it. */
export const withDeclaredLicenses = (provider: LicenseProvider, declared: DeclaredLicenses): LicenseProvider => ({
  ...provider,
  listLicenses: (request = {}) =>
    changeItems(
      provider.listLicenses(request),
      { provider: provider.id, operation: 'listLicenses' },
      request,
      (licenses) => licenses.map(declare(declared)),
    ),
  getLicense: (licenseId, options) => TE.map(declare(declared))(provider.getLicense(licenseId, options)),
})

import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Capacity, unknown } from '../model/count.ts'
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

const overlay = (license: License, declared: DeclaredLicense | undefined): License => ({
  ...license,
  name: declared?.name ?? license.name,
  purchased: declared?.purchased ?? license.purchased,
  metric: declared?.metric ?? license.metric,
})

const NOT_LISTED = unknown('the vendor does not list this license')

/** A license that is known by its declaration alone. */
const undefinedLicense = (provider: string, id: string): License => ({
  provider,
  id,
  name: id,
  metric: 'unknown',
  purchased: NOT_LISTED,
  consumed: NOT_LISTED,
  includes: [],
  requires: [],
})

/**
 * The same provider, with what is declared of a license in place of what the vendor says of it. Declared licenses that
 * the vendor does not list are listed too, after the others: people may hold them all the same, and a mistyped id shows.
 */
export const withDeclaredLicenses = (provider: LicenseProvider, declared: DeclaredLicenses): LicenseProvider => ({
  ...provider,
  listLicenses: (request = {}) =>
    changeItems(provider.listLicenses(request), { provider: provider.id, operation: 'listLicenses' }, request, () => {
      const unlisted = new Map(declared)
      return (licenses, isLast) => {
        for (const { id } of licenses) unlisted.delete(id)
        const listed = licenses.map((license) => overlay(license, declared.get(license.id)))
        if (!isLast) return listed
        return [...listed, ...[...unlisted].map(([id, known]) => overlay(undefinedLicense(provider.id, id), known))]
      }
    }),
  getLicense: (licenseId, options) =>
    TE.map((license: License) => overlay(license, declared.get(licenseId)))(provider.getLicense(licenseId, options)),
})

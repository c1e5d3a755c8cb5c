import * as TE from 'fp-ts/lib/TaskEither.js'
import { unknown } from '../model/count.ts'
import type { License } from '../model/license.ts'
import { changeItems } from '../paging/paged.ts'
import { type DeclaredLicenses, declare } from './declared-license.ts'
import { delegate } from './delegate.ts'
import type { LicenseProvider } from './license-provider.ts'

const NOT_LISTED = unknown('the vendor does not list this license')

/** A license that is known by its declaration alone. */
const unlistedLicense = (provider: string, id: string): License => ({
  provider,
  id,
  name: id,
  metric: 'unknown',
  purchased: NOT_LISTED,
  consumed: NOT_LISTED,
  includes: [],
  requires: [],
  declaredOnly: true,
})

/**
 * The same provider, with what is declared of a license in place of what the vendor says of it. Declared licenses that
 * the vendor does not list are listed too, after the others: people may hold them all the same, and a mistyped id shows.
 */
export const withDeclaredLicenses = (provider: LicenseProvider, declared: DeclaredLicenses): LicenseProvider => ({
  ...delegate(provider),
  declaredLicenses: declared,
  listLicenses: (request = {}) =>
    changeItems(provider.listLicenses(request), { provider: provider.id, operation: 'listLicenses' }, request, () => {
      const unlisted = new Map(declared)
      return (licenses, isLast) => {
        for (const { id } of licenses) unlisted.delete(id)
        const listed = licenses.map((license) => declare(license, declared.get(license.id)))
        if (!isLast) return listed
        return [...listed, ...[...unlisted].map(([id, known]) => declare(unlistedLicense(provider.id, id), known))]
      }
    }),
  getLicense: (licenseId, options) =>
    TE.map((license: License) => declare(license, declared.get(licenseId)))(provider.getLicense(licenseId, options)),
})

import * as E from 'fp-ts/lib/Either.js'
import { isWhole } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import { systemClock } from '../paging/clock.ts'
import { collect } from '../paging/collect.ts'
import { changeItems, type Page } from '../paging/paged.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf, within } from '../paging/request-scope.ts'
import type { DeclaredLicenses } from './declared-license.ts'
import { delegate } from './delegate.ts'
import type { LicenseProvider } from './license-provider.ts'
import { type MatchedDeclarations, matchDeclarations } from './match-declarations.ts'

type Declare = MatchedDeclarations['byId']

/** All licenses; undefined where they could not be read as a whole. */
const allLicenses = async (
  provider: LicenseProvider,
  options: RequestOptions,
): Promise<readonly License[] | undefined> => {
  const { value, ledger } = await collect<License, License[]>(
    () => [],
    (all, license) => {
      all.push(license)
      return all
    },
  )(provider.listLicenses(options))()
  return isWhole(ledger) ? value : undefined
}

/**
 * The same provider, with what is declared of a license in place of what the vendor says of it. A license is declared by
 * its id, or by a product code or name that it alone has: where a declaration names licenses of one page like that, all of
 * them are listed to know that there are no others. The list stays the vendor's: a license that it does not have is no
 * license for having been declared.
 */
export const withDeclaredLicenses = (provider: LicenseProvider, declared: DeclaredLicenses): LicenseProvider => {
  /** What is done to the licenses of each page of one iteration. All licenses are listed only where that is needed, and once. */
  const declarer = (options: RequestOptions) => {
    const scope = scopeOf(options, systemClock)
    let listed: ReturnType<typeof allLicenses> | undefined
    return async (some: readonly License[], areAll: boolean): Promise<Declare> => {
      const { byId, byIdOrText, namesByText } = matchDeclarations(declared, some)
      if (areAll || !namesByText) return byIdOrText
      listed ??= allLicenses(provider, within(scope, systemClock))
      const all = await listed
      return all === undefined ? byId : matchDeclarations(declared, all).byIdOrText
    }
  }
  /** Whether a page has all that there is, and none of it was lost. */
  const isOnly = ({ items, ledger }: Page<License>, resumedFrom: string | undefined): boolean =>
    ledger.items === items.length && resumedFrom === undefined && isWhole(ledger)

  return {
    ...delegate(provider),
    declaredLicenses: declared,
    listLicenses: (request = {}) =>
      changeItems(provider.listLicenses(request), { provider: provider.id, operation: 'listLicenses' }, request, () => {
        const declarerOf = declarer(request)
        return async (licenses, page) => licenses.map(await declarerOf(licenses, isOnly(page, request.continuation)))
      }),
    getLicense:
      (licenseId, options = {}) =>
      async () => {
        const declarerOf = declarer(options)
        const license = await provider.getLicense(licenseId, options)()
        if (E.isLeft(license)) return license
        const declare = await declarerOf([license.right], false)
        return E.right(declare(license.right))
      },
  }
}

import * as E from 'fp-ts/lib/Either.js'
import { codecOf } from '../model/decoder.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { demand, demandNone, invalidInput, problemsIn } from '../model/invalid-input.ts'
import { isWhole } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import { problemsInOptions } from '../model/option-checks.ts'
import { aClock } from '../paging/call-checks.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { changeItems, type Page } from '../paging/paged.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf, within } from '../paging/request-scope.ts'
import { allLicenses } from './all-licenses.ts'
import type { DeclaredLicenses } from './declared-license.ts'
import { delegate } from './delegate.ts'
import { namingMissingProducts, rerouted } from './join-purchases.ts'
import type { LicenseProvider } from './license-provider.ts'
import { licensesOfSkus, matchDeclarations } from './match-declarations.ts'
import { problemsInPrices } from './price.ts'
import { DeclaredOfCaller } from './shapes.ts'

/** The license as it is with the overrides; none where what was bought is part of another license. */
type Declare = (license: License) => readonly License[]

const OverridesOfCaller = codecOf(DeclaredOfCaller)

/** Products that several licenses claim: it cannot be told of which of them these are seats. */
const skusOfSeveral = (declared: DeclaredLicenses) => {
  const claims = groupedBy(
    [...declared].flatMap(([key, { sku = [] }]) => [...new Set(sku)].map((product) => ({ key, product }))),
    ({ product }) => product,
  )
  return [...claims].flatMap(([product, [first, another]]) =>
    another === undefined
      ? []
      : [
          invalidInput(
            JSON.stringify(another.key),
            `sku ${JSON.stringify(product)} for one license only; ${JSON.stringify(first.key)} has it too`,
          ),
        ],
  )
}

const mustBeSound = (declared: DeclaredLicenses): void => {
  demand(declared instanceof Map, 'declared', 'a Map of overrides by license')
  demandNone(
    [...declared].flatMap(([id, known]) => [
      ...problemsIn(OverridesOfCaller, `${JSON.stringify(id)}: `, known),
      ...(known?.prices === undefined ? [] : problemsInPrices(known.prices, `${JSON.stringify(id)}: prices`)),
    ]),
  )
  demandNone(skusOfSeveral(declared))
}

/**
 * The same provider with overrides for some licenses, in place of the vendor's values. Overrides name a license by its id, or
 * by a product code or name that only this license has; then all licenses are listed once, to be sure that no other one has
 * it. The list stays the vendor's: overrides add no license. `clock`: for deadlines. Default: the system's.
 *
 * Throws a `LicenseException` with `InvalidInput` if an override is malformed, such as a price that is not in whole minor
 * units, or one per pack without the size of a pack.
 */
export const withDeclaredLicenses = (
  provider: LicenseProvider,
  declared: DeclaredLicenses,
  options: { readonly clock?: Clock | undefined } = {},
): LicenseProvider => {
  mustBeSound(declared)
  demandNone(problemsInOptions({ clock: aClock }, options))
  const { clock = systemClock } = options
  const mapsProducts = [...declared.values()].some(({ sku = [] }) => sku.length > 0)
  const declareAmong = (all: readonly License[]): Declare => {
    const { byIdOrText } = matchDeclarations(declared, all)
    if (!mapsProducts) return (license) => [byIdOrText(license)]
    const skus = licensesOfSkus(declared, all)
    const routed = new Map(
      namingMissingProducts(rerouted(all, skus), skus).map((license) => [license.id, license] as const),
    )
    return ({ id }) => {
      const license = routed.get(id)
      return license === undefined ? [] : [byIdOrText(license)]
    }
  }
  /** All licenses, which are listed only where that is needed, and once. */
  const listOnce = (options: RequestOptions) => {
    const scope = scopeOf(options, clock)
    let listed: ReturnType<typeof allLicenses> | undefined
    return () => {
      listed ??= allLicenses(provider, within(scope, clock))
      return listed
    }
  }
  /** Applies the overrides to the pages of one iteration. */
  const declarer = (listAll: ReturnType<typeof listOnce>) => {
    // Made once and not for every page: the work would grow with the square of the licenses.
    let amongAll: Declare | undefined
    return async (some: readonly License[], areAll: boolean): Promise<Declare> => {
      if (amongAll !== undefined) return amongAll
      const { byId, namesByText } = matchDeclarations(declared, some)
      if (areAll || !(namesByText || mapsProducts)) return declareAmong(some)
      const all = await listAll()
      if (all === undefined) return (license) => [byId(license)]
      amongAll = declareAmong(all)
      return amongAll
    }
  }
  /** Whether a page is the only one of its list. */
  const isOnly = ({ items, ledger }: Page<License>, resumedFrom: string | undefined): boolean =>
    ledger.items === items.length && resumedFrom === undefined && isWhole(ledger)

  return {
    ...delegate(provider),
    declaredLicenses: declared,
    listLicenses: (request = {}) =>
      changeItems(provider.listLicenses(request), { provider: provider.id, operation: 'listLicenses' }, request, () => {
        const declarerOf = declarer(listOnce(request))
        return async (licenses, page) =>
          licenses.flatMap(await declarerOf(licenses, isOnly(page, request.continuation)))
      }),
    getLicense:
      (licenseId, options = {}) =>
      async () => {
        const listAll = listOnce(options)
        // What was bought of a license may be listed elsewhere. The list has both, and then it alone is read.
        const listed = mapsProducts ? (await listAll())?.find(({ id }) => id === licenseId) : undefined
        const license = listed === undefined ? await provider.getLicense(licenseId, options)() : E.right(listed)
        if (E.isLeft(license)) return license
        const declare = await declarer(listAll)([license.right], false)
        const [own] = declare(license.right)
        const { id: name } = provider
        const message = 'what was bought of it is mapped to another license'
        return own === undefined
          ? E.left({ _tag: 'NotFound', provider: name, operation: 'getLicense', message })
          : E.right(own)
      },
  }
}

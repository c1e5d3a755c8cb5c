import { unknown } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { License, LicenseMetric, OverriddenValue } from '../model/license.ts'
import { firstToEnd, type Origin, type Purchase, sumOfCapacities, sumOfCounts } from '../model/purchase.ts'
import { withoutUndefined } from '../model/with-defaults.ts'

/** The value of a stronger source in place of the license's own, which is kept beside it where it is a number. */
export const withStronger = <Field extends OverriddenValue['field']>(
  license: License,
  field: Field,
  value: License[Field] | undefined,
  from: Origin,
): License => {
  if (value === undefined) return license
  const before: OverriddenValue = withoutUndefined({ field, value: license[field], from: license[`${field}From`] })
  const isTold = before.value.kind === 'known' || before.value.kind === 'unlimited'
  return {
    ...license,
    [field]: value,
    [`${field}From`]: from,
    ...(isTold ? { overridden: [...(license.overridden ?? []), before] } : {}),
  }
}

/** The value that all have; undefined where they differ. */
const inCommon = <A>([first, ...others]: readonly A[]): A | undefined => {
  const text = JSON.stringify(first)
  return others.every((other) => JSON.stringify(other) === text) ? first : undefined
}

/** What the origins have in common; each of them is in `purchases`. */
const jointOrigin = (origins: readonly Origin[]): Origin =>
  withoutUndefined({
    source: inCommon(origins.map(({ source }) => source)) ?? 'several sources',
    name: inCommon(origins.map(({ name }) => name)),
    at: inCommon(origins.map(({ at }) => at)),
    period: inCommon(origins.map(({ period }) => period)),
  })

const allOf = <A>(lists: readonly (readonly A[] | undefined)[]): readonly A[] | undefined => {
  const all = lists.flatMap((list) => list ?? [])
  const distinct = [...new Map(all.map((item) => [JSON.stringify(item), item])).values()]
  return distinct.length === 0 ? undefined : distinct
}

/** What all products that are seats of one license say of a seat. */
const metricOf = (purchases: readonly Purchase[]): LicenseMetric =>
  inCommon(purchases.map(({ metric }) => metric)) ?? 'unknown'

/** What a license is without purchases. */
const withoutPurchases = (license: License): License => {
  const { purchasedFrom, consumedFrom, committedPrices, overagePrices, term, purchases, ...rest } = license
  return rest
}

/**
 * The license with what was bought and billed of it: its numbers are the sums of the products' numbers. What a weaker source
 * has said of products stays beside it.
 */
const withPurchases = (license: License, purchases: readonly Purchase[]): License => {
  const all = [...(license.purchases ?? []), ...purchases]
  const bought = purchases.filter(({ quantity }) => quantity !== undefined)
  const billed = purchases.filter((purchase) => purchase.billed !== undefined)
  const originOf = (some: readonly Purchase[]) => jointOrigin(some.map(({ from }) => from))
  const purchased = sumOfCapacities(bought.flatMap(({ quantity }) => quantity ?? []))
  const consumed = sumOfCounts(billed.flatMap((purchase) => purchase.billed ?? []))
  const withBought = bought.length === 0 ? license : withStronger(license, 'purchased', purchased, originOf(bought))
  const withBilled = billed.length === 0 ? withBought : withStronger(withBought, 'consumed', consumed, originOf(billed))
  return withoutUndefined({
    ...withBilled,
    metric: license.metric === 'unknown' ? metricOf(purchases) : license.metric,
    committedPrices: allOf(all.map(({ committedPrices }) => committedPrices)),
    overagePrices: allOf(all.map(({ overagePrices }) => overagePrices)),
    term: firstToEnd(purchases.flatMap(({ term }) => term ?? [])) ?? license.term,
    purchases: all,
  })
}

const NOT_TOLD = unknown('the contract, bill or file does not say')

const keyOf = ({ sku, name }: Purchase): string => (sku === undefined ? `product:${name}` : `sku:${sku}`)

/** What was bought and is mapped to no license: shown as a license of its own, so that its quantity is not lost. */
const boughtOnly = (provider: string, id: string, purchases: readonly [Purchase, ...Purchase[]]): License =>
  withPurchases(
    {
      provider,
      id,
      name: purchases[0].name,
      ...(purchases[0].sku === undefined ? {} : { productCode: purchases[0].sku }),
      metric: 'unknown',
      purchased: NOT_TOLD,
      consumed: NOT_TOLD,
      includes: [],
      requires: [],
      boughtOnly: true,
    },
    purchases,
  )

/**
 * The licenses with what was bought of each. `licenseOf`: the id of the license whose seats a product is; undefined where it
 * is not known. What maps to no listed license comes after the others, with `boughtOnly`.
 */
export const joinPurchases = (
  provider: string,
  licenses: readonly License[],
  purchases: readonly Purchase[],
  licenseOf: (purchase: Purchase) => string | undefined,
): readonly License[] => {
  const listed = new Set(licenses.map(({ id }) => id))
  const targetOf = (purchase: Purchase): string => {
    const id = licenseOf(purchase)
    return id !== undefined && listed.has(id) ? id : keyOf(purchase)
  }
  const byTarget = groupedBy(purchases, targetOf)
  return [
    ...licenses.map((license) => {
      const own = byTarget.get(license.id)
      return own === undefined ? license : withPurchases(license, own)
    }),
    ...[...byTarget].flatMap(([id, own]) => (listed.has(id) ? [] : [boughtOnly(provider, id, own)])),
  ]
}

const MAPPED_ELSEWHERE = unknown('what was bought of it is mapped to another license')

/** The license before anything was joined, as far as that is known: what came with purchases goes with them. */
const bare = (license: License): License => {
  if (license.purchases === undefined) return license
  const { purchased, consumed, metric } = license
  return {
    ...withoutPurchases(license),
    // It may be the vendor's own, but then the products say the same of the license that they are seats of.
    metric: metric === metricOf(license.purchases) ? 'unknown' : metric,
    purchased: license.purchasedFrom === undefined ? purchased : MAPPED_ELSEWHERE,
    consumed: license.consumedFrom === undefined ? consumed : MAPPED_ELSEWHERE,
  }
}

/**
 * The same licenses, with the products that `skus` maps at the licenses it names: by product, the id of a license. The other
 * products stay where they are.
 */
export const rerouted = (licenses: readonly License[], skus: ReadonlyMap<string, string>): readonly License[] => {
  const routes = licenses.flatMap((license) =>
    (license.purchases ?? []).map((purchase) => ({
      purchase,
      provider: license.provider,
      from: license.boughtOnly ? undefined : license.id,
      to: purchase.sku === undefined ? undefined : skus.get(purchase.sku),
    })),
  )
  const [first] = routes
  if (first === undefined || routes.every(({ from, to }) => to === undefined || to === from)) return licenses
  const targets = new Map(routes.map(({ purchase, from, to }) => [purchase, to ?? from]))
  const own = licenses.filter((license) => !license.boughtOnly).map(bare)
  const purchases = routes.map(({ purchase }) => purchase)
  return joinPurchases(first.provider, own, purchases, (purchase) => targets.get(purchase))
}

const isTold = ({ quantity, billed }: Purchase): boolean => quantity?.kind === 'known' || billed?.kind === 'known'

const toldOfNothing = (license: License, products: readonly string[]): License => {
  const { purchased, consumed } = license
  const notBought = unknown(`nothing was bought of ${products.join(', ')}; see its sku in the configuration`)
  return {
    ...license,
    purchased: purchased.kind === 'unknown' ? notBought : purchased,
    consumed: consumed.kind === 'unknown' ? notBought : consumed,
  }
}

/**
 * The same licenses; one whose products in `skus` are all products of which nothing was bought says so, as they may be
 * mistyped. Where no number of any product is known, not all may have been read, and there is nothing to compare with.
 */
export const namingMissingProducts = (
  licenses: readonly License[],
  skus: ReadonlyMap<string, string>,
): readonly License[] => {
  const purchases = licenses.flatMap((license) => license.purchases ?? [])
  if (!purchases.some(isTold)) return licenses
  const bought = new Set(purchases.flatMap(({ sku }) => sku ?? []))
  const products = groupedBy([...skus], ([, id]) => id)
  return licenses.map((license) => {
    const named = (products.get(license.id) ?? []).map(([sku]) => sku)
    return named.length === 0 || named.some((sku) => bought.has(sku)) ? license : toldOfNothing(license, named)
  })
}

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

/** What the vendor's list of licenses says, as far as it is kept beside what the products say. */
const beforePurchases = (license: License): Pick<License, 'purchased' | 'consumed'> => {
  const { overridden = [] } = license
  const firstOf = (field: OverriddenValue['field']) =>
    overridden.find((value) => value.field === field && value.from === undefined)
  const purchased = license.purchasedFrom === undefined ? license.purchased : firstOf('purchased')?.value
  const consumed = license.consumedFrom === undefined ? license.consumed : firstOf('consumed')?.value
  return {
    purchased: purchased ?? MAPPED_ELSEWHERE,
    consumed: consumed === undefined || consumed.kind === 'unlimited' ? MAPPED_ELSEWHERE : consumed,
  }
}

/** The license before anything was joined, as far as that is known: what came with purchases goes with them. */
const bare = (license: License): License => {
  const { purchases } = license
  if (purchases === undefined) return license
  const { overridden, ...rest } = withoutPurchases(license)
  return {
    ...rest,
    // It may be the vendor's own, but then the products say the same of the license that they are seats of.
    metric: license.metric === metricOf(purchases) ? 'unknown' : license.metric,
    ...beforePurchases(license),
  }
}

/** A product of a license, and the license whose seats it is. */
interface Route {
  readonly purchase: Purchase
  readonly from: License
  /** Undefined: the product stays where it is. */
  readonly to: string | undefined
}

/**
 * Products by source, those of the weaker one first, as a source that was joined later came in place of the ones before it.
 * Where none did, all are parts of one sum.
 */
const layersOf = (routes: readonly Route[]): readonly (readonly Purchase[])[] => {
  const isLayered = routes.some(({ from: { overridden = [] } }) => overridden.some(({ from }) => from !== undefined))
  const purchases = routes.map(({ purchase }) => purchase)
  if (!isLayered) return [purchases]
  const bySource = groupedBy(purchases, ({ from }) => from.source)
  const files = bySource.get('file')
  return [...[...bySource.values()].filter((layer) => layer !== files), ...(files === undefined ? [] : [files])]
}

/**
 * The same licenses, with the products that `skus` maps at the licenses it names: by product, the id of a license. The other
 * products stay where they are, and licenses that no product comes to or leaves stay as they are.
 */
export const rerouted = (licenses: readonly License[], skus: ReadonlyMap<string, string>): readonly License[] => {
  const targets = new Set(licenses.flatMap(({ id, boughtOnly }) => (boughtOnly ? [] : [id])))
  const routes = licenses.flatMap((from) =>
    (from.purchases ?? []).map((purchase): Route => {
      const to = purchase.sku === undefined ? undefined : skus.get(purchase.sku)
      return { purchase, from, to: to === from.id || to === undefined || !targets.has(to) ? undefined : to }
    }),
  )
  const moved = routes.filter(({ to }) => to !== undefined)
  if (moved.length === 0) return licenses
  const changed = new Set(moved.flatMap(({ from, to }) => [from.id, to]))
  const idOf = new Map(routes.map(({ purchase, from, to }) => [purchase, to ?? from.id]))
  const kept = new Set(routes.flatMap(({ from, to }) => (to === undefined ? [from.id] : [])))
  const own = licenses
    .filter(({ id, boughtOnly }) => !(boughtOnly && changed.has(id) && !kept.has(id)))
    .map((license) => (changed.has(license.id) ? bare(license) : license))
  // Sources one after the other, the weakest first, as they were joined: their numbers are not parts of one sum.
  const layers = layersOf(routes.filter(({ from, to }) => changed.has(to ?? from.id)))
  return layers.reduce<readonly License[]>(
    (joined, layer) => joinPurchases(own[0]?.provider ?? '', joined, layer, (purchase) => idOf.get(purchase)),
    own,
  )
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

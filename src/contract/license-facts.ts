import { unknown } from '../model/count.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { License } from '../model/license.ts'
import { licenseMatcher, licenseNames } from '../model/match-licenses.ts'
import type { Purchase } from '../model/purchase.ts'
import type { DeclaredLicenses } from './declared-license.ts'
import type { LicenseFact } from './facts.ts'
import { joinPurchases } from './join-purchases.ts'
import { licensesOfSkus } from './match-declarations.ts'

/** What a provider lists, as far as it could be read. */
export interface ListedLicenses {
  readonly licenses: readonly License[]
  /** A name that one license has is only of that license where all of them are known. */
  readonly areAll: boolean
}

/** The licenses with the facts, and what is to be said of facts that are about none of them. */
export interface LicensesWithFacts {
  readonly licenses: readonly License[]
  readonly remarks: readonly string[]
}

type Field = 'purchased' | 'consumed'

/** A fact about one number of one license. */
interface Told {
  readonly fact: LicenseFact
  readonly field: Field
  /** The id of the license. Absent: it is about none that is listed. */
  readonly target: string | undefined
}

/** The license that a fact is about, or why it is about none. */
type Target = { readonly id: string } | { readonly why: string }

/** By product, the license that the vendor's own contract counts it for. */
const productsOf = (licenses: readonly License[]): ReadonlyMap<string, string> =>
  new Map(
    licenses.flatMap(({ id, boughtOnly, purchases = [] }) =>
      boughtOnly ? [] : purchases.flatMap(({ sku }) => (sku === undefined ? [] : [[sku, id] as const])),
    ),
  )

/** Of so many names that no license has, a message says which one may be meant: each is compared with all licenses. */
const MAX_SUGGESTIONS = 20

/** What may be meant by names that no license has, as the end of a message. */
const suggester = (licenses: readonly License[]) => {
  const said = new Map<string, string>()
  let names: ReturnType<typeof licenseNames> | undefined
  return (text: string): string => {
    const known = said.get(text)
    if (known !== undefined || said.size >= MAX_SUGGESTIONS) return known ?? ''
    names ??= licenseNames(licenses)
    const suggestion = didYouMean(text, names)
    said.set(text, suggestion)
    return suggestion
  }
}

const targetFinder = (
  declared: DeclaredLicenses,
  { licenses, areAll }: ListedLicenses,
): ((fact: LicenseFact) => Target) => {
  const sold = licenses.filter(({ boughtOnly }) => !boughtOnly)
  const matching = licenseMatcher(sold)
  const suggestionFor = suggester(sold)
  const ids = new Set(sold.map(({ id }) => id))
  const configured = areAll ? licensesOfSkus(declared, sold) : new Map<string, string>()
  const contracted = productsOf(licenses)
  const called = (text: string, what: string): Target => {
    if (ids.has(text)) return { id: text }
    if (!areAll)
      return { why: `the list of licenses is not whole, and no license in it has the id ${JSON.stringify(text)}` }
    const [only, another] = matching(text)
    if (only !== undefined && another === undefined) return { id: only.id }
    const named = JSON.stringify(text)
    return another === undefined
      ? { why: `no license has the ${what} ${named}${suggestionFor(text)}` }
      : { why: `${matching(text).length} licenses are called ${named}; give the id of one of them` }
  }
  return ({ license, sku }) => {
    if (license !== undefined && license !== '') return called(license, 'id, product code or name')
    const product = sku ?? ''
    const id = configured.get(product) ?? contracted.get(product)
    if (id !== undefined && ids.has(id)) return { id }
    const found = called(product, 'product')
    return 'id' in found ? found : { why: `${found.why}; map it with "sku" in the configuration` }
  }
}

const placeOf = ({ where, from }: LicenseFact): string => where ?? from.name ?? from.source

const nameOf = ({ license, sku }: LicenseFact): string => license ?? sku ?? ''

const purchaseOf = ({ fact, field }: Told, doubt?: string): Purchase => {
  const { sku, from, purchased, consumed } = fact
  const told = doubt === undefined ? undefined : unknown(doubt)
  return {
    ...(sku === undefined ? {} : { sku }),
    name: nameOf(fact),
    ...(field === 'purchased' ? { quantity: told ?? purchased } : { billed: told ?? consumed }),
    from,
  }
}

const saysOf = ({ quantity, billed }: Purchase, field: Field): boolean =>
  (field === 'purchased' ? quantity : billed) !== undefined

/**
 * The other products of a license of which a weaker source tells a number, and facts that name single products do not. Then
 * the sum of what the facts say is not the number of the license.
 */
const untoldProducts = (told: readonly Told[], license: License | undefined): readonly string[] => {
  const skus = new Set(told.map(({ fact }) => fact.sku))
  if (skus.has(undefined)) return []
  const { purchases = [] } = license ?? {}
  const others = purchases.filter(
    (purchase) => !skus.has(purchase.sku) && told.some(({ field }) => saysOf(purchase, field)),
  )
  return [...new Set(others.map(({ sku, name }) => sku ?? name))]
}

const doubtOf = (told: readonly Told[], untold: readonly string[]): string => {
  const places = [...new Set(told.map(({ fact }) => placeOf(fact)))].join(' and ')
  return `${places}: nothing is said of ${untold.join(', ')}, which the license has too; say the number of each product, or one of the license alone`
}

const fieldsOf = ({ purchased, consumed }: LicenseFact): readonly Field[] => [
  ...(purchased === undefined ? [] : (['purchased'] as const)),
  ...(consumed === undefined ? [] : (['consumed'] as const)),
]

/**
 * Facts about one number of one license, as purchases. Those of different products are parts of it. Two about the same
 * product, or about the whole license and a part of it, may be one number twice: then it is not known.
 */
const purchasesOf = (told: readonly [Told, ...Told[]], license: License | undefined): readonly Purchase[] => {
  const skus = told.map(({ fact }) => fact.sku)
  const areParts = told.length === 1 || (!skus.includes(undefined) && new Set(skus).size === told.length)
  if (areParts) {
    const parts = told.map((one) => purchaseOf(one))
    const untold = untoldProducts(told, license)
    if (untold.length === 0) return parts
    // Beside the parts, so that what they say is the least that it can be.
    const { from } = told[0].fact
    const rest = unknown(doubtOf(told, untold))
    return [
      ...parts,
      { name: untold.join(', '), from, ...(told[0].field === 'purchased' ? { quantity: rest } : { billed: rest }) },
    ]
  }
  const places = told.map(({ fact }) => placeOf(fact)).join(' and ')
  return [purchaseOf(told[0], `${places} are about the same license; say its number once, or name different products`)]
}

/** One word for one license, or for one name of none. */
const groupOf = ({ fact, field, target }: Told): string =>
  JSON.stringify([
    field,
    target,
    ...(target === undefined ? [fact.sku === undefined ? 'name' : 'sku', fact.sku ?? nameOf(fact)] : []),
  ])

/**
 * The licenses with what facts say of them, in place of what weaker sources say. What is about no license that is listed
 * comes after the others, with `boughtOnly`, so that its number is not lost.
 */
export const withLicenseFacts = (
  provider: string,
  declared: DeclaredLicenses,
  facts: readonly LicenseFact[],
  listed: ListedLicenses,
): LicensesWithFacts => {
  const targetOf = targetFinder(declared, listed)
  const targets = facts.map((fact) => ({ fact, target: targetOf(fact) }))
  const told = targets.flatMap(({ fact, target }) =>
    fieldsOf(fact).map((field): Told => ({ fact, field, target: 'id' in target ? target.id : undefined })),
  )
  const groups = [...groupedBy(told, groupOf).values()]
  const byId = new Map(listed.licenses.map((license) => [license.id, license]))
  const targetOfPurchase = new Map(
    groups.flatMap((group) =>
      purchasesOf(group, byId.get(group[0].target ?? '')).map((purchase) => [purchase, group[0].target] as const),
    ),
  )
  return {
    licenses: joinPurchases(provider, listed.licenses, [...targetOfPurchase.keys()], (purchase) =>
      targetOfPurchase.get(purchase),
    ),
    remarks: targets.flatMap(({ fact, target }) =>
      'why' in target ? [`${placeOf(fact)}: ${target.why}; it is listed as a license of its own`] : [],
    ),
  }
}

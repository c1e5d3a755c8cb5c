import { type Capacity, type Count, notApplicable, unknown } from '../model/count.ts'
import { foldedText } from '../model/folded-text.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { sumOfCapacities, sumOfCounts } from '../model/purchase.ts'
import { someOf } from '../model/some-of.ts'
import { createCostTally } from './cost/cost-tally.ts'
import type { Cost, LicenseReport, LicenseRow, ProviderReport } from './license-report.ts'
import { seatsInUse } from './seats.ts'
import { gapOf } from './uncertainty.ts'

/** The seats of one product: in one organization, or in all of a vendor. */
export interface ProductSeats {
  readonly purchased: Capacity
  readonly inUse: Count
  /** Negative if more is in use than was purchased. */
  readonly available: Capacity
  /** What the purchased seats cost a month. Absent: the report has no costs. */
  readonly cost?: Cost | undefined
}

/** The licenses of one organization that are seats of one product. */
export interface OrganizationProduct extends ProductSeats {
  /** The id of the provider. */
  readonly provider: string
  /** Several, if the organization has the product in several subscriptions or on several sites. */
  readonly licenseIds: readonly string[]
}

/** A product of a vendor, and what each organization has of it. */
export interface ProductAcrossOrganizations {
  readonly vendor: string
  /** The vendor's stable key, where there is one. */
  readonly productCode?: string | undefined
  /** As the first organization calls it. */
  readonly name: string
  /** In the order of the providers. An organization that does not have the product is not in it. */
  readonly organizations: readonly OrganizationProduct[]
  /** Of all organizations. Unknown as far as one of them could not be read: see `notRead`. */
  readonly total: ProductSeats
  /** Providers of this vendor whose list of licenses has a gap, so that they may have the product too, or more of it. */
  readonly notRead: readonly string[]
}

/**
 * What makes licenses of several organizations one product: the product code, or the name where there is none, compared as
 * names and codes are everywhere.
 */
const productKeyOf = ({ productCode, name }: LicenseRow): string =>
  productCode === undefined ? `name ${foldedText(name)}` : `code ${foldedText(productCode)}`

/** Neither is in any total of seats. */
const isCounted = ({ declaredOnly, boughtOnly }: LicenseRow): boolean => !declaredOnly && !boughtOnly

const NO_REASON = ''

/** A sum that may be more than is known; `gap` says why. */
const withGap = <A extends Capacity>(sum: A, gap: string, hasLeast: boolean): A | Count => {
  if (gap === NO_REASON || sum.kind === 'unlimited') return sum
  if (sum.kind === 'unknown') return unknown(`${gap}; ${sum.reason}`, hasLeast ? sum.atLeast : undefined)
  return unknown(gap, sum.kind === 'known' && hasLeast && sum.value > 0 ? sum.value : undefined)
}

/** The sum; not applicable where every part is, and unlimited where one is. */
const sumOf = (all: readonly Capacity[]): Capacity =>
  all.every(({ kind }) => kind === 'notApplicable') ? notApplicable : sumOfCapacities(all)

const sumOfUse = (all: readonly Count[]): Count =>
  all.every(({ kind }) => kind === 'notApplicable') ? notApplicable : sumOfCounts(all)

/** Of available seats, which may be negative, what is known is no lower bound. */
const sumOfAvailable = (all: readonly Capacity[]): Capacity => {
  const sum = sumOf(all)
  return sum.kind === 'unknown' ? unknown(sum.reason) : sum
}

const sumOfSeats = (all: readonly ProductSeats[], gap: string, isPriced: boolean): ProductSeats => {
  const costs = createCostTally('licenses')
  for (const { cost } of all) if (cost !== undefined) costs.add(cost)
  if (gap !== NO_REASON) costs.addGap(gap)
  return {
    purchased: withGap(sumOf(all.map(({ purchased }) => purchased)), gap, true),
    inUse: withGap(sumOfUse(all.map(({ inUse }) => inUse)), gap, true),
    available: withGap(sumOfAvailable(all.map(({ available }) => available)), gap, false),
    ...(isPriced ? { cost: costs.total() } : {}),
  }
}

const seatsOfRow = (row: LicenseRow): ProductSeats => ({
  purchased: row.purchased,
  inUse: seatsInUse(row),
  available: row.available,
  cost: row.cost ?? notApplicable,
})

const MOST_NAMED = 5

/** Why sums over the organizations of a vendor may be too low; empty where they are not. */
const gapOfVendor = (notRead: readonly string[]): string =>
  notRead.length === 0 ? NO_REASON : `not all licenses of ${someOf(notRead, MOST_NAMED).join(', ')} are known`

const isNotRead = ({ status, ledgers }: ProviderReport): boolean =>
  status === 'failed' || gapOf(ledgers.licenses, 'licenses') !== undefined

/**
 * What each organization has of each product: the licenses of all organizations of a vendor, those together that have the
 * same product code, or the same name where they have none. The products come in the order in which organizations list
 * them. Amounts of several currencies stay apart.
 */
export const productsAcrossOrganizations = (report: LicenseReport): readonly ProductAcrossOrganizations[] => {
  const isPriced = report.cost !== undefined
  const rowsOf = groupedBy(report.licenses.filter(isCounted), ({ provider }) => provider)
  return [...groupedBy(report.providers, ({ vendor }) => vendor)].flatMap(([vendor, providers]) => {
    const notRead = providers.filter(isNotRead).map(({ id }) => id)
    const rows = providers.flatMap(({ id }) => rowsOf.get(id) ?? [])
    return [...groupedBy(rows, productKeyOf).values()].map((same): ProductAcrossOrganizations => {
      const [{ productCode, name }] = same
      const organizations = [...groupedBy(same, ({ provider }) => provider)].map(
        ([provider, own]): OrganizationProduct => ({
          provider,
          licenseIds: own.map(({ id }) => id),
          ...sumOfSeats(own.map(seatsOfRow), NO_REASON, isPriced),
        }),
      )
      return {
        vendor,
        ...(productCode === undefined ? {} : { productCode }),
        name,
        organizations,
        total: sumOfSeats(organizations, gapOfVendor(notRead), isPriced),
        notRead,
      }
    })
  })
}

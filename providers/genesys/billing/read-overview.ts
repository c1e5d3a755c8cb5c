import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { type Purchases, type RequestScope, Values } from '../../../src/provider-kit/index.ts'
import type { GenesysClient } from '../client.ts'
import { type Bought, nothingRead, reasonIn } from './bought.ts'
import type { SubscriptionOverviewUsage, TrusteeBillingOverview } from './codecs.ts'
import { ifAny, type PriceUnit, pricesOf } from './prices.ts'
import { quantityTold } from './quantities.ts'
import { type BillingReader, dayOf } from './read-contracts.ts'
import { type Period, saysConcurrent, toldDay, toldNumber, toldTerm, toldText } from './told.ts'

export interface OverviewReader extends BillingReader {
  /** The API with the partner's own credentials. */
  readonly partner: GenesysClient
  /** The customer's organization. */
  readonly organizationId: string
}

const reasonOf = reasonIn({
  who: "the partner's client",
  what: 'billing overview of this organization',
  permission: 'affiliateOrganization:clientBilling:view',
  notFound:
    "Genesys Cloud has no billing overview of this organization for the partner's client; check billing.organizationId",
})

const NOT_MAPPED =
  "no product of the partner's overview is mapped to it; name its products as sku of the license in the configuration"

/** Rows that are no product: allowances, and sums of other rows. The vendor's own page leaves out those of third parties. */
const isProduct = ({ grouping, isThirdParty }: SubscriptionOverviewUsage): boolean =>
  !/^(fair-use|rollup)/i.test(toldText(grouping) ?? '') && String(isThirdParty ?? false).toLowerCase() !== 'true'

const periodOf = (
  { billingPeriodStartDate, billingPeriodEndDate }: TrusteeBillingOverview,
  day: string,
): Period | undefined => {
  const start = toldDay(billingPeriodStartDate)
  const end = toldDay(billingPeriodEndDate)
  return start === undefined || end === undefined ? undefined : { start, end, status: end < day ? 'closed' : 'open' }
}

const WHAT = "the partner's overview"

const purchaseOf =
  (overview: TrusteeBillingOverview, day: string, priceUnit: PriceUnit | undefined) =>
  (row: SubscriptionOverviewUsage): Purchases.Purchase => {
    const period = periodOf(overview, day)
    const sku = toldText(row.partNumber)
    const about = { currency: overview.currency, unit: row.unitOfMeasureType }
    const concurrent = saysConcurrent(row.name) || saysConcurrent(row.grouping)
    return Values.withoutUndefined({
      sku,
      name: toldText(row.name) ?? sku ?? 'a product without a name',
      metric: concurrent ? 'concurrent' : undefined,
      quantity: quantityTold(row.prepayQuantity, WHAT),
      billed: quantityTold(row.usageQuantity, WHAT),
      // Where nothing is prepaid, its price says nothing of what a seat costs.
      committedPrices: toldNumber(row.prepayQuantity)
        ? ifAny(pricesOf({ ...about, amount: row.prepayPrice }, priceUnit))
        : undefined,
      overagePrices: ifAny(pricesOf({ ...about, amount: row.overagePrice }, priceUnit)),
      term: toldTerm(overview.contractEffectiveDate, overview.contractEndDate),
      from: { source: 'partner overview', ...(period === undefined ? {} : { period }) },
    })
  }

/**
 * Reads what a partner sees of the bill of a customer, in the running period: 2 requests, one of them with the credentials of
 * the customer, so that no other customer's numbers are taken for theirs. Never fails.
 */
export const readOverview =
  (reader: OverviewReader, scope: RequestScope): Task<Bought> =>
  async () => {
    const { client, partner, organizationId, priceUnit } = reader
    const [organization, overview] = await Promise.all([
      client.getOrganizationsMe(scope)(),
      partner.getBillingTrusteebillingoverviewTrustorOrgId(organizationId, scope)(),
    ])
    if (E.isLeft(organization)) {
      return nothingRead(`which organization this is could not be read: ${organization.left.message}`)
    }
    if (organization.right.id !== organizationId) {
      return nothingRead('billing.organizationId is the id of another organization; set that of this one')
    }
    if (E.isLeft(overview)) return nothingRead(reasonOf(overview.left))
    const owner = toldText(overview.right.organization?.id)
    if (owner !== undefined && owner !== organizationId) {
      return nothingRead("the partner's overview is that of another organization")
    }
    const purchases = overview.right.usages.filter(isProduct).map(purchaseOf(overview.right, dayOf(reader), priceUnit))
    return { purchases, reason: NOT_MAPPED, remarks: [] }
  }

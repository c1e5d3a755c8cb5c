/**
 * What Genesys Cloud sends about contracts and bills, as far as it is used here. Contracts are a preview that may change at any
 * time: fields may be absent, words are not enumerated, numbers may be decimal texts.
 *
 * Source: the models `Billing…` and `TrusteeBillingOverview` of the vendor's own client for JavaScript, version 262.
 */
import * as t from 'io-ts'
import { Id, nullable } from '../codecs.ts'

/** A number, or the same as decimal text. */
export const Amount = t.union([t.number, t.string], 'number or decimal text')
export type Amount = t.TypeOf<typeof Amount>

const text = nullable(t.string)
const amount = nullable(Amount)

/** The organization of the credentials. */
export const Organization = t.type({ id: Id }, 'Organization')
export type Organization = t.TypeOf<typeof Organization>

const OrganizationReference = t.partial({ id: text, name: text }, 'Organization')
const Organizations = nullable(t.array(OrganizationReference))

const BillingProduct = t.partial({ id: text, sku: text, name: text, unitOfMeasure: text }, 'BillingProduct')
export type BillingProduct = t.TypeOf<typeof BillingProduct>

const BillingPlanItem = t.partial(
  {
    name: text,
    type: text,
    function: text,
    currencyIsoCode: text,
    discountAmount: amount,
    dateEffectiveStart: text,
    dateEffectiveEnd: text,
    overagePrice: amount,
    price: amount,
    quantity: amount,
    unitOfMeasure: text,
  },
  'BillingPlanItem',
)
export type BillingPlanItem = t.TypeOf<typeof BillingPlanItem>

const BillingPlan = t.partial(
  {
    name: text,
    organizations: Organizations,
    product: nullable(BillingProduct),
    items: nullable(t.array(BillingPlanItem)),
  },
  'BillingPlan',
)
export type BillingPlan = t.TypeOf<typeof BillingPlan>

const BillingPeriodReference = t.intersection(
  [t.type({ id: Id }), t.partial({ dateStart: text, dateEnd: text, status: text })],
  'BillingPeriodReference',
)
export type BillingPeriodReference = t.TypeOf<typeof BillingPeriodReference>

/** A contract as the list has it; what it has besides is read one by one. */
export const BillingContractEntry = t.intersection(
  [t.type({ id: Id }), t.partial({ status: text, dateStart: text })],
  'BillingContract',
)
export type BillingContractEntry = t.TypeOf<typeof BillingContractEntry>

/** A contract with what was bought by it, and its billing periods. */
export const BillingContract = t.intersection(
  [
    BillingContractEntry,
    t.partial({
      externalNumber: text,
      dateEnd: text,
      billingPeriods: nullable(t.array(BillingPeriodReference)),
      plans: nullable(t.array(BillingPlan)),
    }),
  ],
  'BillingContract',
)
export type BillingContract = t.TypeOf<typeof BillingContract>

export const BillingContractListing = t.intersection(
  [t.type({ entities: t.UnknownArray }), t.partial({ nextUri: text })],
  'BillingContractListing',
)

/** Quantities have a second spelling: versions before November 2025 had it. */
const BillingCharge = t.partial(
  {
    name: text,
    product: nullable(BillingProduct),
    organizations: Organizations,
    prepaidQuantity: amount,
    getprepaidQuantity: amount,
    actualQuantity: amount,
    getactualQuantity: amount,
    overageRate: amount,
    overageCurrency: text,
  },
  'BillingCharge',
)
export type BillingCharge = t.TypeOf<typeof BillingCharge>

/** A billing period with what is billed in it. Days are as the vendor writes them, `status` is `Open` or `Closed` so far. */
export const BillingPeriod = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({ dateStart: text, dateEnd: text, status: text, charges: nullable(t.array(BillingCharge)) }),
  ],
  'BillingPeriod',
)
export type BillingPeriod = t.TypeOf<typeof BillingPeriod>

const SubscriptionOverviewUsage = t.partial(
  {
    name: text,
    partNumber: text,
    grouping: text,
    unitOfMeasureType: text,
    usageQuantity: amount,
    overagePrice: amount,
    prepayQuantity: amount,
    prepayPrice: amount,
    isThirdParty: nullable(t.union([t.boolean, t.string], 'boolean')),
  },
  'SubscriptionOverviewUsage',
)
export type SubscriptionOverviewUsage = t.TypeOf<typeof SubscriptionOverviewUsage>

/** What a partner sees of a customer's bill. */
export const TrusteeBillingOverview = t.intersection(
  [
    t.type({ usages: t.array(SubscriptionOverviewUsage) }),
    t.partial({
      organization: nullable(OrganizationReference),
      currency: text,
      billingPeriodStartDate: text,
      billingPeriodEndDate: text,
      contractEffectiveDate: text,
      contractEndDate: text,
    }),
  ],
  'TrusteeBillingOverview',
)
export type TrusteeBillingOverview = t.TypeOf<typeof TrusteeBillingOverview>

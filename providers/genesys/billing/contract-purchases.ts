import * as E from 'fp-ts/lib/Either.js'
import { type Count, type LicenseError, type Purchases, unknown, Values } from '../../../src/provider-kit/index.ts'
import type {
  BillingCharge,
  BillingContract,
  BillingPeriod,
  BillingPeriodReference,
  BillingPlan,
  BillingPlanItem,
  BillingProduct,
} from './codecs.ts'
import { type Owners, ownersIn, sharedAmong } from './owners.ts'
import { ifAny, type PriceUnit, pricesOf } from './prices.ts'
import { INSTEAD, isCommitted, type Quantity, quantityInForce, quantityTold, sumOfLines } from './quantities.ts'
import { isTold, type Period, saysConcurrent, toldDay, toldNumber, toldTerm, toldText } from './told.ts'

/** A contract, and what was billed in one of its periods. */
export interface ReadContract {
  readonly contract: BillingContract
  /** The period that was asked for, and its answer. Absent: the contract has none that has begun. */
  readonly period?:
    | { readonly reference: BillingPeriodReference; readonly answer: E.Either<LicenseError, BillingPeriod> }
    | undefined
}

/** For whom and when a contract is read. */
export interface ContractReader {
  /** The organization whose seats are counted. */
  readonly organizationId: string
  /** The day of reading: `2026-01-31`. */
  readonly day: string
  readonly priceUnit?: PriceUnit | undefined
  /** Why a period could not be read, for people. */
  readonly reasonOf: (error: LicenseError) => string
}

const STATUSES: ReadonlyMap<string, Period['status']> = new Map([
  ['open', 'open'],
  ['closed', 'closed'],
])

const periodOf = ({ dateStart, dateEnd, status }: BillingPeriodReference): Period | undefined => {
  const start = toldDay(dateStart)
  const end = toldDay(dateEnd)
  if (start === undefined || end === undefined) return undefined
  return { start, end, status: STATUSES.get(toldText(status)?.toLowerCase() ?? '') ?? 'unknown' }
}

/** The period of a contract in which a day is, or else the last one before it. Its number is newer than those before. */
export const currentPeriod = ({ billingPeriods }: BillingContract, day: string): BillingPeriodReference | undefined => {
  const begun = (billingPeriods ?? []).filter(({ dateStart }) => (toldDay(dateStart) ?? '9') <= day)
  const startOf = ({ dateStart }: BillingPeriodReference): string => toldDay(dateStart) ?? ''
  return begun.reduce<BillingPeriodReference | undefined>(
    (latest, period) => (latest === undefined || startOf(period) > startOf(latest) ? period : latest),
    undefined,
  )
}

const keyOf = ({ sku, name, id }: BillingProduct): string | undefined =>
  [sku, name, id].map(toldText).find((text) => text !== undefined)

/** All that a contract says of one product, as far as it may be this organization's. */
interface ProductLines {
  readonly product: BillingProduct
  readonly plans: { readonly plan: BillingPlan; readonly owners: Owners }[]
  readonly charges: { readonly charge: BillingCharge; readonly owners: Owners }[]
}

/** What was billed in the period, as far as it could be read. */
const chargesIn = ({ period }: ReadContract): readonly BillingCharge[] =>
  period !== undefined && E.isRight(period.answer) ? (period.answer.right.charges ?? []) : []

/** A fair-use row is an allowance for a product, and no seats. */
const isFairUse = ({ name }: BillingCharge): boolean => /fair[\s_-]?use/i.test(name ?? '')

const linesByProduct = (read: ReadContract, reader: ContractReader): readonly ProductLines[] => {
  const plans = read.contract.plans ?? []
  const charges = chargesIn(read)
  const ownersOf = ownersIn([...plans, ...charges], reader.organizationId)
  const products = new Map<string, ProductLines>()
  const linesOf = (product: BillingProduct): ProductLines => {
    const key = keyOf(product) ?? ''
    const lines = products.get(key) ?? { product, plans: [], charges: [] }
    products.set(key, lines)
    return lines
  }
  for (const plan of plans) {
    const owners = ownersOf(plan.organizations)
    if (owners.kind !== 'others') linesOf(plan.product ?? { name: plan.name }).plans.push({ plan, owners })
  }
  for (const charge of charges) {
    const owners = ownersOf(charge.organizations)
    if (owners.kind === 'others' || isFairUse(charge)) continue
    linesOf(charge.product ?? { name: charge.name }).charges.push({ charge, owners })
  }
  return [...products.values()]
}

/** The day of reading. `endedOn`: the last day of the contract, where that is before. */
interface Day {
  readonly day: string
  readonly endedOn?: string | undefined
}

const itemsOf = ({ items }: BillingPlan): readonly BillingPlanItem[] => items ?? []

const quantityOf = ({ plans, charges }: ProductLines, at: Day, what: string): Quantity | undefined => {
  const own = plans.filter(({ owners }) => owners.kind === 'own').flatMap(({ plan }) => itemsOf(plan))
  const shared = plans.find(({ owners }) => owners.kind === 'shared')
  if (shared !== undefined) {
    const all = plans.flatMap(({ plan }) => itemsOf(plan))
    const total = quantityInForce(all, at, what)
    return total === undefined ? undefined : sharedAmong(shared.owners, total, what, INSTEAD)
  }
  if (plans.length > 0) return quantityInForce(own, at, what)
  // A product that only the bill has: what was prepaid of it.
  return billedOf(
    charges,
    ({ prepaidQuantity, getprepaidQuantity }) => prepaidQuantity ?? getprepaidQuantity,
    what,
    INSTEAD,
  )
}

/** The sum of one quantity of charges; undefined where none of them has it. One that cannot be read makes the sum unknown. */
const billedOf = (
  charges: ProductLines['charges'],
  quantityIn: (charge: BillingCharge) => BillingCharge['actualQuantity'],
  what: string,
  instead: string,
): Count | undefined => {
  const told = charges.filter(({ charge }) => isTold(quantityIn(charge)))
  if (told.length === 0) return undefined
  const sum = sumOfLines(told.map(({ charge }) => quantityTold(quantityIn(charge), what)))
  const shared = told.find(({ owners }) => owners.kind === 'shared')
  return shared === undefined ? sum : sharedAmong(shared.owners, sum, what, instead)
}

/** What to do where a bill does not tell how many seats of this organization were billed. */
const FROM_FILE = 'give what was billed to this one in a file of what was consumed'

const consumedOf = (lines: ProductLines, { period }: ReadContract, reader: ContractReader, what: string): Count => {
  if (period === undefined) return unknown(`${what} has no billing period that has begun`)
  if (E.isLeft(period.answer)) return unknown(reader.reasonOf(period.answer.left))
  const sum = billedOf(
    lines.charges,
    ({ actualQuantity, getactualQuantity }) => actualQuantity ?? getactualQuantity,
    `the bill of ${what}`,
    FROM_FILE,
  )
  return sum ?? unknown(`the bill of ${what} says nothing of it`)
}

const pricesIn = ({ plans, charges, product }: ProductLines, { priceUnit }: ContractReader) => {
  const items = plans.flatMap(({ plan }) => itemsOf(plan))
  const about = (item: BillingPlanItem) => ({
    currency: item.currencyIsoCode,
    unit: item.unitOfMeasure ?? product.unitOfMeasure,
    discount: item.discountAmount,
    from: item.dateEffectiveStart,
    to: item.dateEffectiveEnd,
  })
  const overage = items.flatMap((item) => pricesOf({ ...about(item), amount: item.overagePrice }, priceUnit))
  const rates = charges.flatMap(({ charge: { overageRate, overageCurrency } }) =>
    pricesOf({ amount: overageRate, currency: overageCurrency, unit: product.unitOfMeasure }, priceUnit),
  )
  return {
    // A line for no seats says nothing of what a seat costs.
    committedPrices: ifAny(
      items
        .filter((item) => isCommitted(item) && toldNumber(item.quantity) !== 0)
        .flatMap((item) => pricesOf({ ...about(item), amount: item.price }, priceUnit)),
    ),
    overagePrices: ifAny(overage.length > 0 ? overage : rates),
  }
}

const nameOf = ({ product, plans, charges }: ProductLines): string => {
  const names = [product.name, plans[0]?.plan.name, charges[0]?.charge.name, keyOf(product)]
  return names.map(toldText).find((name) => name !== undefined) ?? 'a product without a name'
}

const isConcurrent = ({ product, plans }: ProductLines): boolean => {
  const items = plans.flatMap(({ plan }) => itemsOf(plan))
  return saysConcurrent(product.name) || (items.length > 0 && items.every(({ name }) => saysConcurrent(name)))
}

/** How people know a contract: by the number that is on paper. */
export const contractName = ({ externalNumber, id }: BillingContract): string => toldText(externalNumber) ?? id

/** What one contract says of each of its products, for one organization. */
export const purchasesOf = (read: ReadContract, reader: ContractReader): readonly Purchases.Purchase[] => {
  const { contract, period } = read
  const name = contractName(contract)
  const what = `contract ${name}`
  const term = toldTerm(contract.dateStart, contract.dateEnd)
  const billedIn = period === undefined ? undefined : periodOf(period.reference)
  const { day } = reader
  const endedOn = term?.end !== undefined && term.end < day ? term.end : undefined
  const isBilled = endedOn === undefined || (billedIn !== undefined && billedIn.end >= day)
  return linesByProduct(read, reader).flatMap((lines): readonly Purchases.Purchase[] => {
    const quantity = quantityOf(lines, { day, endedOn }, what)
    // What a later contract has in its place is in that one.
    if (endedOn !== undefined && quantity?.kind === 'known' && quantity.value === 0) return []
    const sku = toldText(lines.product.sku)
    const purchase: Purchases.Purchase = {
      sku,
      name: nameOf(lines),
      metric: isConcurrent(lines) ? 'concurrent' : undefined,
      quantity,
      billed: isBilled
        ? consumedOf(lines, read, reader, what)
        : unknown(`${what} ended on ${endedOn}, and has no bill of a later period`),
      ...pricesIn(lines, reader),
      term,
      from: { source: 'contract', name, ...(billedIn === undefined ? {} : { period: billedIn }) },
    }
    return [Values.withoutUndefined(purchase)]
  })
}

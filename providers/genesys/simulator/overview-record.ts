import { isRawRecord } from '../../../src/simulator-kit/index.ts'
import type { GenesysBillingPeriod, GenesysContract, GenesysOrganizationReference } from './contracts.ts'

/** Quantities and prices are decimal texts there. */
const decimal = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2))

const startOf = (day: string): string => `${day}T00:00:00.000Z`

/** The period so many periods before the running one, of the contract that has it. */
export const periodBefore = (
  contracts: readonly GenesysContract[],
  index: number,
): { readonly contract: GenesysContract; readonly period: GenesysBillingPeriod } | undefined =>
  contracts
    .flatMap((contract) => contract.billingPeriods.map((period) => ({ contract, period })))
    .sort((one, other) => (one.period.dateStart < other.period.dateStart ? 1 : -1))[index]

/**
 * What the partner sees: the products of a period as rows, and rows that are no products: an allowance with the name of a
 * product, a sum, and one of a third party.
 */
export const overviewRecord = (
  own: GenesysOrganizationReference,
  { contract, period }: { readonly contract: GenesysContract; readonly period: GenesysBillingPeriod },
) => {
  const priceOf = (sku: string): number =>
    contract.plans
      .flatMap((plan) => (isRawRecord(plan) || plan.sku !== sku ? [] : plan.items))
      .findLast(({ price }) => price !== undefined)?.price ?? 0
  const rows = period.charges
    .filter(({ organizations }) => organizations === undefined || organizations.some(({ id }) => id === own.id))
    .map((charge) => ({
      name: charge.name,
      partNumber: charge.sku,
      grouping: /fair use/i.test(charge.name)
        ? 'fair-use'
        : /concurrent/i.test(charge.name)
          ? 'billable-app-concurrent-license'
          : 'user-license',
      unitOfMeasureType: (charge.unitOfMeasure ?? 'User').toUpperCase(),
      usageQuantity: decimal(charge.actualQuantity),
      overagePrice: decimal(charge.overageRate ?? 0),
      prepayQuantity: decimal(charge.prepaidQuantity ?? 0),
      prepayPrice: decimal(priceOf(charge.sku)),
      usageNotes: '',
      isCancellable: false,
      // A multiplier of quantity, and not what is prepaid.
      bundleQuantity: '50',
      isThirdParty: false,
    }))
  const [first] = rows
  const others =
    first === undefined
      ? []
      : [
          { ...first, name: 'Users', partNumber: 'rollup', grouping: 'rollup' },
          { ...first, name: 'Partner Application', partNumber: 'third-party', isThirdParty: true },
        ]
  return {
    id: own.id,
    name: own.name,
    organization: own,
    currency: 'EUR',
    enabledProducts: [],
    subscriptionType: 'PREPAY_MONTHLY_COMMITMENT',
    rampPeriodStartDate: null,
    rampPeriodEndDate: null,
    inRampPeriod: false,
    billingPeriodStartDate: startOf(period.dateStart),
    billingPeriodEndDate: `${period.dateEnd}T23:59:59.999Z`,
    contractEffectiveDate: startOf(contract.dateStart),
    contractEndDate: startOf(contract.dateEnd),
    minimumMonthlyAmount: '0.00',
    usages: [...rows, ...others],
  }
}

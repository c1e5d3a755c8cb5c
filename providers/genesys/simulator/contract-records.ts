import { isRawRecord, type RawRecord } from '../../../src/simulator-kit/index.ts'
import type {
  GenesysBillingPeriod,
  GenesysCharge,
  GenesysContract,
  GenesysOrganizationReference,
  GenesysPlan,
} from './contracts.ts'

export interface ContractRecords {
  readonly own: GenesysOrganizationReference
  readonly oldSpelling: boolean
}

const productRecord = ({ sku, name, unitOfMeasure = 'User' }: Pick<GenesysPlan, 'sku' | 'name' | 'unitOfMeasure'>) => ({
  id: `product-${sku}`,
  sku,
  name,
  unitOfMeasure,
})

const planRecord =
  ({ own }: ContractRecords) =>
  (plan: GenesysPlan | RawRecord, place: number) =>
    isRawRecord(plan)
      ? plan.raw
      : {
          id: `plan-${plan.sku}`,
          name: plan.name,
          organizations: plan.organizations ?? [own],
          product: productRecord(plan),
          items: plan.items.map((item, line) => ({
            itemNumber: String((place + 1) * 1000 + line * 10),
            name: plan.name,
            type: 'Recurring',
            function: 'Subscription',
            description: plan.name,
            currencyIsoCode: 'EUR',
            discountAmount: 0,
            unitOfMeasure: plan.unitOfMeasure ?? 'User',
            ...item,
          })),
        }

const periodReference = ({ id, dateStart, dateEnd, status }: GenesysBillingPeriod) => ({
  id,
  dateStart,
  dateEnd,
  status,
})

const uriOf = (id: string): string => `/api/v2/billing/contracts/${encodeURIComponent(id)}`

/** A contract as the list has it. */
export const contractEntry = (contract: GenesysContract) => ({
  id: contract.id,
  externalNumber: contract.externalNumber,
  status: contract.status ?? 'Active',
  commercialModel: 'Simulated',
  dateStart: contract.dateStart,
  dateEnd: contract.dateEnd,
  selfUri: uriOf(contract.id),
})

/** A contract by itself, with its plans. */
export const contractRecord = (records: ContractRecords) => (contract: GenesysContract) => ({
  ...contractEntry(contract),
  [records.oldSpelling ? 'getpurchaseOrderNumbers' : 'purchaseOrderNumbers']: ['PO-SIMULATED'],
  endCustomer: { id: 'customer-1', number: '100200', name: records.own.name },
  dateRampStart: contract.dateRampStart ?? null,
  dateRampEnd: contract.dateRampEnd ?? null,
  billingPeriods: contract.billingPeriods.map(periodReference),
  plans: contract.plans.map(planRecord(records)),
})

/** Quantities are named as fields, or as before November 2025. */
const chargeRecord =
  ({ own, oldSpelling }: ContractRecords) =>
  (charge: GenesysCharge, place: number) => {
    const { prepaidQuantity, actualQuantity, fairuseQuantity = 0, overageRate, overageCurrency = 'EUR' } = charge
    const overageQuantity = Math.max(0, actualQuantity - (prepaidQuantity ?? 0))
    const quantities = { prepaidQuantity, fairuseQuantity, actualQuantity, overageQuantity }
    return {
      id: `charge-${place + 1}`,
      name: charge.name,
      product: productRecord(charge),
      organizations: charge.organizations ?? [own],
      ...Object.fromEntries(
        Object.entries(quantities).map(([name, quantity]) => [oldSpelling ? `get${name}` : name, quantity]),
      ),
      ...(overageRate === undefined
        ? {}
        : { overageRate, overageCharge: overageRate * overageQuantity, overageCurrency }),
    }
  }

/** A billing period by itself, with what is billed in it. */
export const billingPeriodRecord = (records: ContractRecords) => (period: GenesysBillingPeriod) => ({
  ...periodReference(period),
  charges: period.charges.map(chargeRecord(records)),
  wallets: [],
})

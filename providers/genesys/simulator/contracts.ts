import type { RawRecord } from '../../../src/simulator-kit/index.ts'

/** An organization that a plan or a charge is for. */
export interface GenesysOrganizationReference {
  readonly id: string
  readonly name: string
}

/** One line of a plan. Days are written as `2026-01-31`. Quantities may be anything, also what no contract should have. */
export interface GenesysPlanItem {
  /** Units that were bought. */
  readonly quantity: number | string
  /** Of one unit, in major units of the currency: 75 is EUR 75.00. Default: it is not said. */
  readonly price?: number | undefined
  /** The same of a unit beyond the bought ones. Default: it is not said. */
  readonly overagePrice?: number | undefined
  /** Default `EUR`. */
  readonly currencyIsoCode?: string | undefined
  /** Taken off the price, in major units. Default: it is not said. */
  readonly discountAmount?: number | undefined
  readonly dateEffectiveStart?: string | undefined
  readonly dateEffectiveEnd?: string | undefined
  readonly name?: string | undefined
  /** Default `Recurring`. The vendor publishes no words. */
  readonly type?: string | undefined
  /** Default `Subscription`. Likewise. */
  readonly function?: string | undefined
}

/** A product, and what was bought of it. */
export interface GenesysPlan {
  readonly sku: string
  readonly name: string
  /** Default `User`. */
  readonly unitOfMeasure?: string | undefined
  /** Default: the simulated organization alone. */
  readonly organizations?: readonly GenesysOrganizationReference[] | undefined
  readonly items: readonly GenesysPlanItem[]
}

/** What is billed of a product in a period. */
export interface GenesysCharge {
  readonly sku: string
  readonly name: string
  readonly unitOfMeasure?: string | undefined
  readonly organizations?: readonly GenesysOrganizationReference[] | undefined
  /** Default: it is not said. */
  readonly prepaidQuantity?: number | undefined
  /** Units that were in use in the period. */
  readonly actualQuantity: number
  /** Units that count as covered by fair use. Default: 0. */
  readonly fairuseQuantity?: number | undefined
  /** What a unit beyond the prepaid ones costs, in major units of `overageCurrency`. Default: it is not said. */
  readonly overageRate?: number | undefined
  readonly overageCurrency?: string | undefined
}

/** A billing period of a contract. Days are written as `2026-01-31`. */
export interface GenesysBillingPeriod {
  readonly id: string
  readonly dateStart: string
  readonly dateEnd: string
  readonly status: 'Open' | 'Closed'
  readonly charges: readonly GenesysCharge[]
}

/** A contract: what was bought by it, and what was billed. Days are written as `2026-01-31`. */
export interface GenesysContract {
  readonly id: string
  readonly externalNumber: string
  /** Default `Active`. */
  readonly status?: 'Active' | 'Inactive' | undefined
  readonly dateStart: string
  readonly dateEnd: string
  readonly dateRampStart?: string | undefined
  readonly dateRampEnd?: string | undefined
  readonly plans: readonly (GenesysPlan | RawRecord)[]
  readonly billingPeriods: readonly GenesysBillingPeriod[]
}

/** How a simulator has contracts and bills. */
export interface GenesysBillingOptions {
  /** Default: those of a seeded organization, none of an organization that is written out. */
  readonly contracts?: readonly GenesysContract[] | undefined
  /** Whether the organization has the preview; without it, contracts are not found (404). Default true. */
  readonly preview?: boolean | undefined
  /** Fields as before November 2025: `getactualQuantity`. Default false. */
  readonly oldSpelling?: boolean | undefined
}

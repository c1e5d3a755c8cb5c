import { fractionOf, hashOfText } from '../../../src/simulator-kit/index.ts'
import { seededDefinitions } from './catalog.ts'
import type { GenesysBillingPeriod, GenesysCharge, GenesysContract, GenesysPlan, GenesysPlanItem } from './contracts.ts'
import type { GenesysBase } from './organization.ts'
import { purchasedSeats } from './purchased-seats.ts'

const LOGGED_IN = hashOfText('genesys logged in')

/** The vendor's keys of products are not public. These are made up. */
export const skuOf = (licenseId: string): string => `SIM-${licenseId}`

/** Prices of a seat and a month, in euros. Made up. */
const prices: Readonly<Record<string, number>> = { cloudCX1: 69.5, cloudCX2: 99.75, cloudCX3: 137 }
const OTHER_PRICE = 19.9

/** What a seat costs that was bought, and one beyond. */
export const pricesOf = (licenseId: string): { readonly price: number; readonly overagePrice: number } => {
  const price = prices[licenseId] ?? OTHER_PRICE
  return { price, overagePrice: Math.ceil(price * 1.2) }
}

const OTHER_ORGANIZATION = { id: '5f0c1c6e-other-organization', name: 'Another Organization of the Same Customer' }

export const nameOf = (licenseId: string): string =>
  seededDefinitions.find(({ id }) => id === licenseId)?.description ?? licenseId

/** The `licenses` of a configuration for a seeded organization: which products are seats of which license. */
export const seededProducts = (users: number): Readonly<Record<string, { readonly sku: readonly string[] }>> =>
  Object.fromEntries([...purchasedSeats(users).keys()].map((licenseId) => [licenseId, { sku: [skuOf(licenseId)] }]))

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 'YYYY-MM-DD'.length)

/** A month of the calendar, so many before the one of a time. */
const monthBefore = (now: number, months: number): { readonly dateStart: string; readonly dateEnd: string } => {
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months]
  return { dateStart: dayOf(Date.UTC(year, month, 1)), dateEnd: dayOf(Date.UTC(year, month + 1, 0)) }
}

/** What was bought and is held of a license. */
export interface Seats {
  readonly licenseId: string
  readonly purchased: number
  readonly holders: number
}

/** What was bought in one line, and in what is in force in place of others: a ramp, a line that is over, a setup fee. */
const itemsOf = ({ licenseId, purchased }: Seats, year: number): readonly GenesysPlanItem[] => {
  const line = { ...pricesOf(licenseId), quantity: purchased }
  const inForce = { ...line, dateEffectiveStart: `${year - 1}-01-01`, dateEffectiveEnd: `${year + 1}-12-31` }
  switch (licenseId) {
    case 'cloudCX3':
      return [
        { ...inForce, quantity: Math.ceil(purchased / 2), dateEffectiveEnd: `${year - 1}-12-31` },
        { ...inForce, dateEffectiveStart: `${year}-01-01`, dateEffectiveEnd: `${year}-12-31` },
        { ...inForce, quantity: purchased * 2, dateEffectiveStart: `${year + 1}-01-01` },
      ]
    case 'cloudCX1':
      return [{ ...inForce, quantity: purchased + 10, dateEffectiveEnd: `${year - 1}-06-30` }, inForce]
    case 'cloudCX2':
      return [inForce, { quantity: 1, price: 2_500, type: 'OneTime', function: 'Setup', name: 'Implementation' }]
    default:
      return [inForce]
  }
}

const chargesOf = (
  seats: readonly Seats[],
  seed: number,
  month: number,
  leastShare: number,
): readonly GenesysCharge[] => {
  const ofLicenses = seats.map(({ licenseId, purchased, holders }, place) => ({
    sku: skuOf(licenseId),
    name: nameOf(licenseId),
    prepaidQuantity: purchased,
    // People who have logged in in the month: not all who hold it.
    actualQuantity: Math.round(
      holders * (leastShare + (1 - leastShare) * fractionOf(seed, LOGGED_IN, month * 100 + place)),
    ),
    overageRate: pricesOf(licenseId).overagePrice,
  }))
  const [first] = ofLicenses
  return [
    ...ofLicenses,
    ...(first === undefined
      ? []
      : [{ ...first, name: `${first.name} Fair Use`, prepaidQuantity: 0, actualQuantity: 5_000 }]),
  ]
}

/**
 * What is billed: the running month is open, and the two before are closed. `leastShare`: of those who hold a license, so many
 * at least have logged in.
 */
export const billingPeriods = (
  seats: readonly Seats[],
  seed: number,
  now: number,
  leastShare: number,
): readonly GenesysBillingPeriod[] =>
  [2, 1, 0].map((months) => ({
    id: `period-${monthBefore(now, months).dateStart.slice(0, 'YYYY-MM'.length)}`,
    ...monthBefore(now, months),
    status: months === 0 ? 'Open' : 'Closed',
    charges: chargesOf(seats, seed, months, leastShare),
  }))

/** The contract of a seeded organization, as it is at a time. */
export const seededContracts = (
  base: Pick<GenesysBase, 'holdersOf'>,
  { seed, users }: { readonly seed: number; readonly users: number },
  now: number,
): readonly GenesysContract[] => {
  const year = new Date(now).getUTCFullYear()
  const seats = [...purchasedSeats(users)].map(
    ([licenseId, purchased]): Seats => ({ licenseId, purchased, holders: base.holdersOf(licenseId).size }),
  )
  const plans = seats.map(
    (own): GenesysPlan => ({ sku: skuOf(own.licenseId), name: nameOf(own.licenseId), items: itemsOf(own, year) }),
  )
  const ofOther = plans.slice(0, 1).map((plan) => ({ ...plan, organizations: [OTHER_ORGANIZATION] }))
  const contract = {
    dateStart: `${year - 1}-01-01`,
    dateEnd: `${year + 1}-12-31`,
    dateRampStart: `${year - 1}-01-01`,
    dateRampEnd: `${year + 1}-01-01`,
  }
  return [
    {
      ...contract,
      id: 'simulated-contract-old',
      externalNumber: 'SIM-2001',
      status: 'Inactive',
      plans,
      billingPeriods: [],
    },
    {
      ...contract,
      id: 'simulated-contract',
      externalNumber: 'SIM-2002',
      plans: [...plans, ...ofOther],
      billingPeriods: billingPeriods(seats, seed, now, 0.8),
    },
  ]
}

import type { Count } from '../model/count.ts'
import type { License } from '../model/license.ts'
import { createCostTally, knownCost, knownOf, unknownCost } from '../report/cost/cost-tally.ts'
import { amountOfSeats, type MonthlyPrice } from '../report/cost/monthly-price.ts'
import type { Pricing } from '../report/cost/pricing.ts'
import { SHARED, seatPrice } from '../report/cost/seat-costs.ts'
import type { Cost } from '../report/license-report.ts'
import { holderIsSeat } from '../report/seats.ts'
import type { PlannedChange, PlannedCost, PlannedLicense } from './plan.ts'

/** The cost of more holders. Only complete packs are purchased, so it depends on how many holders there are. */
const differenceOf = (price: MonthlyPrice, before: Count, more: number): Cost => {
  if (price.packSize === 1) return knownCost(more * price.amount, price.currency)
  if (before.kind !== 'known') return unknownCost('it is sold in packs, and the number of its holders is unknown')
  const amount = amountOfSeats(price, before.value + more) - amountOfSeats(price, before.value)
  return knownCost(amount, price.currency)
}

/** The monthly cost of the seats that a plan assigns, less those that it removes. Undefined where there is no price. */
export const monthlyCostOf = (
  provider: string,
  changes: readonly PlannedChange[],
  seats: readonly PlannedLicense[],
  licenses: ReadonlyMap<string, License>,
  pricing: Pricing,
): PlannedCost | undefined => {
  if (!pricing.hasPrices) return undefined
  const gained = new Map<string, number>()
  for (const { licenseId, action } of changes) {
    gained.set(licenseId, (gained.get(licenseId) ?? 0) + (action === 'assign' ? 1 : -1))
  }
  const costOf = ({ id, purchased, holders }: PlannedLicense): Cost => {
    const price = seatPrice({ provider, id, purchased }, pricing)
    if (price.kind !== 'priced') return price
    return holderIsSeat(licenses.get(id)?.metric ?? 'unknown')
      ? differenceOf(price, holders.before, gained.get(id) ?? 0)
      : SHARED
  }
  const costs = seats.map((license) => ({ id: license.id, name: license.name, cost: costOf(license) }))
  const tally = createCostTally('licenses')
  for (const { cost } of costs) tally.add(cost)
  return { amounts: [...knownOf(tally.total())], licenses: costs }
}

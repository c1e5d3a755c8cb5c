import { notApplicable } from '../../model/count.ts'
import { sumOfCosts, unknownCost } from '../../report/cost/cost-tally.ts'
import type { Pricing } from '../../report/cost/pricing.ts'
import { costOfPurchased } from '../../report/cost/seat-costs.ts'
import type { Cost, LicenseRow } from '../../report/license-report.ts'
import type { PricedSeats } from './cost-change.ts'
import type { LicenseCostDiff } from './snapshot-diff.ts'

/** What a license costs in one snapshot. */
export interface LicenseCost {
  readonly cost: Cost
  /** Whether the snapshot has the license. */
  readonly isListed: boolean
  /** What the cost is made of; absent if there is none, or it is unknown. */
  readonly priced?: PricedSeats
}

/** `gap`: why a license that is not listed may be there all the same. */
export const licenseCost = (row: LicenseRow | undefined, gap: string | undefined, pricing: Pricing): LicenseCost => {
  if (row === undefined) return { cost: gap === undefined ? notApplicable : unknownCost(gap), isListed: false }
  const cost = costOfPurchased(row, pricing)
  const price = pricing.priceOf(row.provider, row.id)
  return cost.kind === 'known' && price.kind === 'priced' && row.purchased.kind === 'known'
    ? { cost, isListed: true, priced: { seats: row.purchased.value, price } }
    : { cost, isListed: true }
}

const negative = (cost: Cost): Cost =>
  cost.kind === 'known'
    ? { kind: 'known', amounts: cost.amounts.map(({ amount, currency }) => ({ amount: 0 - amount, currency })) }
    : cost

/** Known where both are. */
export const differenceOfCosts = (before: Cost, after: Cost): Cost => {
  const reasons = [before, after].flatMap((side) => (side.kind === 'unknown' ? [side.reason] : []))
  return reasons.length > 0 ? unknownCost([...new Set(reasons)].join('; ')) : sumOfCosts([after, negative(before)])
}

export const compareLicenseCost = (before: LicenseCost, after: LicenseCost): LicenseCostDiff => ({
  ...(before.isListed ? { before: before.cost } : {}),
  ...(after.isListed ? { after: after.cost } : {}),
  difference: differenceOfCosts(before.cost, after.cost),
})

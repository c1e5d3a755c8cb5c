import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost } from '../../report/license-report.ts'

/** The one currency of all that is known of these costs: only amounts of one can be compared. */
export const commonCurrency = (costs: readonly Cost[]): string | undefined => {
  const currencies = new Set(costs.flatMap((cost) => knownOf(cost).map((money) => money.currency)))
  return currencies.size === 1 ? [...currencies][0] : undefined
}

/** For comparing: what is known of a cost, in minor units. */
export const amountIn = (currency: string | undefined, cost: Cost): number =>
  knownOf(cost).find((money) => money.currency === currency)?.amount ?? 0

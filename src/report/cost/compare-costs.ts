import type { Cost } from '../license-report.ts'
import { knownOf } from './cost-tally.ts'

/** The one currency of all that is known of these costs: only amounts of one can be compared. */
export const commonCurrency = (costs: Iterable<Cost>): string | undefined => {
  const currencies = new Set<string>()
  for (const cost of costs) for (const { currency } of knownOf(cost)) currencies.add(currency)
  return currencies.size === 1 ? [...currencies][0] : undefined
}

/** For comparing: what is known of a cost, in minor units. */
export const amountIn = (currency: string | undefined, cost: Cost): number =>
  knownOf(cost).find((money) => money.currency === currency)?.amount ?? 0

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

/** The currency that most of these have an amount in: amounts of different ones cannot be compared. */
export const mainCurrency = (costs: Iterable<Cost>): string | undefined => {
  const times = new Map<string, number>()
  for (const cost of costs) {
    for (const { currency } of knownOf(cost)) times.set(currency, (times.get(currency) ?? 0) + 1)
  }
  const [first] = [...times].sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1))
  return first?.[0]
}

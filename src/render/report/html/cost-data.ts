import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { Cost, Money } from '../../../report/license-report.ts'
import { costParts } from './count-html.ts'
import type { CostData } from './page-data.ts'

/** By currency first, as amounts can be compared within one only; then by the amounts, currency by currency. */
const compareAmounts = (some: readonly Money[], others: readonly Money[]): number => {
  const [currencies, otherCurrencies] = [some, others].map((amounts) => amounts.map(({ currency }) => currency).join())
  if (currencies !== otherCurrencies) return (currencies ?? '') < (otherCurrencies ?? '') ? -1 : 1
  for (const [index, { amount }] of some.entries()) {
    const difference = amount - (others[index]?.amount ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The rank of each cost among these, for comparing; undefined where no amount is known. Costs of equal amounts have one rank. */
export const costRanks = (costs: readonly Cost[]): ((cost: Cost) => number | undefined) => {
  const amounts = costs.map((cost) => ({ cost, known: knownOf(cost) }))
  const inOrder = amounts
    .filter(({ known }) => known.length > 0)
    .sort((one, other) => compareAmounts(one.known, other.known))
  const ranks = new Map<Cost, number>()
  let rank = 0
  for (const [index, { cost, known }] of inOrder.entries()) {
    const before = inOrder[index - 1]
    if (before !== undefined && compareAmounts(before.known, known) !== 0) rank += 1
    ranks.set(cost, rank)
  }
  return (cost) => ranks.get(cost)
}

/** Each of these costs for people, and its rank among them. */
export const costTable = (costs: readonly Cost[]): readonly CostData[] => {
  const rankOf = costRanks(costs)
  return costs.map((cost) => [costParts(cost), rankOf(cost) ?? -1])
}

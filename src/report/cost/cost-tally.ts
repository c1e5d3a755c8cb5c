import { notApplicable } from '../../model/count.ts'
import type { Cost, Money } from '../license-report.ts'

export const unknownCost = (reason: string, atLeast: readonly Money[] = []): Cost =>
  atLeast.length === 0 ? { kind: 'unknown', reason } : { kind: 'unknown', reason, atLeast }

const TOO_LARGE = unknownCost('more than can be counted exactly')

/** One amount; a sum that is no longer exact is not known. */
export const knownCost = (amount: number, currency: string): Cost =>
  Number.isSafeInteger(amount) ? { kind: 'known', amounts: [{ amount, currency }] } : TOO_LARGE

/** Adds up costs, each currency by itself. */
export interface CostTally {
  readonly add: (cost: Cost) => void
  /** What is added up is not all of it, and why. */
  readonly doubt: (reason: string) => void
  /** `notApplicable` where nothing was added that costs something. */
  readonly total: () => Cost
}

/** A text must stay readable. */
const MAX_REASONS = 3

const reasonText = (reasons: ReadonlyMap<string, number>, what: string): string => {
  const named = [...reasons]
    .slice(0, MAX_REASONS)
    .map(([reason, times]) => (times > 1 ? `${reason} (${times} ${what})` : reason))
  const others = reasons.size - MAX_REASONS
  return (others > 0 ? [...named, `and ${others} more reasons`] : named).join('; ')
}

const byCurrency = (one: Money, other: Money): number => (one.currency < other.currency ? -1 : 1)

/** The sum of costs that are all known; undefined where one is not. */
const knownSum = (costs: readonly Cost[]): Cost | undefined => {
  const sums: { amount: number; readonly currency: string }[] = []
  for (const cost of costs) {
    if (cost.kind === 'unknown') return undefined
    if (cost.kind === 'notApplicable') continue
    for (const { amount, currency } of cost.amounts) {
      const sum = sums.find((other) => other.currency === currency)
      if (sum === undefined) sums.push({ amount, currency })
      else sum.amount += amount
    }
  }
  if (!sums.every(({ amount }) => Number.isSafeInteger(amount))) return TOO_LARGE
  return sums.length === 0 ? notApplicable : { kind: 'known', amounts: sums.sort(byCurrency) }
}

/** The sum of some costs. As there is one for each of very many people, the usual case takes a short way. */
export const sumOfCosts = (costs: readonly Cost[], what: string): Cost => {
  const sum = knownSum(costs)
  if (sum !== undefined) return sum
  const tally = createCostTally(what)
  for (const cost of costs) tally.add(cost)
  return tally.total()
}

/** `what` is added up, in the plural, for the reasons: `licenses`. */
export const createCostTally = (what: string): CostTally => {
  const amounts = new Map<string, number>()
  const reasons = new Map<string, number>()
  const addMoney = (money: readonly Money[]) => {
    for (const { amount, currency } of money) amounts.set(currency, (amounts.get(currency) ?? 0) + amount)
  }
  const doubt = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    doubt,
    add: (cost) => {
      if (cost.kind === 'known') addMoney(cost.amounts)
      if (cost.kind !== 'unknown') return
      doubt(cost.reason)
      addMoney(cost.atLeast ?? [])
    },
    total: () => {
      const money = [...amounts].map(([currency, amount]): Money => ({ amount, currency })).sort(byCurrency)
      if (!money.every(({ amount }) => Number.isSafeInteger(amount))) return TOO_LARGE
      if (reasons.size > 0) return unknownCost(reasonText(reasons, what), money)
      return money.length === 0 ? notApplicable : { kind: 'known', amounts: money }
    },
  }
}

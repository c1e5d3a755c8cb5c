import { notApplicable } from '../../model/count.ts'
import type { Cost, Money } from '../license-report.ts'

export const unknownCost = (reason: string, atLeast: readonly Money[] = []): Cost =>
  atLeast.length === 0 ? { kind: 'unknown', reason } : { kind: 'unknown', reason, atLeast }

const TOO_LARGE = unknownCost('more than can be counted exactly')

/** One amount. A sum that is no longer exact is unknown. */
export const knownCost = (amount: number, currency: string): Cost =>
  Number.isSafeInteger(amount) ? { kind: 'known', amounts: [{ amount, currency }] } : TOO_LARGE

/** The cost of what is known; there may be more. */
export const leastCost = (cost: Cost, reason: string): Cost =>
  cost.kind === 'known' ? unknownCost(reason, cost.amounts) : cost

/** Sums by currency. A list, as there are very many sums and hardly ever a second currency. */
type Sums = { amount: number; readonly currency: string }[]

/** What is known of a cost. */
export const knownOf = (cost: Cost): readonly Money[] => {
  if (cost.kind === 'notApplicable') return []
  return cost.kind === 'known' ? cost.amounts : (cost.atLeast ?? [])
}

const addTo = (sums: Sums, cost: Cost): void => {
  for (const { amount, currency } of knownOf(cost)) {
    const sum = sums.find((other) => other.currency === currency)
    if (sum === undefined) sums.push({ amount, currency })
    else sum.amount += amount
  }
}

/** `reason`: why the sums are partial; empty if they are complete. */
const costOf = (sums: Sums, reason: string): Cost => {
  if (!sums.every(({ amount }) => Number.isSafeInteger(amount))) return TOO_LARGE
  const amounts = sums
    .map(({ amount, currency }) => ({ amount, currency }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1))
  if (reason !== '') return unknownCost(reason, amounts)
  return amounts.length === 0 ? notApplicable : { kind: 'known', amounts }
}

/** The sum of a few costs. Its reasons are not counted, so that a larger sum that it is part of can count them. */
export const sumOfCosts = (costs: readonly Cost[]): Cost => {
  const sums: Sums = []
  const reasons = new Set<string>()
  for (const cost of costs) {
    addTo(sums, cost)
    if (cost.kind === 'unknown') reasons.add(cost.reason)
  }
  return costOf(sums, [...reasons].join(', and '))
}

/** Adds up many costs. */
export interface CostTally {
  readonly add: (cost: Cost) => void
  /** Why the sum is partial. It comes before the reasons of the costs that are added. */
  readonly addGap: (reason: string) => void
  /** `notApplicable` where nothing was added that costs something. */
  readonly total: () => Cost
}

/** A text must stay readable, and each of what was added up has its own reason. */
const MAX_REASONS = 3

const reasonText = (gaps: ReadonlySet<string>, reasons: ReadonlyMap<string, number>, what: string): string => {
  const often = [...reasons].sort(([, one], [, other]) => other - one)
  const named = often
    .slice(0, MAX_REASONS)
    .map(([reason, times]) => (times > 1 ? `${reason} (${times} ${what})` : reason))
  const others = often.slice(MAX_REASONS).reduce((sum, [, times]) => sum + times, 0)
  return [...gaps, ...named, ...(others === 0 ? [] : [`other reasons (${others})`])].join('; ')
}

/** `what` is added up, in the plural, for the reasons: `licenses`. */
export const createCostTally = (what: string): CostTally => {
  const sums: Sums = []
  const gaps = new Set<string>()
  const reasons = new Map<string, number>()
  return {
    add: (cost) => {
      addTo(sums, cost)
      if (cost.kind === 'unknown') reasons.set(cost.reason, (reasons.get(cost.reason) ?? 0) + 1)
    },
    addGap: (reason) => {
      gaps.add(reason)
    },
    total: () => costOf(sums, reasonText(gaps, reasons, what)),
  }
}

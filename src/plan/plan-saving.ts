import type { License } from '../model/license.ts'
import { quantity } from '../model/quantity.ts'
import { knownCost, knownOf, sumOfCosts, unknownCost } from '../report/cost/cost-tally.ts'
import type { Pricing } from '../report/cost/pricing.ts'
import { createSeatCosts } from '../report/cost/seat-costs.ts'
import { unassignedOf } from '../report/findings/unassigned-seats.ts'
import type { Cost, LicenseRow } from '../report/license-report.ts'
import { type SavedSeats, savedOfLicense, savingOf } from '../report/savings.ts'
import type { PlannedChange, PlannedSaving, PlanWarning } from './plan.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const DAYS_OF_YEAR = 365
const MONTHS_OF_YEAR = 12

/** What a monthly cost comes to from one day to another, in whole minor units, rounded down. */
const costUntil = (cost: Cost, from: string, end: string): Cost => {
  const days = (Date.parse(end) - Date.parse(from)) / DAY_MS
  if (!(days >= 0)) return cost.kind === 'notApplicable' ? cost : unknownCost(`its term has ended, on ${end}`)
  const amounts = knownOf(cost).map(({ amount, currency }) => ({
    amount: Math.floor((amount * MONTHS_OF_YEAR * days) / DAYS_OF_YEAR),
    currency,
  }))
  if (cost.kind === 'unknown') return unknownCost(cost.reason, amounts)
  return sumOfCosts(amounts.map(({ amount, currency }) => knownCost(amount, currency)))
}

/** What a plan saves, and of which licenses seats must stay free that it gives up. */
export interface SavedByPlan {
  /** Undefined where a license is given to users, as more of it may cost more, and where neither prices nor terms are known. */
  readonly saving?: PlannedSaving
  readonly warnings: readonly PlanWarning[]
}

/** Undefined where nothing saves anything at once. */
const untilTermEnd = (saved: readonly (SavedSeats & Pick<License, 'term'>)[], day: string): Cost | undefined => {
  const now = saved.filter(({ time }) => time.kind === 'now')
  if (now.length === 0) return undefined
  return sumOfCosts(
    now.map(({ cost, term }) =>
      term?.end === undefined ? unknownCost('the end of its term is not known') : costUntil(cost, day, term.end),
    ),
  )
}

const keptFreeText = (name: string, keptFree: number, removed: number, { limits }: LicenseRow): string =>
  `${name}: ${keptFree} of ${quantity(removed, 'seat')} ${keptFree === 1 ? 'saves' : 'save'} nothing, as ${limits?.keepFree ?? keptFree} are to be kept free`

/**
 * What the seats that are removed save a month, and by when: the same as of a report, in which users give up these seats.
 */
export const savingOfPlan = (
  changes: readonly PlannedChange[],
  rows: readonly LicenseRow[],
  pricing: Pricing,
  createdAt: string,
): SavedByPlan => {
  const today = createdAt.slice(0, 'YYYY-MM-DD'.length)
  const removed = new Map<string, number>()
  for (const { licenseId, action } of changes) {
    if (action === 'assign') return { warnings: [] }
    removed.set(licenseId, (removed.get(licenseId) ?? 0) + 1)
  }
  const names = new Map(changes.map(({ licenseId, license }) => [licenseId, license]))
  const costs = createSeatCosts(rows, [], pricing)
  // What costs nothing and was not purchased saves nothing.
  const paid = rows.filter((row) => removed.has(row.id) && costs.ofDifference(row, 1, 0).kind !== 'notApplicable')
  const isTold = pricing.hasPrices || paid.some(({ term }) => term !== undefined)
  if (paid.length === 0 || !isTold) return { warnings: [] }
  const saved = paid.map((row) => ({
    row,
    ...savedOfLicense(row, { unassigned: unassignedOf(row), removable: removed.get(row.id) ?? 0 }, costs, today),
  }))
  const seats = saved.flatMap(({ row: { term }, removable }) => removable.map((part) => ({ ...part, term })))
  const untilEnd = untilTermEnd(seats, today)
  return {
    saving: { ...savingOf(seats), ...(untilEnd === undefined ? {} : { untilTermEnd: untilEnd }) },
    warnings: saved.flatMap(({ row, keptFree }) =>
      keptFree === 0
        ? []
        : [
            {
              rule: 'kept-free',
              licenseId: row.id,
              message: keptFreeText(names.get(row.id) ?? row.name, keptFree, removed.get(row.id) ?? 0, row),
            },
          ],
    ),
  }
}

import { known } from '../model/count.ts'
import type { License } from '../model/license.ts'
import { assignedOfUsers } from '../report/assigned.ts'
import { knownCost, knownOf, sumOfCosts, unknownCost } from '../report/cost/cost-tally.ts'
import { amountOfSeats } from '../report/cost/monthly-price.ts'
import type { Pricing } from '../report/cost/pricing.ts'
import { SHARED, seatPrice } from '../report/cost/seat-costs.ts'
import type { Cost, SeatsAndCost } from '../report/license-report.ts'
import { type SavedSeats, savedSeats, savingOf } from '../report/savings.ts'
import { type HeldSeats, holderIsSeat, seatsInUse } from '../report/seats.ts'
import type { PlannedChange, PlannedLicense, PlannedSaving } from './plan.ts'

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

/** The seats that are given up, one after the other: packs are bought whole, so that most of theirs save nothing. */
const givenUp = (row: License & HeldSeats, removed: number, pricing: Pricing): readonly SeatsAndCost[] => {
  const price = seatPrice(row, pricing)
  const inUse = seatsInUse(row)
  const { purchased, consumedFrom } = row
  // Where seats are billed as they are used, those beyond the purchased ones cost nothing to begin with.
  const first = (used: number): number =>
    consumedFrom !== undefined && purchased.kind === 'known' ? Math.min(used, purchased.value) : used
  const costOf = (place: number): Cost => {
    if (price.kind !== 'priced') return price
    if (!holderIsSeat(row.metric)) return SHARED
    if (price.packSize === 1) return knownCost(price.amount, price.currency)
    if (inUse.kind !== 'known') return unknownCost('it is sold in packs, and the number of seats in use is unknown')
    const left = first(inUse.value) - place
    return knownCost(amountOfSeats(price, left) - amountOfSeats(price, left - 1), price.currency)
  }
  return Array.from({ length: removed }, (_, place) => ({ seats: known(1), cost: costOf(place) }))
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

/**
 * What the seats that are removed save a month, and by when. Undefined where a license is given to users, as more of it may
 * cost more, and where neither prices nor terms are known.
 */
export const savingOfPlan = (
  changes: readonly PlannedChange[],
  seats: readonly PlannedLicense[],
  licenses: ReadonlyMap<string, License>,
  pricing: Pricing,
  createdAt: string,
): PlannedSaving | undefined => {
  const today = createdAt.slice(0, 'YYYY-MM-DD'.length)
  const removed = new Map<string, number>()
  for (const { licenseId, action } of changes) {
    if (action === 'assign') return undefined
    removed.set(licenseId, (removed.get(licenseId) ?? 0) + 1)
  }
  const paid = seats.flatMap((planned) => {
    const license = licenses.get(planned.id)
    if (license === undefined) return []
    const row = { ...license, ...assignedOfUsers(license, planned.holders.before) }
    // What costs nothing and was not purchased saves nothing.
    const costs = givenUp(row, removed.get(planned.id) ?? 0, pricing).filter(
      ({ cost }) => cost.kind !== 'notApplicable',
    )
    return costs.length === 0 ? [] : [{ row, costs }]
  })
  const isTold = pricing.hasPrices || paid.some(({ row }) => row.term !== undefined)
  if (paid.length === 0 || !isTold) return undefined
  const saved = paid.flatMap(({ row, costs }) =>
    savedSeats(row, costs, { today }).map((part) => ({ ...part, term: row.term })),
  )
  const untilEnd = untilTermEnd(saved, today)
  return { ...savingOf(saved), ...(untilEnd === undefined ? {} : { untilTermEnd: untilEnd }) }
}

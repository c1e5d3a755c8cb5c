import { known, leastOf, notApplicable, unknown } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { Term } from '../model/purchase.ts'
import { leastCost, sumOfCosts, unknownCost } from './cost/cost-tally.ts'
import { type SeatCosts, SHARED } from './cost/seat-costs.ts'
import { sumOfSeats } from './findings/finding-groups.ts'
import { keyOfRemoval, removalsOf, withoutLostContainers } from './findings/removals.ts'
import type { Finding, LicenseRow, PlanOfRule, RemovableSeat, Saving, Savings, SeatsAndCost } from './license-report.ts'
import { type HeldSeats, holderIsSeat, seatsInUse } from './seats.ts'
import { endOfTerm, termsOf } from './terms.ts'

/** When it costs less to do without a seat. */
export type SavingTime =
  /** It is in use beyond those that were purchased. */
  | { readonly kind: 'now' }
  /** It was purchased until this day, as `2026-12-31`. */
  | { readonly kind: 'atRenewal'; readonly end: string }
  /** That is not known. */
  | { readonly kind: 'untold' }

/** Some seats of one license that it costs less to do without from one time on. */
export interface SavedSeats extends SeatsAndCost {
  readonly time: SavingTime
}

const UNTOLD: SavingTime = { kind: 'untold' }

const NO_SEATS: SeatsAndCost = { seats: known(0), cost: { kind: 'notApplicable' } }

/** What tells by when seats of a license save something. */
type SavingLicense = HeldSeats &
  Pick<LicenseRow, 'purchased' | 'purchasedFrom' | 'consumedFrom' | 'term' | 'purchases' | 'limits'>

/** Some seats that are given up: what does without them. */
interface GivenUp {
  /** In use beyond those that were purchased. */
  readonly beyond: number
  /** Purchased, and not needed any more. */
  readonly purchased: number
  /** Purchased, and needed all the same, to keep so many seats free as a limit wants. */
  readonly keptFree: number
}

/** Whether it is known which seats are purchased, and how many are free. */
const isCertain = (row: SavingLicense): boolean => row.purchased.kind === 'known' && seatsInUse(row).kind === 'known'

/**
 * How many of so many seats are beyond those that were purchased, and how many purchased ones are not needed any more: those in
 * use and those that a limit keeps free are. Where seats in use are counted from a bill, a seat that no user has used is not
 * among them, and costs nothing beyond what was purchased: to do without it saves only as far as fewer seats need to be purchased.
 */
const givenUp = (row: SavingLicense, seats: number): GivenUp => {
  const { purchased, consumed, consumedFrom, limits } = row
  // No limit applies where no number of seats is purchased.
  const keepFree = purchased.kind === 'known' || purchased.kind === 'unknown' ? (limits?.keepFree ?? 0) : 0
  const inUse = leastOf(seatsInUse(row))
  const split = (beyond: number, free: number, kept: number): GivenUp => {
    const keptFree = Math.min(free, kept)
    return { beyond, purchased: free - keptFree, keptFree }
  }
  if (purchased.kind !== 'known' || inUse === undefined) return split(0, seats, keepFree)
  const isBilled = consumedFrom !== undefined
  const left = Math.max(0, inUse - seats, isBilled ? (leastOf(consumed) ?? 0) : 0)
  const needed = (used: number, free: number): number => Math.min(purchased.value, used + free)
  const saved = (free: number): number => needed(inUse, free) - needed(left, free)
  const beyond = isBilled ? 0 : Math.min(seats, Math.max(0, inUse - purchased.value))
  // More may be in use than is known, so that none may be free.
  return split(beyond, saved(0), isCertain(row) ? saved(0) - saved(keepFree) : keepFree)
}

interface Slice {
  readonly time: SavingTime
  readonly seats: number
}

/** What ended before today is over, or was renewed until a day that is not known. */
const timeOf = (term: Term, today: string): SavingTime => {
  const end = endOfTerm(term)
  return end === undefined || end < today ? UNTOLD : { kind: 'atRenewal', end }
}

/** By when purchased seats save: those that end first before others. `before`: so many go before them. */
const slicesOf = (row: SavingLicense, before: number, seats: number, today: string): readonly Slice[] => {
  if (seats === 0) return []
  const terms = termsOf(row)
  // Whether they are among the purchased seats is not certain if the number of either is not.
  if (!isCertain(row) || terms.some((part) => part.seats === undefined)) return [{ time: UNTOLD, seats }]
  let [skipped, left] = [before, seats]
  const slices = terms.flatMap(({ term, seats: size = 0 }): readonly Slice[] => {
    const taken = Math.min(Math.max(0, size - skipped), left)
    skipped = Math.max(0, skipped - size)
    left -= taken
    return taken === 0 ? [] : [{ time: timeOf(term, today), seats: taken }]
  })
  return left === 0 ? slices : [...slices, { time: UNTOLD, seats: left }]
}

const together = (parts: readonly SeatsAndCost[]): SeatsAndCost =>
  parts.length === 0 ? NO_SEATS : { seats: sumOfSeats(parts), cost: sumOfCosts(parts.map(({ cost }) => cost)) }

/** Of one license: how many purchased seats are not in use and not to be kept free, and how many seats are to be given up. */
export interface SeatsToDrop {
  readonly unassigned: number
  readonly removable: number
}

/** What is saved of one license. */
export interface SavedOfLicense {
  readonly unassigned: readonly SavedSeats[]
  readonly removable: readonly SavedSeats[]
  /** Seats that are given up and save nothing, as a limit wants so many to be free. */
  readonly keptFree: number
}

const FREE_UNTOLD = 'how many seats are free is not known, and a limit keeps some free'
const PACK_UNTOLD = 'it is sold in packs, and the number of seats in use is not known'

/** The same seats, of which more may be saved. There is one part: by when they save is not known either. */
const atLeast = ([part = { time: UNTOLD, ...NO_SEATS }]: readonly SavedSeats[]): SavedSeats => ({
  time: UNTOLD,
  seats: unknown(FREE_UNTOLD, leastOf(part.seats) || undefined),
  cost: part.cost.kind === 'notApplicable' ? unknownCost(FREE_UNTOLD) : leastCost(part.cost, FREE_UNTOLD),
})

/**
 * What it saves to do without some seats of a license, by time: first those that are not in use, then those beyond what was
 * purchased, then the others, the first to end first. Seats that save nothing are left out, also those that `keepFree` of its
 * limits wants to be free. Packs are bought whole, so that the last seat of a pack saves all of it. `today`: the day of the
 * reading, as `2026-01-31`; terms that ended before it are over.
 */
export const savedOfLicense = (
  row: LicenseRow,
  { unassigned, removable }: SeatsToDrop,
  costs: SeatCosts,
  today: string,
): SavedOfLicense => {
  const inUse = leastOf(seatsInUse(row)) ?? removable
  const bought = row.purchased.kind === 'known' ? row.purchased.value : inUse
  /** In their order, of so many that there are before. */
  const inOrder = (slices: readonly Slice[], before: number): readonly SavedSeats[] => {
    let left = before
    return slices.map(({ time, seats }) => {
      left -= seats
      return { time, seats: known(seats), cost: costs.ofDifference(row, left + seats, left) }
    })
  }
  const free = inOrder(slicesOf(row, 0, unassigned, today), bought)
  if (removable === 0) return { unassigned: free, removable: [], keptFree: 0 }
  // No seat belongs to a user, so that it is not known how many can be dropped.
  if (!holderIsSeat(row.metric)) {
    return { unassigned: free, removable: [{ time: UNTOLD, seats: notApplicable, cost: SHARED }], keptFree: 0 }
  }
  const { beyond, purchased, keptFree } = givenUp(row, removable)
  const now = inOrder(beyond === 0 ? [] : [{ time: { kind: 'now' }, seats: beyond }], inUse)
  const later = inOrder(slicesOf(row, unassigned, purchased, today), bought - unassigned)
  const saved = [...now, ...(keptFree > 0 && !isCertain(row) ? [atLeast(later)] : later)]
  const isUntold = costs.isInPacks(row) && seatsInUse(row).kind !== 'known'
  return {
    unassigned: free,
    removable: isUntold ? saved.map((part) => ({ ...part, cost: unknownCost(PACK_UNTOLD) })) : saved,
    keptFree,
  }
}

/** All of them, and their parts by time. */
export const savingOf = (saved: readonly SavedSeats[]): Saving => {
  const at = (kind: SavingTime['kind']) => together(saved.filter(({ time }) => time.kind === kind))
  const ends = saved.flatMap(({ time }) => (time.kind === 'atRenewal' ? [time.end] : [])).sort()
  const [firstEnd] = ends
  const lastEnd = ends.at(-1)
  return {
    ...together(saved),
    now: at('now'),
    atRenewal: {
      ...at('atRenewal'),
      ...(firstEnd === undefined ? {} : { firstEnd }),
      ...(lastEnd === undefined ? {} : { lastEnd }),
    },
    untold: at('untold'),
  }
}

const keyOf = ({ provider, licenseId }: Pick<RemovableSeat, 'provider' | 'licenseId'>): string =>
  JSON.stringify([provider, licenseId])

/** How many seats of each license these findings say can be dropped, each once. Accepted findings are left out. */
export const seatsToDrop = (findings: readonly Finding[]): ((row: LicenseRow) => SeatsToDrop) => {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const removable = new Map(
    withoutLostContainers(removalsOf(open)).map(({ seat }) => [keyOfRemoval(seat), seat] as const),
  )
  const byLicense = groupedBy([...removable.values()], keyOf)
  const unassigned = new Map(
    open.flatMap(({ rule, provider, licenseId, seats }) =>
      rule === 'unassigned-seats' && licenseId !== undefined
        ? [[keyOf({ provider, licenseId }), leastOf(seats) ?? 0] as const]
        : [],
    ),
  )
  return ({ provider, id: licenseId }) => {
    const key = keyOf({ provider, licenseId })
    return { unassigned: unassigned.get(key) ?? 0, removable: byLicense.get(key)?.length ?? 0 }
  }
}

/** What a plan of one rule in one provider is made of. */
interface ActedOn extends Pick<PlanOfRule, 'rule' | 'provider'> {
  /** All findings of the rule, and those about seats that no user has: these go first. */
  readonly acted: readonly Finding[]
}

/** Of each rule and provider that open findings name seats of. */
const plansOf = (findings: readonly Finding[]): readonly ActedOn[] => {
  const open = removalsOf(findings.filter(({ accepted }) => accepted === undefined))
  const byPlan = groupedBy(open, ({ seat, finding }) => JSON.stringify([finding.rule, seat.provider]))
  return [...byPlan.values()].map(([{ seat, finding }]) => ({
    rule: finding.rule,
    provider: seat.provider,
    acted: findings.filter(({ rule }) => rule === finding.rule || rule === 'unassigned-seats'),
  }))
}

/** What could be saved by acting on these findings. Accepted ones are left out. `generatedAt`: when the report was made. */
export const savingsOf = (
  findings: readonly Finding[],
  rows: readonly LicenseRow[],
  costs: SeatCosts,
  generatedAt: string,
): Savings => {
  const today = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const savedBy = (acted: readonly Finding[], all: readonly LicenseRow[]): readonly SavedOfLicense[] => {
    const dropOf = seatsToDrop(acted)
    return all.map((row) => savedOfLicense(row, dropOf(row), costs, today))
  }
  const saved = savedBy(findings, rows)
  const keptFree = saved.reduce((sum, one) => sum + one.keptFree, 0)
  return {
    removable: savingOf(saved.flatMap(({ removable }) => removable)),
    unassigned: savingOf(saved.flatMap(({ unassigned }) => unassigned)),
    ...(keptFree === 0 ? {} : { keptFree }),
    plans: plansOf(findings).map(({ rule, provider, acted }) => ({
      rule,
      provider,
      saving: savingOf(
        savedBy(
          acted,
          rows.filter((row) => row.provider === provider),
        ).flatMap(({ removable }) => removable),
      ),
    })),
  }
}

import { known, leastOf, notApplicable } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { Term } from '../model/purchase.ts'
import { sumOfCosts } from './cost/cost-tally.ts'
import { type SeatCosts, SHARED } from './cost/seat-costs.ts'
import { sumOfSeats } from './findings/finding-groups.ts'
import type { Finding, LicenseRow, RemovableSeat, Saving, Savings, SeatsAndCost } from './license-report.ts'
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
export type SavingLicense = HeldSeats &
  Pick<LicenseRow, 'purchased' | 'purchasedFrom' | 'consumedFrom' | 'term' | 'purchases'>

/**
 * How many of so many seats are beyond those that were purchased, and how many purchased ones are not needed any more. Where seats
 * in use are counted from a bill, a seat that no user has used is not among them, and costs nothing beyond what was purchased: to
 * do without it saves only as far as fewer seats need to be purchased.
 */
const givenUp = (row: SavingLicense, seats: number): { readonly beyond: number; readonly purchased: number } => {
  const { purchased, consumed, consumedFrom } = row
  const inUse = leastOf(seatsInUse(row))
  if (purchased.kind !== 'known' || inUse === undefined) return { beyond: 0, purchased: seats }
  if (consumedFrom === undefined) {
    const beyond = Math.min(seats, Math.max(0, inUse - purchased.value))
    return { beyond, purchased: seats - beyond }
  }
  const needed = Math.min(purchased.value, inUse)
  const neededThen = Math.min(purchased.value, Math.max(inUse - seats, leastOf(consumed) ?? 0))
  return { beyond: 0, purchased: Math.max(0, needed - neededThen) }
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
  const isCertain = row.purchased.kind === 'known' && seatsInUse(row).kind === 'known'
  if (!isCertain || terms.some((part) => part.seats === undefined)) return [{ time: UNTOLD, seats }]
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

interface SavedFrom {
  /** The day of the reading, as `2026-01-31`: terms that ended before it are over. Default: none is. */
  readonly today?: string | undefined
  /** So many purchased seats are dropped before these. Default: none. */
  readonly before?: number | undefined
}

/**
 * The seats of one license that it is done without, by time: those beyond what was purchased first, then those that were
 * purchased, the first to end first. Seats that save nothing are left out. `seats`: what each of them costs a month, in the order
 * in which they are given up.
 */
export const savedSeats = (
  row: SavingLicense,
  seats: readonly SeatsAndCost[],
  { today = '', before = 0 }: SavedFrom = {},
): readonly SavedSeats[] => {
  if (seats.length === 0) return []
  // No seat belongs to a user, so that it is not known how many can be dropped.
  if (!holderIsSeat(row.metric)) return [{ time: UNTOLD, seats: notApplicable, cost: together(seats).cost }]
  const { beyond, purchased } = givenUp(row, seats.length)
  const slices: readonly Slice[] = [
    ...(beyond === 0 ? [] : [{ time: { kind: 'now' } as const, seats: beyond }]),
    ...slicesOf(row, before, purchased, today),
  ]
  let place = 0
  return slices.map(({ time, seats: size }) => {
    const own = seats.slice(place, place + size)
    place += size
    return { time, ...together(own) }
  })
}

/** Of one license: how many purchased seats are not in use, and how many seats are to be given up. */
export interface SeatsToDrop {
  readonly unassigned: number
  readonly removable: number
}

/** What is saved of one license. */
export interface SavedOfLicense {
  readonly unassigned: readonly SavedSeats[]
  readonly removable: readonly SavedSeats[]
}

/**
 * What it saves to do without some seats of a license, by time: first those that are not in use, then those beyond what was
 * purchased, then the others. Packs are bought whole, so that the last seat of a pack saves all of it. `today`: `2026-01-31`.
 */
export const savedOfLicense = (
  row: LicenseRow,
  { unassigned, removable }: SeatsToDrop,
  costs: SeatCosts,
  today: string,
): SavedOfLicense => {
  const inUse = leastOf(seatsInUse(row)) ?? removable
  const purchased = row.purchased.kind === 'known' ? row.purchased.value : inUse
  const free = slicesOf(row, 0, unassigned, today).reduce<{ saved: readonly SavedSeats[]; left: number }>(
    ({ saved, left }, { time, seats }) => ({
      saved: [...saved, { time, seats: known(seats), cost: costs.ofDifference(row, left, left - seats) }],
      left: left - seats,
    }),
    { saved: [], left: purchased },
  )
  const costOf = (left: number): SeatsAndCost => ({
    seats: known(1),
    cost: holderIsSeat(row.metric) ? costs.ofDifference(row, left, left - 1) : SHARED,
  })
  const { beyond } = givenUp(row, removable)
  const given = Array.from({ length: removable }, (_, place) =>
    place < beyond ? costOf(inUse - place) : costOf(free.left - (place - beyond)),
  )
  return { unassigned: free.saved, removable: savedSeats(row, given, { today, before: unassigned }) }
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
    open.flatMap(({ removals = [] }) =>
      removals.map((seat) => [JSON.stringify([seat.provider, seat.userId, seat.licenseId]), seat] as const),
    ),
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

/** What could be saved by acting on these findings. Accepted ones are left out. `generatedAt`: when the report was made. */
export const savingsOf = (
  findings: readonly Finding[],
  rows: readonly LicenseRow[],
  costs: SeatCosts,
  generatedAt: string,
): Savings => {
  const today = generatedAt.slice(0, 'YYYY-MM-DD'.length)
  const dropOf = seatsToDrop(findings)
  const saved = rows.map((row) => savedOfLicense(row, dropOf(row), costs, today))
  return {
    removable: savingOf(saved.flatMap(({ removable }) => removable)),
    unassigned: savingOf(saved.flatMap(({ unassigned }) => unassigned)),
  }
}

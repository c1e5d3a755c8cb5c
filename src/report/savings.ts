import { known, leastOf } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { sumOfCosts } from './cost/cost-tally.ts'
import type { SeatCosts } from './cost/seat-costs.ts'
import { sumOfSeats } from './findings/finding-groups.ts'
import type { Finding, LicenseRow, RemovableSeat, Saving, Savings, SeatsAndCost } from './license-report.ts'
import { type HeldSeats, seatsInUse } from './seats.ts'

/** When it costs less to do without a seat. */
export type SavingTime =
  /** It is in use beyond those that were purchased. */
  | { readonly kind: 'now' }
  /** It was purchased until this day, as `2026-12-31`. */
  | { readonly kind: 'atRenewal'; readonly end: string }
  /** It was purchased for a time that is not known. */
  | { readonly kind: 'untold' }

/** What tells by when seats of a license save something. */
export type SavingLicense = HeldSeats & Pick<LicenseRow, 'purchased' | 'consumedFrom' | 'term'>

/**
 * Seats in use beyond those that were purchased. Where seats in use are counted from a bill, a seat that no user has used is
 * not among them, and costs nothing beyond what was purchased.
 */
const seatsBeyond = (row: SavingLicense): number => {
  const { purchased, consumedFrom } = row
  if (purchased.kind !== 'known' || consumedFrom !== undefined) return 0
  return Math.max(0, (leastOf(seatsInUse(row)) ?? 0) - purchased.value)
}

const timeOfPurchased = ({ term }: Pick<LicenseRow, 'term'>): SavingTime =>
  term?.end === undefined ? { kind: 'untold' } : { kind: 'atRenewal', end: term.end }

/** Some seats of one license that it costs less to do without from one time on. */
export interface SavedSeats extends SeatsAndCost {
  readonly time: SavingTime
}

/**
 * The seats of one license that it is done without, by time: those beyond what was purchased first, as they are what is given
 * up first. `costs`: what each of them costs a month, dearest first.
 */
export const savedSeats = (row: SavingLicense, seats: readonly SeatsAndCost[]): readonly SavedSeats[] => {
  const beyond = Math.min(seatsBeyond(row), seats.length)
  const parts = [
    { time: { kind: 'now' } as const, seats: seats.slice(0, beyond) },
    { time: timeOfPurchased(row), seats: seats.slice(beyond) },
  ]
  return parts
    .filter((part) => part.seats.length > 0)
    .map(({ time, seats }) => ({
      time,
      seats: sumOfSeats(seats),
      cost: sumOfCosts(seats.map(({ cost }) => cost)),
    }))
}

const NO_SEATS: SeatsAndCost = { seats: known(0), cost: { kind: 'notApplicable' } }

const together = (parts: readonly SeatsAndCost[]): SeatsAndCost =>
  parts.length === 0 ? NO_SEATS : { seats: sumOfSeats(parts), cost: sumOfCosts(parts.map(({ cost }) => cost)) }

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

/** What could be saved by acting on these findings. Accepted ones are left out. */
export const savingsOf = (findings: readonly Finding[], rows: readonly LicenseRow[], costs: SeatCosts): Savings => {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const removable = new Map(
    open.flatMap(({ removals = [] }) =>
      removals.map((seat) => [JSON.stringify([seat.provider, seat.userId, seat.licenseId]), seat] as const),
    ),
  )
  const byLicense = groupedBy([...removable.values()], keyOf)
  const unassigned = new Map(
    open.flatMap((finding) => {
      const { rule, provider, licenseId } = finding
      return rule === 'unassigned-seats' && licenseId !== undefined
        ? [[keyOf({ provider, licenseId }), finding] as const]
        : []
    }),
  )
  const ofRow = (row: LicenseRow): readonly SavedSeats[] =>
    savedSeats(
      row,
      (byLicense.get(keyOf({ provider: row.provider, licenseId: row.id })) ?? []).map(
        ({ provider, licenseId, userId }) => ({
          seats: known(1),
          cost: costs.ofHolder(provider, licenseId, userId),
        }),
      ),
    )
  const free = (row: LicenseRow): readonly SavedSeats[] => {
    const found = unassigned.get(keyOf({ provider: row.provider, licenseId: row.id }))
    return found === undefined ? [] : [{ time: timeOfPurchased(row), seats: found.seats, cost: found.cost }]
  }
  return { removable: savingOf(rows.flatMap(ofRow)), unassigned: savingOf(rows.flatMap(free)) }
}

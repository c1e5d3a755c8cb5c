import { type Count, known, leastOf, notApplicable, unknown } from '../../model/count.ts'
import { dayBefore } from '../../model/moment.ts'
import { noticeDayOf, type Term } from '../../model/purchase.ts'
import { quantity } from '../../model/quantity.ts'
import { leastCost, sumOfCosts, unknownCost } from '../cost/cost-tally.ts'
import type { Cost, Finding, LicenseRow } from '../license-report.ts'
import { type SavedSeats, type SeatsToDrop, savedOfLicense, seatsToDrop } from '../savings.ts'
import { holderIsSeat, seatsInUse } from '../seats.ts'
import { endOfTerm, termsOf } from '../terms.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, type KnownProvider, mergeResults, type RuleResult, single } from './finding-context.ts'
import { sumOfSeats } from './finding-groups.ts'
import { originEvidence } from './origin-evidence.ts'

const RULE = 'renewal-due'
const DAY_MS = 24 * 60 * 60 * 1_000
const SET_TERM = 'in "licenses" of the configuration'

/** A term that ends soon, or whose renewal must be canceled soon. */
interface DueTerm {
  readonly term: Term
  readonly end: string
  /** The last day on which the renewal can be canceled; undefined where the notice is not known. */
  readonly cancelBy: string | undefined
}

/** `days`: so many days before it must be canceled, or before its end, it is due. Today is a day such as `2026-01-31`. */
const dueTerm = (term: Term, days: number, today: string): readonly DueTerm[] => {
  const end = endOfTerm(term)
  if (end === undefined || end < today) return []
  const cancelBy = noticeDayOf(term)
  const from = dayBefore(cancelBy ?? end, days) ?? ''
  return today >= from ? [{ term, end, cancelBy }] : []
}

/** What could be dropped with the renewal, and what that saves a month. */
interface Droppable {
  readonly seats: Count
  readonly cost: Cost
}

/** Why more or fewer seats may be dropped than are known; undefined if all is known. */
const doubtOf = (row: LicenseRow, untold: readonly SavedSeats[]): string | undefined => {
  const { metric, purchased, available } = row
  if (purchased.kind === 'unknown') return `purchased seats: ${purchased.reason}`
  if (!holderIsSeat(metric)) return `the license is ${metric}: what is free now may be needed in the next hour`
  if (available.kind === 'unknown') return `seats in use: ${available.reason}`
  return untold.length > 0 ? 'it is not known which of its seats were bought for this term' : undefined
}

const droppableOf = (row: LicenseRow, due: readonly DueTerm[], saved: readonly SavedSeats[]): Droppable => {
  if (row.purchased.kind === 'unlimited') return { seats: notApplicable, cost: notApplicable }
  const ends = new Set(due.map(({ end }) => end))
  const certain = saved.filter(({ time }) => time.kind === 'atRenewal' && ends.has(time.end))
  const doubt = doubtOf(
    row,
    saved.filter(({ time }) => time.kind === 'untold'),
  )
  const seats = certain.length === 0 ? 0 : (leastOf(sumOfSeats(certain)) ?? 0)
  const cost = sumOfCosts(certain.map((part) => part.cost))
  if (doubt === undefined) return { seats: known(seats), cost }
  return {
    seats: unknown(doubt, seats === 0 ? undefined : seats),
    cost: cost.kind === 'notApplicable' ? unknownCost(doubt) : leastCost(cost, doubt),
  }
}

const cancelText = ({ cancelBy }: DueTerm, today: string): string => {
  if (cancelBy === undefined) return 'by when the renewal must be canceled is not known'
  return cancelBy < today ? `the renewal could be canceled until ${cancelBy}` : `cancel the renewal by ${cancelBy}`
}

const seatsText = (seats: Count): string => {
  const least = leastOf(seats) ?? 0
  if (seats.kind === 'notApplicable') return 'it is unlimited'
  if (seats.kind === 'known') return least === 0 ? 'no seat is free' : `${quantity(least, 'seat')} could be dropped`
  return least === 0
    ? 'how many seats could be dropped is not known'
    : `at least ${quantity(least, 'seat')} could be dropped`
}

const daysBetween = (one: string, other: string): number => Math.round((Date.parse(other) - Date.parse(one)) / DAY_MS)

interface Judged {
  readonly row: LicenseRow
  readonly due: readonly DueTerm[]
  /** The last day of a term that is over. */
  readonly ended: string | undefined
  /** What a term has as its end, which is no day. */
  readonly noDay: string | undefined
  readonly isUntold: boolean
}

type DropOf = (row: LicenseRow) => SeatsToDrop

const judge = (row: LicenseRow, days: number, today: string): Judged => {
  const terms = termsOf(row).map(({ term }) => term)
  const ends = terms.map(endOfTerm)
  return {
    row,
    due: terms.flatMap((term) => dueTerm(term, days, today)),
    ended: ends.find((end) => end !== undefined && end < today),
    noDay: terms.map(({ end }) => end).find((end) => end !== undefined && !ends.includes(end)),
    isUntold: !terms.some(({ end }) => end !== undefined),
  }
}

const findingOf = (
  { row, due: [first, ...others] }: Judged,
  { costs, labels }: FindingContext,
  dropOf: DropOf,
  today: string,
): readonly Finding[] => {
  if (first === undefined) return []
  const { provider, id: licenseId, purchased } = row
  const drop = dropOf(row)
  const { unassigned, removable, keptFree } = savedOfLicense(row, drop, costs, today)
  const { seats, cost } = droppableOf(row, [first, ...others], [...unassigned, ...removable])
  const inUse = seatsInUse(row)
  const { term, end, cancelBy } = first
  return [
    createFinding({
      rule: RULE,
      message: `${labels.labelOf(provider, licenseId)}: its term ends on ${end}; ${cancelText(first, today)}; ${seatsText(seats)}`,
      provider,
      licenseId,
      evidence: {
        ...(term.start === undefined ? {} : { termStart: term.start }),
        termEnd: end,
        daysLeft: daysBetween(today, end),
        ...(cancelBy === undefined ? {} : { cancelBy }),
        ...(purchased.kind === 'known' ? { purchased: purchased.value } : {}),
        ...(inUse.kind === 'known' ? { inUse: inUse.value } : {}),
        unassigned: drop.unassigned,
        removable: drop.removable,
        ...(keptFree === 0 ? {} : { keptFree }),
        ...originEvidence(row),
      },
      seats,
      cost,
    }),
  ]
}

const ofProvider = (
  { id: provider, licenses, licensesGap }: KnownProvider,
  context: FindingContext,
  dropOf: DropOf,
): RuleResult => {
  const today = new Date(context.now).toISOString().slice(0, 'YYYY-MM-DD'.length)
  const judged = licenses
    // What costs nothing needs no renewal.
    .filter(({ defined, row }) => defined && row.purchased.kind !== 'notApplicable')
    .map(({ row }) => judge(row, context.renewalDays, today))
  const untold = judged.filter(({ isUntold }) => isUntold).length
  return {
    groups: judged.flatMap((one) => findingOf(one, context, dropOf, today)).map(single),
    abstentions: [
      ...abstain(
        RULE,
        { provider },
        licensesGap,
        untold > 0
          ? `the end of the term of ${quantity(untold, 'license')} is not known; set "term" of each ${SET_TERM}`
          : undefined,
      ),
      ...judged.flatMap(({ row, ended, noDay }) =>
        abstain(
          RULE,
          { provider, licenseId: row.id },
          ended === undefined
            ? undefined
            : `its term ended on ${ended}, and whether it was renewed is not known; set "term" ${SET_TERM}`,
          noDay === undefined
            ? undefined
            : `its term ends on ${JSON.stringify(noDay)}, which is no day; set "term" ${SET_TERM}`,
        ),
      ),
    ],
  }
}

/**
 * Licenses whose renewal is to be decided on: the last day to cancel it, or where no notice is known, the end of the term, comes
 * within so many days. `found`: what the other rules have found; what nothing accepts says which seats could be dropped.
 */
export const renewalDue = (context: FindingContext, found: readonly Finding[]): RuleResult => {
  const dropOf = seatsToDrop(found)
  return mergeResults(context.providers.map((provider) => ofProvider(provider, context, dropOf)))
}

import { quantity } from '../../model/quantity.ts'
import type { Plan, PlannedSaving } from '../../plan/index.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost, SeatsAndCost } from '../../report/license-report.ts'
import { costText, monthlyText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'

const isNone = ({ seats }: SeatsAndCost): boolean =>
  seats.kind === 'notApplicable' || (seats.kind === 'known' && seats.value === 0)

/** `3 seats, EUR 330.00 per month`. */
const partText = ({ seats, cost }: SeatsAndCost): string => {
  const some = seats.kind === 'known' ? quantity(seats.value, 'seat') : `${countText(seats)} seats`
  return `${some}, ${knownOf(cost).length === 0 ? 'cost unknown' : monthlyText(cost)}`
}

const untilText = (cost: Cost | undefined): string => {
  if (cost === undefined) return ''
  if (knownOf(cost).length > 0) return `; ${costText(cost)} until the end of the term`
  return cost.kind === 'unknown' ? `; until the end of the term: unknown: ${cost.reason}` : ''
}

const renewalText = ({ firstEnd, lastEnd }: PlannedSaving['atRenewal']): string => {
  if (firstEnd === undefined || lastEnd === undefined) return 'at the renewal'
  return firstEnd === lastEnd ? `at the renewal after ${firstEnd}` : `at the renewals after ${firstEnd} to ${lastEnd}`
}

/** Seats that are taken away and cost something. Undefined where there are no prices. */
const pricedSeats = ({ cost, changes }: Plan): number | undefined => {
  if (cost === undefined) return undefined
  const priced = new Set(cost.licenses.flatMap((one) => (one.cost.kind === 'notApplicable' ? [] : [one.id])))
  return changes.filter(({ action, licenseId }) => action === 'remove' && priced.has(licenseId)).length
}

const NO_FEWER = 'no fewer need to be purchased without them'

/** What a plan saves a month, and by when: one line for each part. */
export const savingLines = (saving: PlannedSaving, plan: Plan): readonly string[] => {
  const { now, atRenewal, untold, untilTermEnd, cost, seats } = saving
  const why = cost.kind === 'unknown' ? `: ${cost.reason}` : ''
  const parts: readonly (readonly [when: string, part: SeatsAndCost, more: string])[] = [
    ['at once', now, untilText(untilTermEnd)],
    [renewalText(atRenewal), atRenewal, ', if so many fewer are renewed'],
    ['when fewer are purchased (no term is known)', untold, ''],
  ]
  const priced = pricedSeats(plan)
  if (seats.kind === 'known' && seats.value === 0) return [`Saves: nothing, as ${NO_FEWER}`]
  const others = seats.kind === 'known' && priced !== undefined ? priced - seats.value : 0
  return [
    `Saves: ${partText(saving)}${why}`,
    ...parts.flatMap(([when, part, more]) => (isNone(part) ? [] : [`  ${when}: ${partText(part)}${more}`])),
    ...(others > 0 ? [`  the other ${quantity(others, 'seat')}: nothing, as ${NO_FEWER}`] : []),
  ]
}

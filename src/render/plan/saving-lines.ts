import { quantity } from '../../model/quantity.ts'
import type { PlannedSaving } from '../../plan/index.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost, SeatsAndCost } from '../../report/license-report.ts'
import { costText, monthlyText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'

const isNone = ({ seats }: SeatsAndCost): boolean =>
  seats.kind === 'notApplicable' || (seats.kind === 'known' && seats.value === 0)

const seatsText = ({ seats }: SeatsAndCost): string =>
  seats.kind === 'known' ? quantity(seats.value, 'seat') : `${countText(seats)} seats`

/** Why no amount is known, or not all of it: after the amount. */
const whyUnknown = (cost: Cost): string => (cost.kind === 'unknown' ? `: ${cost.reason}` : '')

const amountOf = (cost: Cost): string =>
  knownOf(cost).length === 0 ? `cost unknown${whyUnknown(cost)}` : monthlyText(cost)

const untilText = (cost: Cost | undefined): string => {
  if (cost === undefined) return ''
  return knownOf(cost).length === 0
    ? `; unknown until the end of the term${whyUnknown(cost)}`
    : `; ${costText(cost)} until the end of the term`
}

const renewalText = ({ firstEnd, lastEnd }: PlannedSaving['atRenewal']): string => {
  if (firstEnd === undefined || lastEnd === undefined) return 'at the renewal'
  return firstEnd === lastEnd ? `at the renewal after ${firstEnd}` : `at the renewals after ${firstEnd} to ${lastEnd}`
}

/** What a plan saves a month, and by when: one line for each part. */
export const savingLines = (saving: PlannedSaving): readonly string[] => {
  const { now, atRenewal, untold, untilTermEnd, cost } = saving
  return [
    `Saves: ${seatsText(saving)}, ${amountOf(cost)}`,
    ...(isNone(now) ? [] : [`  at once: ${seatsText(now)}, ${amountOf(now.cost)}${untilText(untilTermEnd)}`]),
    ...(isNone(atRenewal)
      ? []
      : [
          `  ${renewalText(atRenewal)}: ${seatsText(atRenewal)}, ${amountOf(atRenewal.cost)}, if so many fewer are renewed`,
        ]),
    ...(isNone(untold)
      ? []
      : [`  once fewer are purchased, when is unknown: ${seatsText(untold)}, ${amountOf(untold.cost)}`]),
  ]
}

import { monthlyText } from '../../text/cost-text.ts'
import { countText } from '../../text/count-text.ts'
import type { Stake } from '../grids/finding-summary.ts'

const seatsTexts = ({ seats }: Stake): readonly string[] => {
  if (seats.kind === 'notApplicable') return []
  if (seats.kind === 'unknown' && seats.atLeast === undefined) return ['seats unknown']
  return [`${countText(seats)} ${seats.kind === 'known' && seats.value === 1 ? 'seat' : 'seats'}`]
}

const costTexts = ({ cost }: Stake): readonly string[] => {
  if (cost.kind === 'notApplicable') return []
  return [cost.kind === 'unknown' && cost.atLeast === undefined ? 'cost unknown' : monthlyText(cost)]
}

/** `12 seats` and `EUR 120.00 per month`; nothing for what does not apply. */
export const stakeTexts = (stake: Stake): readonly string[] => [...seatsTexts(stake), ...costTexts(stake)]

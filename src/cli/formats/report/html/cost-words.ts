import type { Cost } from '../../../../report/license-report.ts'
import { costText } from '../../../output/cost-text.ts'

/** A cost for people: what is not known at all is said in a word. */
export const costWords = (cost: Cost): string => {
  const text = costText(cost)
  return text === '?' ? 'unknown' : text
}

import { knownOf } from '../../../report/cost/cost-tally.ts'
import type { Cost } from '../../../report/license-report.ts'
import { costText } from '../../text/cost-text.ts'

/** A cost for people: what is not known at all is said in a word. */
export const costWords = (cost: Cost): string => {
  const text = costText(cost)
  return text === '?' ? 'unknown' : text
}

/** The same in parts of which none should be broken: `≥ EUR 110.00` and `+ USD 20.00`. */
export const costParts = (cost: Cost): readonly string[] => {
  const [first, ...others] = knownOf(cost)
  if (first === undefined) return [costWords(cost)]
  return [
    costText(cost.kind === 'unknown' ? { ...cost, atLeast: [first] } : { kind: 'known', amounts: [first] }),
    ...others.map((money) => `+ ${costText({ kind: 'known', amounts: [money] })}`),
  ]
}

import { groupedBy } from '../../model/grouped-by.ts'
import { quantity } from '../../model/quantity.ts'
import { isLostForGood, type Plan } from '../../plan/index.ts'

/** What taking a plan back does not bring back, one line for each kind: the first one, and how many there are like it. */
export const doesNotComeBack = ({ warnings }: Plan): readonly string[] =>
  [...groupedBy(warnings.filter(isLostForGood), ({ rule }) => rule).values()].map(([{ message, rule }, ...alike]) => {
    const more = alike.length === 0 ? '' : `, and ${quantity(alike.length, 'more like it', 'more like it')}`
    return `${message}${more} (${rule})`
  })

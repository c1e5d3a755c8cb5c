import { isLostForGood, type Plan } from '../../index.ts'
import { Values } from '../../provider-kit/index.ts'
import { quantity } from '../../render/index.ts'

/** What taking a plan back does not bring back, one line for each kind: the first one, and how many there are like it. */
export const doesNotComeBack = ({ warnings }: Plan): readonly string[] =>
  [...Values.groupedBy(warnings.filter(isLostForGood), ({ rule }) => rule).values()].map(
    ([{ message, rule }, ...alike]) => {
      const more = alike.length === 0 ? '' : `, and ${quantity(alike.length, 'more like it', 'more like it')}`
      return `${message}${more} (${rule})`
    },
  )

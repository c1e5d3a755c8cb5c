import type { Capacity } from '../../model/count.ts'
import { numberText } from '../../model/quantity.ts'

const plainNumber = String

/** A count for people, without its reason: `5`, `≥ 5`, `unknown`, `unlimited`, `–`. */
export const countText = (count: Capacity, format: (value: number) => string = numberText): string => {
  switch (count.kind) {
    case 'known':
      return format(count.value)
    case 'unknown':
      return count.atLeast === undefined ? 'unknown' : `≥ ${format(count.atLeast)}`
    case 'unlimited':
      return 'unlimited'
    case 'notApplicable':
      return '–'
  }
}

/** What something was and is, or will be: `10 → 12`; once where both texts are the same. */
export const beforeAfterText = (before: string, after: string): string =>
  before === after ? after : `${before} → ${after}`

/**
 * A count as two cells for machines, value and note. The value is a number, `unlimited`, or empty; where it is empty the
 * note says why: `not applicable`, `unknown: <reason>` or `unknown, at least <n>: <reason>`.
 */
export const countCells = (count: Capacity): readonly [value: string, note: string] => {
  switch (count.kind) {
    case 'known':
      return [plainNumber(count.value), '']
    case 'unlimited':
      return ['unlimited', '']
    case 'notApplicable':
      return ['', 'not applicable']
    case 'unknown': {
      const bound = count.atLeast === undefined ? '' : `, at least ${plainNumber(count.atLeast)}`
      return ['', `unknown${bound}: ${count.reason}`]
    }
  }
}

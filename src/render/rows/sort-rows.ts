import type { Capacity } from '../../model/count.ts'
import type { Money } from '../../report/license-report.ts'
import type { Cell } from '../grid/grid.ts'

/** What a cell is sorted by; undefined where it is unknown or empty. */
type SortKey = number | string | Money | undefined

const keyOfCount = (count: Capacity): SortKey => {
  if (count.kind === 'known') return count.value
  return count.kind === 'unlimited' ? Number.POSITIVE_INFINITY : undefined
}

export const sortKeyOf = (cell: Cell): SortKey => {
  if (typeof cell === 'number') return cell
  if (typeof cell === 'string') return cell === '' ? undefined : cell
  if ('count' in cell) return keyOfCount(cell.count)
  if ('part' in cell) return keyOfCount(cell.part)
  if ('cost' in cell) return cell.cost.kind === 'known' ? cell.cost.amounts[0] : undefined
  return 'text' in cell ? cell.text : cell.time
}

let collator: Intl.Collator | undefined

/** The collator is made when it is first needed: most rows are not sorted. */
const compareTexts = (one: string, other: string): number => {
  collator ??= new Intl.Collator('en', { numeric: true })
  return collator.compare(one, other)
}

const compareKnown = (one: Exclude<SortKey, undefined>, other: Exclude<SortKey, undefined>): number => {
  if (typeof one === 'object' && typeof other === 'object') {
    return compareTexts(one.currency, other.currency) || one.amount - other.amount
  }
  if (typeof one === 'number' && typeof other === 'number') return one === other ? 0 : one - other
  return compareTexts(String(one), String(other))
}

/** The order of two keys of one column. What is unknown comes last, whichever way it is sorted. */
export const compareKeys = (one: SortKey, other: SortKey, isDescending: boolean): number => {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  const order = compareKnown(one, other)
  return isDescending ? -order : order
}

import { numberText } from '../../model/quantity.ts'
import { timeTextIn } from '../../model/time-text.ts'
import type { Footnotes } from '../footnotes.ts'
import { costText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { percentText } from '../utilization-bar.ts'
import type { Cell } from './grid.ts'

const reasonOf = (value: { readonly kind: string; readonly reason?: string }): string | undefined =>
  value.kind === 'unknown' ? value.reason : undefined

const valueText = (cell: Exclude<Cell, string | number | { readonly time: string }>): string => {
  if ('cost' in cell) return costText(cell.cost)
  return 'count' in cell ? countText(cell.count) : countText(cell.part, percentText)
}

const timeInUtc = timeTextIn()

/** A cell for people, with a mark where there is a reason. `foreign` makes foreign text fit to be shown. */
export const cellText = (
  cell: Cell,
  notes: Footnotes,
  foreign: (text: string) => string,
  timeOf: (iso: string) => string = timeInUtc,
): string => {
  if (typeof cell === 'string') return foreign(cell)
  if (typeof cell === 'number') return numberText(cell)
  if ('time' in cell) return foreign(timeOf(cell.time))
  const reason = reasonOf('cost' in cell ? cell.cost : 'count' in cell ? cell.count : cell.part)
  const marks = [reason, 'note' in cell ? cell.note : undefined].flatMap((text) =>
    text === undefined ? [] : notes.mark(text),
  )
  return `${valueText(cell)}${marks.join('')}`
}

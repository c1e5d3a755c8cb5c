import { numberText } from '../../model/quantity.ts'
import { timeTextIn } from '../../model/time-text.ts'
import type { Footnotes } from '../footnotes.ts'
import { costText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { percentText } from '../utilization-bar.ts'
import { type Cell, type Marked, noteOf } from './grid.ts'

const valueText = (cell: Exclude<Marked, { readonly text: string }>): string => {
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
  const note = noteOf(cell)
  return `${'text' in cell ? foreign(cell.text) : valueText(cell)}${note === undefined ? '' : notes.mark(note)}`
}

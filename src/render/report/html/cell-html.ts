import { type Cell, notesOf } from '../../grid/grid.ts'
import { type Html, html, name } from '../../page/html.ts'
import { percentText } from '../../utilization-bar.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { PageNotes } from './page-notes.ts'
import { utilizationChart, utilizationClass } from './utilization-chart.ts'

const marked = (cell: Parameters<typeof notesOf>[0], notes: PageNotes): Html | undefined => {
  const reasons = notesOf(cell)
  return reasons.length === 0 ? undefined : notes.mark(...reasons)
}

/** What a cell is on a page. */
export const contentOf = (cell: Cell, notes: PageNotes): Html => {
  if (typeof cell !== 'object') return html`${cell === '' ? '–' : cell}`
  if ('part' in cell) {
    const marks = (cell.notes ?? []).map((note) => notes.mark(note))
    return html`<span class="gauge">${utilizationChart(cell)}<span class="${utilizationClass(cell)}">${countHtml(cell.part, notes, percentText)}${marks}</span></span>`
  }
  if ('cost' in cell) return costHtml(cell.cost, notes)
  if ('time' in cell) return html`${cell.time}`
  if ('text' in cell) return html`${name(cell.text)}${marked(cell, notes)}`
  const { count } = cell
  if (count.kind === 'unknown') return countHtml(count, { mark: () => marked(cell, notes) ?? html`` })
  return html`${countHtml(count, notes)}${marked(cell, notes)}`
}

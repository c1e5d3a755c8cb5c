import type { LicenseReport } from '../../../report/license-report.ts'
import { type Cell, gridFor } from '../../grid/grid.ts'
import { noteOf } from '../../grid/grid-text.ts'
import { type Html, html, name } from '../../page/html.ts'
import { hasPurchases, purchaseGrid } from '../grids/purchase-grid.ts'
import { countHtml } from './count-html.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

/** Here, there is room for what a table has notes for. */
const contentOf = (cell: Cell, notes: PageNotes): Html => {
  if (typeof cell !== 'object') return name(String(cell))
  if ('text' in cell) {
    const note = noteOf(cell)
    return html`${name(cell.text)}${note === undefined ? undefined : html`<small>${name(note)}</small>`}`
  }
  return 'count' in cell ? countHtml(cell.count, notes) : html``
}

/** What contracts, bills and files say, product by product. Absent where there is nothing of that kind. */
export const purchaseSection = (report: LicenseReport): Html | undefined => {
  if (!hasPurchases(report)) return undefined
  const notes = createPageNotes('purchases')
  const { columns, rows } = gridFor('people', purchaseGrid(report))
  const classOf = (place: number) => (columns[place]?.holds === 'count' ? 'number' : '')
  const headings = columns.map(({ heading }, place) => html`<th scope="col" class="${classOf(place)}">${heading}</th>`)
  const lines = Array.from(
    rows,
    (row) =>
      html`<tr>${row.map((cell, place) => html`<td class="${classOf(place)}">${contentOf(cell, notes)}</td>`)}</tr>`,
  )
  return html`<section id="purchases" aria-labelledby="purchases-heading"><h2 id="purchases-heading">Purchases</h2><div class="card">
<p class="muted">What contracts, bills and files say. A product without a license is mapped to none.</p>
<div class="scroll" tabindex="0" role="region" aria-label="What was bought"><table class="plain">
<thead><tr>${headings}</tr></thead>
<tbody>${lines}</tbody></table></div>${notes.list()}</div></section>`
}

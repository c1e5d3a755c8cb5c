import { type GridColumn, gridFor } from '../../grid/grid.ts'
import { type Html, html } from '../../page/html.ts'
import type { ReportRows } from '../rows/report-rows.ts'
import { contentOf } from './cell-html.ts'
import { createPageNotes } from './page-notes.ts'

const classOf = ({ holds }: GridColumn): string => (holds === 'text' || holds === 'time' ? '' : 'number')

/** The rows that are asked for, and what was left out. */
export const rowSection = ({ grid, title, told }: ReportRows): Html => {
  const { columns, rows } = gridFor('people', grid)
  const notes = createPageNotes('rows')
  const body = Array.from(
    rows,
    (cells) =>
      html`<tr role="row">${columns.map((column, place) => html`<td role="cell" class="${classOf(column)}" data-heading="${column.heading}">${contentOf(cells[place] ?? '', notes)}</td>`)}</tr>`,
  )
  return html`<section id="rows" aria-labelledby="rows-heading"><h2 id="rows-heading">${title}</h2>
<div class="card alert" id="filter">${told.map((line) => html`<p>${line}</p>`)}</div>
<div class="card scroll" role="region" aria-label="Table of ${title.toLowerCase()}" tabindex="0"><table role="table" class="rows" aria-label="${title}">
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th role="columnheader" scope="col" class="${classOf(column)}">${column.heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${body}</tbody></table>
${notes.list()}</div></section>`
}

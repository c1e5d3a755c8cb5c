import type { LicenseReport } from '../../../report/license-report.ts'
import { type Cell, type GridColumn, gridFor, notesOf, withoutEmptyColumns } from '../../grid/grid.ts'
import { type Html, html, name } from '../../page/html.ts'
import { hasPurchases, purchaseGrid } from '../grids/purchase-grid.ts'
import { countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

const contentOf = (cell: Cell, { key }: Pick<GridColumn, 'key'>, names: Names, notes: PageNotes): Html => {
  if (typeof cell !== 'object') return name(key === 'provider' ? names.provider(String(cell)) : String(cell))
  if ('text' in cell) {
    const reasons = notesOf(cell)
    return html`${name(cell.text)}${reasons.length === 0 ? undefined : notes.mark(...reasons)}`
  }
  return 'count' in cell ? countHtml(cell.count, notes) : html``
}

const classOf = ({ key, holds }: GridColumn): string =>
  holds === 'count' ? 'number' : key === 'term' ? 'day' : key === 'sku' ? 'words product' : 'words'

/** What contracts, bills and files say, product by product. Absent where there is nothing of that kind. */
export const purchaseSection = (report: LicenseReport, names: Names): Html | undefined => {
  if (!hasPurchases(report)) return undefined
  const notes = createPageNotes('purchases')
  const { columns, rows } = withoutEmptyColumns(gridFor('people', purchaseGrid(report)))
  const placeOf = (key: string): number => columns.findIndex((column) => column.key === key)
  const [sku, named, license] = [placeOf('sku'), placeOf('name'), placeOf('license')]
  // A product is called by its key, and below that by its name, as a page has less room than a workbook.
  const shown = columns.filter((_, place) => place !== named || sku < 0)
  const nameOf = (row: readonly Cell[]): Html | undefined => {
    const text = String(row[named] ?? '')
    return text === '' || text === row[license] ? undefined : html`<small>${name(text)}</small>`
  }
  const cells = (row: readonly Cell[]): readonly Html[] =>
    shown.map((column) => {
      const place = columns.indexOf(column)
      const below = place === sku ? nameOf(row) : undefined
      return html`<td class="${classOf(column)}" data-heading="${column.heading}"><div>${contentOf(row[place] ?? '', column, names, notes)}${below}</div></td>`
    })
  const headings = shown.map((column) => html`<th scope="col" class="${classOf(column)}">${column.heading}</th>`)
  const lines = Array.from(rows, (row) => html`<tr>${cells(row)}</tr>`)
  return html`<section id="purchases" aria-labelledby="purchases-heading"><h2 id="purchases-heading">Purchases</h2><div class="card">
<p class="muted">What contracts, bills and files say. A product without a license is mapped to none.</p>
<div class="scroll" tabindex="0" role="region" aria-label="What was bought"><table class="plain cards">
<thead><tr>${headings}</tr></thead>
<tbody>${lines}</tbody></table></div>${notes.list()}</div></section>`
}

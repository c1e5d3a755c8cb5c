import { groupedBy } from '../../../model/grouped-by.ts'
import { quantity } from '../../../model/quantity.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../../report/license-report.ts'
import { costColumn } from '../../grid/grid.ts'
import { type Html, html, name } from '../../page/html.ts'
import { percentText } from '../../utilization-bar.ts'
import { type SeatCell, seatCells, seatColumns } from '../grids/pool-grid.ts'
import { costHtml, countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'
import { utilizationChart, utilizationClass } from './utilization-chart.ts'

/** The product code and the metric of a license, where they matter. */
const factsOf = ({ productCode, metric }: LicenseRow): string =>
  [productCode, metric === 'named' || metric === 'unknown' ? undefined : `${metric} use`]
    .filter((fact) => fact !== undefined)
    .join(' · ')

const cell = (heading: string, content: Html, className = ''): Html =>
  html`<td role="cell" class="number ${className}" data-heading="${heading}">${content}</td>`

const seatsHtml = ({ count, note }: SeatCell, notes: PageNotes): Html =>
  html`${countHtml(count, notes)}${note === undefined ? '' : notes.mark(note)}`

/** Of one provider, before the user asks for all. Without scripts, all are there. */
const ROWS_AT_FIRST = 40

/** With its place among all licenses of the report. */
type NumberedRow = readonly [row: LicenseRow, index: number]

interface Columns {
  readonly withCost: boolean
  /** The name leads to who holds the license. */
  readonly withHolders: boolean
}

const rowOf = ([row, index]: NumberedRow, place: number, columns: Columns, names: Names, notes: PageNotes): Html => {
  const facts = factsOf(row)
  const label = name(names.license(row.provider, row.id))
  const isOver = row.available.kind === 'known' && row.available.value < 0
  const seats = seatCells(row)
  return html`<tr role="row"${place < ROWS_AT_FIRST ? undefined : html` class="later"`}><th role="rowheader" scope="row">${columns.withHolders ? html`<a href="#people" data-holders="${index}">${label}</a>` : label}${
    facts === '' ? undefined : html`<small>${name(facts)}</small>`
  }</th><td role="cell" class="utilization" data-heading="Utilization"><span class="gauge">${utilizationChart(row.utilization)}<span class="${utilizationClass(row.utilization)}">${countHtml(row.utilization, notes, percentText)}</span></span></td>${[
    ...seatColumns.map(({ key, heading }) =>
      cell(heading, seatsHtml(seats[key], notes), key === 'available' && isOver ? 'level-over' : ''),
    ),
    ...(columns.withCost
      ? [cell(costColumn.heading, row.cost === undefined ? html`–` : costHtml(row.cost, notes), 'cost')]
      : []),
  ]}</tr>`
}

const statusHtml = ({ status }: ProviderReport): Html => html`<span class="status status-${status}">${status}</span>`

const tableOf = (provider: ProviderReport, cells: readonly Html[], columns: Columns, names: Names): Html => {
  const headings = [...seatColumns, ...(columns.withCost ? [costColumn] : [])].map(({ heading }) => heading)
  return html`<table role="table" class="licenses${columns.withCost ? ' priced' : ''}" aria-label="Licenses of ${names.provider(provider.id)}">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">License</th><th role="columnheader" scope="col" class="utilization">Utilization</th>${headings.map((heading) => html`<th role="columnheader" scope="col" class="number">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${cells}</tbody></table>`
}

const factsOfGroup = (provider: ProviderReport, licenses: number, notes: PageNotes): readonly Html[] => {
  const status = statusHtml(provider)
  const counted = html`<span>${quantity(licenses, 'license')}</span>`
  if (provider.status === 'failed') return licenses === 0 ? [status] : [status, counted]
  return [
    status,
    counted,
    html`<span>${countHtml(provider.licensedUsers, { mark: notes.plainMark })} licensed users</span>`,
  ]
}

interface Group {
  readonly provider: ProviderReport
  readonly place: number
  readonly rows: readonly NumberedRow[]
}

const groupOf = ({ provider, place, rows }: Group, columns: Columns, names: Names): Html => {
  const notes = createPageNotes(`licenses-${place}`)
  const facts = factsOfGroup(provider, rows.length, notes)
  const cells = rows.map((row, index) => rowOf(row, index, columns, names, notes))
  const nothing = provider.status === 'failed' ? 'Its licenses are unknown.' : 'No licenses.'
  return html`<details class="card group" open><summary><h3>${name(names.provider(provider.id))}</h3><span class="facts">${facts}</span></summary>
${rows.length === 0 ? html`<p>${nothing}</p>` : tableOf(provider, cells, columns, names)}
${notes.list()}</details>`
}

/** One group for each provider: purchased, in use, utilization, cost. */
export const licenseSection = ({ providers, licenses, users }: LicenseReport, names: Names): Html => {
  const columns = { withCost: licenses.some(({ cost }) => cost !== undefined), withHolders: users !== undefined }
  const numbered = licenses.map((row, index) => [row, index] as const)
  const byProvider = groupedBy(numbered, ([row]) => row.provider)
  const groups = providers.map((provider, place) =>
    groupOf({ provider, place: place + 1, rows: byProvider.get(provider.id) ?? [] }, columns, names),
  )
  return html`<section id="licenses" aria-labelledby="licenses-heading"><div class="section-head"><h2 id="licenses-heading">Licenses</h2>
<label class="search" id="license-search" hidden><span class="visually-hidden">Search licenses</span><input type="search" placeholder="Search licenses" autocomplete="off" spellcheck="false"></label></div>
<p role="status" id="license-matches"></p><p id="licenses-printed" hidden></p>
${groups}</section>`
}

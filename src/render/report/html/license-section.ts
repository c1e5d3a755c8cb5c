import type { Capacity } from '../../../model/count.ts'
import { groupedBy } from '../../../model/grouped-by.ts'
import { numberText, quantity } from '../../../model/quantity.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../../report/license-report.ts'
import { type Cell, type Grid, type GridColumn, gridFor } from '../../grid/grid.ts'
import { licenseColumns } from '../../license-columns.ts'
import { type Html, html, name } from '../../page/html.ts'
import { isFreeLicense } from '../free-license.ts'
import { poolGrid } from '../grids/pool-grid.ts'
import { currenciesOf } from '../shown-costs.ts'
import { contentOf } from './cell-html.ts'
import { costRanks } from './cost-data.ts'
import { countHtml } from './count-html.ts'
import type { Names } from './names.ts'
import { createPageNotes, type PageNotes } from './page-notes.ts'

/** The product code and the metric of a license, where they matter. */
const factsOf = ({ productCode, metric, boughtOnly }: LicenseRow): string =>
  [
    productCode,
    boughtOnly ? 'bought, mapped to no license' : undefined,
    metric === 'named' || metric === 'unknown' ? undefined : `${metric} use`,
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ')

const isOver = (cell: Cell): boolean =>
  typeof cell === 'object' && 'count' in cell && cell.count.kind === 'known' && cell.count.value < 0

/** What a column is sorted by. Nothing where it is not known: that comes last. */
type SortKey = string | number | undefined

const keyOfCount = (count: Capacity): SortKey => {
  if (count.kind === 'known') return count.value
  if (count.kind === 'unlimited') return Number.MAX_SAFE_INTEGER
  return count.kind === 'unknown' ? count.atLeast : undefined
}

const sortKeyOf = (cell: Cell, rankOf: RankOf): SortKey => {
  if (typeof cell !== 'object') return cell === '' ? undefined : cell
  if ('part' in cell) return keyOfCount(cell.part)
  if ('count' in cell) return keyOfCount(cell.count)
  if ('cost' in cell) return rankOf(cell.cost)
  return 'text' in cell ? cell.text : cell.time
}

type RankOf = ReturnType<typeof costRanks>

/** The class of a column, and that of its heading. */
const classOf = ({ key, holds }: GridColumn): string =>
  holds === 'part' ? key : holds === 'cost' ? `number ${key}` : 'number'

const cellHtml = (column: GridColumn, cell: Cell, notes: PageNotes, rankOf: RankOf): Html => {
  const key = sortKeyOf(cell, rankOf)
  return html`<td role="cell" class="${classOf(column)}${isOver(cell) ? ' level-over' : ''}" data-heading="${column.heading}"${key === undefined ? undefined : html` data-key="${key}"`}>${contentOf(cell, notes)}</td>`
}

/** Of one table, before the user asks for all. Without scripts, all are there. */
const ROWS_AT_FIRST = 40

/** With its place among all licenses of the report. */
type NumberedRow = readonly [row: LicenseRow, index: number]

/** Licenses of one provider, as every format has them. */
interface Pools extends Pick<Grid, 'columns'> {
  readonly rows: readonly (readonly Cell[])[]
  /** The name leads to who holds the license. */
  readonly withHolders: boolean
  readonly rankOf: RankOf
}

/** The first cell has them: the name, and the product code below it. */
const IN_HEADING: ReadonlySet<string> = new Set(['name', 'productCode'])

/** What is drawn stands beside the name. */
const poolsOf = (grid: Grid, withHolders: boolean): Pools => {
  const { columns, rows } = gridFor('people', grid)
  const others = [...columns.keys()].filter((place) => !IN_HEADING.has(columns[place]?.key ?? ''))
  const isDrawn = (place: number) => columns[place]?.holds === 'part'
  const places = [...others.filter(isDrawn), ...others.filter((place) => !isDrawn(place))]
  const cells = Array.from(rows, (row) => places.map((place) => row[place] ?? ''))
  const costs = cells.flat().flatMap((cell) => (typeof cell === 'object' && 'cost' in cell ? [cell.cost] : []))
  return {
    columns: places.flatMap((place) => columns.slice(place, place + 1)),
    rows: cells,
    withHolders,
    rankOf: costRanks(costs),
  }
}

const rowOf = ([row, index]: NumberedRow, place: number, pools: Pools, names: Names, notes: PageNotes): Html => {
  const facts = factsOf(row)
  const label = name(names.license(row.provider, row.id))
  const cells = pools.rows[place] ?? []
  return html`<tr role="row"${place < ROWS_AT_FIRST ? undefined : html` class="later"`}><th role="rowheader" scope="row">${pools.withHolders && !row.boughtOnly ? html`<a href="#people" data-holders="${index}">${label}</a>` : label}${
    facts === '' ? undefined : html`<small>${name(facts)}</small>`
  }</th>${pools.columns.map((column, at) => cellHtml(column, cells[at] ?? '', notes, pools.rankOf))}</tr>`
}

const statusHtml = ({ status }: ProviderReport): Html => html`<span class="status status-${status}">${status}</span>`

const tableOf = (label: string, { columns }: Pools, rows: readonly Html[]): Html => {
  const priced = columns.some(({ holds }) => holds === 'cost') ? ' priced' : ''
  return html`<table role="table" class="licenses${priced}" aria-label="${label}">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${licenseColumns.name.heading}</th>${columns.map((column) => html`<th role="columnheader" scope="col" class="${classOf(column)}">${column.heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>`
}

const factsOfGroup = (provider: ProviderReport, rows: readonly NumberedRow[], notes: PageNotes): readonly Html[] => {
  const bought = rows.filter(([{ boughtOnly }]) => boughtOnly).length
  const licenses = rows.length - bought
  const status = statusHtml(provider)
  const counted = html`<span>${quantity(licenses, 'license')}${bought === 0 ? '' : `, ${numberText(bought)} bought only`}</span>`
  if (provider.status === 'failed') return rows.length === 0 ? [status] : [status, counted]
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

const groupOf = ({ provider, place, rows }: Group, report: LicenseReport, names: Names): Html => {
  const notes = createPageNotes(`licenses-${place}`)
  const facts = factsOfGroup(provider, rows, notes)
  const title = names.provider(provider.id)
  const tableFor = (some: readonly NumberedRow[], label: string): Html => {
    const grid = poolGrid(
      provider,
      some.map(([row]) => row),
      currenciesOf(report),
    )
    const pools = poolsOf(grid, report.users !== undefined)
    return tableOf(
      label,
      pools,
      some.map((row, index) => rowOf(row, index, pools, names, notes)),
    )
  }
  const free = rows.filter(([row]) => isFreeLicense(row))
  // What is free is folded away where there is anything else.
  const folded = free.length === rows.length ? [] : free
  const others = free.length === rows.length ? rows : rows.filter(([row]) => !isFreeLicense(row))
  const nothing = provider.status === 'failed' ? 'Its licenses are unknown.' : 'No licenses.'
  return html`<details class="card group" open><summary><h3>${name(title)}</h3><span class="facts">${facts}</span></summary>
${others.length === 0 ? html`<p>${nothing}</p>` : tableFor(others, `Licenses of ${title}`)}${
  folded.length === 0
    ? undefined
    : html`<details class="free"><summary>${quantity(folded.length, 'free license')}, not purchased</summary>${tableFor(folded, `Free licenses of ${title}`)}</details>`
}
${notes.list()}</details>`
}

/** One group for each provider: purchased, in use, utilization, cost. */
export const licenseSection = (report: LicenseReport, names: Names): Html => {
  const { providers, licenses } = report
  const numbered = licenses.map((row, index) => [row, index] as const)
  const byProvider = groupedBy(numbered, ([row]) => row.provider)
  const groups = providers.map((provider, place) =>
    groupOf({ provider, place: place + 1, rows: byProvider.get(provider.id) ?? [] }, report, names),
  )
  return html`<section id="licenses" aria-labelledby="licenses-heading"><div class="section-head"><h2 id="licenses-heading">Licenses</h2>
<label class="search" id="license-search" hidden><span class="visually-hidden">Search licenses</span><input type="search" placeholder="Search licenses" autocomplete="off" spellcheck="false"></label></div>
<p role="status" id="license-matches"></p><p id="licenses-printed" hidden></p>
${groups}</section>`
}

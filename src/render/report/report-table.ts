import type { Capacity } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { quantity } from '../../model/quantity.ts'
import { firstOf, someOf } from '../../model/some-of.ts'
import { timeBesideUtc } from '../../model/time-text.ts'
import { labelsOf } from '../../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../report/license-report.ts'
import { productsAcrossOrganizations } from '../../report/organization-products.ts'
import { problemsByAdvice } from '../../report/report-failures.ts'
import { gapLines } from '../../report/report-gaps.ts'
import { remarksOfReport } from '../../report/report-remarks.ts'
import { createFootnotes, type Footnotes } from '../footnotes.ts'
import { gridTable } from '../grid/grid-table.ts'
import { CHECK_CONFIGURATION, configurationLinesOf } from '../notices.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { countText } from '../text/count-text.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { visibleText } from '../text/visible-text.ts'
import { isFreeLicense } from './free-license.ts'
import { gridOf } from './grids/grid-of.ts'
import { productGrid, productTitle } from './grids/organization-grid.ts'
import { peopleGrid } from './grids/people-grid.ts'
import { poolGrid } from './grids/pool-grid.ts'
import { licensesShownToPeople } from './grids/user-grid.ts'
import { licensesInOrder } from './licenses-in-order.ts'
import type { RenderReport, ReportView } from './render-report.ts'
import { overviewSections } from './report-table-overview.ts'
import { costSection, findingSections, groupSection } from './report-table-sections.ts'
import { reportRows } from './rows/report-rows.ts'
import { currenciesOf } from './shown-costs.ts'

const withReason = (count: Capacity, notes: Footnotes): string =>
  `${countText(count)}${count.kind === 'unknown' ? notes.mark(count.reason) : ''}`

const statusText = (status: ProviderReport['status'], { paint }: Surface): string =>
  ({ complete: paint.green, partial: paint.yellow, failed: paint.red })[status](status)

const headingOf = (provider: ProviderReport, surface: Surface, notes: Footnotes): string => {
  const name = surface.paint.bold(visibleText(provider.displayName))
  const users = `${withReason(provider.licensedUsers, notes)} licensed users`
  const facts = [statusText(provider.status, surface), ...(provider.status === 'failed' ? [] : [users])]
  return [`${name} (${visibleText(provider.id)})`, ...facts].join(' · ')
}

/** Of licenses that come free, so many are named. */
const MAX_FREE = 30

/** Several licenses that come free are one line, unless there are no others. */
const isFolded = (rows: readonly LicenseRow[]): boolean => {
  const free = rows.filter(isFreeLicense).length
  return free > 1 && free < rows.length
}

const freeLine = (rows: readonly LicenseRow[], surface: Surface): string => {
  const labels = labelsOf(rows)
  const free = rows.flatMap((row, index) =>
    isFreeLicense(row) ? [`${labels[index] ?? row.name} (${countText(row.assigned)} assigned)`] : [],
  )
  const what = quantity(free.length, 'license that comes', 'licenses that come')
  return proseLine(`${what} free: ${someOf(free, MAX_FREE).join(', ')}`, surface)
}

const sectionOf = (
  provider: ProviderReport,
  rows: readonly LicenseRow[],
  report: LicenseReport,
  surface: Surface,
): string => {
  const notes = createFootnotes()
  const heading = `${headingOf(provider, surface, notes)}\n`
  if (provider.status === 'failed' && rows.length === 0) return `${heading}Its licenses are unknown.\n`
  if (rows.length === 0) return `${heading}No licenses.\n${notes.text(surface.columns)}`
  const folded = isFolded(rows)
  const shown = folded ? rows.filter((row) => !isFreeLicense(row)) : licensesInOrder(rows)
  const table = gridTable(poolGrid(provider, shown, currenciesOf(report)), surface, notes)
  return [heading, ...table, folded ? freeLine(rows, surface) : ''].join('')
}

/** In the reader's zone, with UTC beside: other formats have that. */
const timeLine = ({ generatedAt }: LicenseReport, { timeZone }: Surface): string =>
  `As of ${timeBesideUtc(generatedAt, timeZone)}\n`

const peopleSection = (report: LicenseReport, surface: Surface): string => {
  const grid = peopleGrid(report, 'With a license', surface.allIn)
  return [`${surface.paint.bold('People')}\n`, ...gridTable(grid, surface)].join('')
}

const listOf = (heading: string, lines: readonly string[], surface: Surface): readonly string[] =>
  lines.length === 0
    ? []
    : [`${surface.paint.yellow(heading)}\n${lines.map((line) => proseLine(line, surface, '  ')).join('')}`]

/** Below the numbers, so many are read. */
const MAX_REMARKS = 20

const remarkSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { shown, others } = firstOf(remarksOfReport(report), MAX_REMARKS)
  return listOf('Remarks:', shown, surface).map((section) => `${section}${othersLine(others, surface)}`)
}

/** What is missing, and what to do about it: once for all that it solves. */
const missingSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  if (report.complete) return []
  const lines = problemsByAdvice(report).flatMap(({ problems, advice }) => [
    ...problems.map(({ provider, line }) => proseLine(`${provider}: ${line}`, surface, '  ')),
    proseLine(`What to do: ${advice}`, surface, '    '),
  ])
  if (lines.length === 0) return []
  return [`${surface.paint.yellow('This report is not complete:')}\n${lines.join('')}`]
}

/** What is missing comes first, so that no number is read before it, then what counts for nothing. */
const qualitySection = (report: LicenseReport, surface: Surface): readonly string[] => [
  ...missingSection(report, surface),
  ...listOf(CHECK_CONFIGURATION, configurationLinesOf(report), surface),
]

/** Where one column names what people hold, no cell can say that a person may hold more. */
const gapSection = (report: LicenseReport, surface: Surface, { layout }: ReportView): readonly string[] => {
  if (layout !== 'user' || licensesShownToPeople(report, surface.columns) === 'columns') return []
  const lines = gapLines(report.providers).map((line) => proseLine(line, surface, '  '))
  return lines.length === 0
    ? []
    : [`Not all holders could be read. People may hold more than is listed:\n${lines.join('')}`]
}

/** By person or seat the table may be very long, and is made as it is written. */
function* longTable(report: LicenseReport, surface: Surface, view: ReportView): Generator<string> {
  for (const section of [...qualitySection(report, surface), ...gapSection(report, surface, view)]) yield `${section}\n`
  yield* gridTable(gridOf(report, view, 'people', surface.columns), surface)
  const sections = [
    ...groupSection(report, surface),
    peopleSection(report, surface),
    ...costSection(report, surface),
    ...remarkSection(report, surface),
  ]
  for (const section of sections) yield `\n${section}`
}

/** The rows that are asked for, what was left out, and the totals. */
function* selectedRows(report: LicenseReport, surface: Surface, view: ReportView, rows: RowOptions): Generator<string> {
  for (const section of qualitySection(report, surface)) yield `${section}\n`
  yield `${timeLine(report, surface)}\n`
  const { grid, told } = reportRows(report, view, rows)
  yield* gridTable(grid, surface)
  for (const line of told) yield surface.paint.dim(proseLine(line, surface))
  for (const section of [peopleSection(report, surface), ...costSection(report, surface)]) yield `\n${section}`
}

/** The groups, and what the report says of costs besides. */
const groupTable = (report: LicenseReport, surface: Surface): string =>
  [
    ...qualitySection(report, surface),
    timeLine(report, surface),
    ...(report.users === undefined ? [] : overviewSections(report, surface)),
    ...groupSection(report, surface),
    peopleSection(report, surface),
    ...costSection(report, surface),
    ...(report.users === undefined ? [] : findingSections(report, surface)),
    ...remarkSection(report, surface),
  ].join('\n')

/** A table for each product: several columns for each of many products have room in no terminal. */
function* organizationTable(report: LicenseReport, surface: Surface): Generator<string> {
  for (const section of qualitySection(report, surface)) yield `${section}\n`
  yield timeLine(report, surface)
  for (const product of productsAcrossOrganizations(report)) {
    yield `\n${surface.paint.bold(visibleText(productTitle(product)))} · ${visibleText(product.vendor)}\n`
    yield* gridTable(productGrid(report, product), surface)
  }
  for (const section of [peopleSection(report, surface), ...costSection(report, surface)]) yield `\n${section}`
}

/**
 * For people: what is missing, what can be saved and what to do first, then one table for each provider, the people across
 * all of them, costs and findings.
 */
export const renderReportTable: RenderReport = (report, surface, view) => {
  if (view.rows !== undefined) return selectedRows(report, surface, view, view.rows)
  if (view.layout === 'group') return groupTable(report, surface)
  if (view.layout === 'organization') return organizationTable(report, surface)
  if (view.layout !== 'license') return longTable(report, surface, view)
  const rows = groupedBy(report.licenses, ({ provider }) => provider)
  return [
    ...qualitySection(report, surface),
    timeLine(report, surface),
    ...overviewSections(report, surface),
    ...report.providers.map((provider) => sectionOf(provider, rows.get(provider.id) ?? [], report, surface)),
    ...groupSection(report, surface),
    peopleSection(report, surface),
    ...costSection(report, surface),
    ...findingSections(report, surface),
    ...remarkSection(report, surface),
  ].join('\n')
}

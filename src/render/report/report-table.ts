import type { Capacity } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { LicenseReport, LicenseRow, PeopleSummary, ProviderReport } from '../../report/license-report.ts'
import { problemsOfReport } from '../../report/report-problems.ts'
import { createFootnotes, type Footnotes } from '../footnotes.ts'
import { gridTable } from '../grid/grid-table.ts'
import { countText } from '../text/count-text.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { gapLines } from './gaps.ts'
import { gridOf } from './grids/grid-of.ts'
import { poolGrid } from './grids/pool-grid.ts'
import { licensesShownToPeople } from './grids/user-grid.ts'
import type { RenderReport, ReportView } from './render-report.ts'
import { costSection, findingSections } from './report-table-sections.ts'
import { currenciesOf } from './shown-costs.ts'
import { countsOfPeople } from './shown-people.ts'

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
  return [heading, ...gridTable(poolGrid(provider, rows, currenciesOf(report)), surface, notes)].join('')
}

const peopleSection = (people: PeopleSummary, surface: Surface): string => {
  const notes = createFootnotes()
  const table = createTableWriter([{ heading: 'With a license' }, { heading: 'People', align: 'right' }], surface)
  const rows = table(countsOfPeople(people).map(({ what, count }) => [what, withReason(count, notes)]))
  return `${surface.paint.bold('People')}\n${rows}${notes.text(surface.columns)}`
}

/** What is missing comes first, so that no number is read before it. */
const qualitySection = (report: LicenseReport, surface: Surface): readonly string[] => {
  if (report.complete) return []
  const problems = problemsOfReport(report).map((line) => proseLine(line, surface, '  '))
  return [`${surface.paint.yellow('This report is not complete:')}\n${problems.join('')}`]
}

/** Where one column names what people hold, no cell can say that a person may hold more. */
const gapSection = (report: LicenseReport, surface: Surface, { layout }: ReportView): readonly string[] => {
  if (layout !== 'user' || licensesShownToPeople(report, surface.columns) === 'columns') return []
  const lines = gapLines(report.providers).map((line) => proseLine(line, surface, '  '))
  return lines.length === 0
    ? []
    : [`Not all holders could be read. People may hold more than is named:\n${lines.join('')}`]
}

/** By person or seat the table may be very long, and is made as it is written. */
function* longTable(report: LicenseReport, surface: Surface, view: ReportView): Generator<string> {
  for (const section of [...qualitySection(report, surface), ...gapSection(report, surface, view)]) yield `${section}\n`
  yield* gridTable(gridOf(report, view, 'people', surface.columns), surface)
  for (const section of [peopleSection(report.people, surface), ...costSection(report, surface)]) yield `\n${section}`
}

/** For people: data quality, then one table for each provider, then the people across all of them, costs and findings. */
export const renderReportTable: RenderReport = (report, surface, view) => {
  if (view.layout !== 'license') return longTable(report, surface, view)
  const rows = groupedBy(report.licenses, ({ provider }) => provider)
  return [
    ...qualitySection(report, surface),
    ...report.providers.map((provider) => sectionOf(provider, rows.get(provider.id) ?? [], report, surface)),
    peopleSection(report.people, surface),
    ...costSection(report, surface),
    ...findingSections(report, surface),
  ].join('\n')
}

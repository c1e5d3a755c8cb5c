import type { Count } from '../../../model/count.ts'
import type { Cost, LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { costText } from '../../output/cost-text.ts'
import { countText, numberText } from '../../output/count-text.ts'
import { markdownText } from '../../output/markdown-text.ts'
import { type Cell, type Grid, withoutEmptyColumns } from '../grid/grid.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { costCell, costColumn, currenciesIn, currenciesOf } from './grids/cost-column.ts'
import { findingGrid } from './grids/finding-grid.ts'
import { findingSummaryGrid, ruleSummaries } from './grids/finding-summary.ts'
import { gridOf } from './grids/grid-of.ts'
import { poolGrid } from './grids/pool-grid.ts'
import { qualityGrid } from './grids/quality-grid.ts'
import type { RenderReport, ReportView } from './report-formats.ts'
import { problemsOfReport } from './report-problems.ts'

/** More would be scrolled past; other formats have them all. */
const FINDINGS_OF_A_RULE = 100
const QUALITY_ROWS = 200

function* missingSection(report: LicenseReport): Generator<string> {
  if (report.complete) return
  yield '> **This report is not complete.** What depends on what is missing is shown as unknown, never as zero.\n>\n'
  for (const problem of problemsOfReport(report)) yield `> - ${markdownText(problem)}\n`
  yield '\n'
}

const summaryGridOf = (report: LicenseReport): Grid => {
  const currencies = currenciesOf(report)
  return {
    columns: [
      { key: 'provider', heading: 'Provider', holds: 'text' },
      { key: 'status', heading: 'Status', holds: 'text' },
      { key: 'licensedUsers', heading: 'Licensed users', holds: 'count' },
      ...costColumn(currencies),
    ],
    rows: report.providers.map(({ id, displayName, status, licensedUsers, cost }): readonly Cell[] => [
      `${displayName} (${id})`,
      status,
      { count: licensedUsers },
      ...costCell(cost, currencies),
    ]),
    currencies,
  }
}

const peopleGrid = ({ people, overlaps = [] }: LicenseReport): Grid => {
  const currencies = currenciesIn(overlaps.map(({ cost }) => cost))
  const rowOf = (what: string, count: Count, cost?: Cost): readonly Cell[] => [
    what,
    { count },
    ...costCell(cost, currencies),
  ]
  return {
    columns: [
      { key: 'what', heading: 'People with a license', holds: 'text' },
      { key: 'people', heading: 'People', holds: 'count' },
      ...costColumn(currencies),
    ],
    rows: [
      rowOf('in total', people.total),
      rowOf('in several providers', people.inSeveralProviders),
      rowOf('without e-mail address', people.withoutEmail),
      rowOf('external', people.external),
      ...overlaps.flatMap(({ providers, people: shared, paid, cost }) => [
        rowOf(`in both ${providers.join(' and ')}`, shared),
        ...(paid === undefined ? [] : [rowOf(`paid for in both ${providers.join(' and ')}`, paid, cost)]),
      ]),
    ],
    currencies,
  }
}

function* findingSection(report: LicenseReport): Generator<string> {
  const { findings } = report
  if (findings === undefined) return
  yield '## Findings\n\n'
  if (findings.length === 0) return yield 'Nothing was found.\n\n'
  yield* gridMarkdown(findingSummaryGrid(findings))
  for (const { rule, open, accepted } of ruleSummaries(findings)) {
    const all = [...open, ...accepted]
    yield `\n### ${rule}\n\n`
    yield* gridMarkdown(withoutEmptyColumns(withoutRule(findingGrid(report, all.slice(0, FINDINGS_OF_A_RULE)))))
    const others = all.length - FINDINGS_OF_A_RULE
    if (others > 0) yield `\nAnd ${numberText(others)} more, which the formats json, xlsx and html list.\n`
  }
  yield '\n'
}

/** The heading above says it. */
const withoutRule = ({ columns, rows, currencies }: Grid): Grid => ({
  columns: columns.slice(1),
  rows: [...rows].map((row) => row.slice(1)),
  currencies,
})

const headingOf = ({ displayName, id, status, licensedUsers, cost }: ProviderReport): string => {
  const facts = [
    status,
    ...(status === 'failed' ? [] : [`${countText(licensedUsers)} licensed users`]),
    ...(cost === undefined || currenciesIn([cost]).length === 0 ? [] : [`${costText(cost)} a month`]),
  ]
  return `### ${markdownText(`${displayName} (${id})`)}\n\n${facts.join(' · ')}\n\n`
}

function* licenseSection(report: LicenseReport): Generator<string> {
  yield '## Licenses\n\n'
  for (const provider of report.providers) {
    yield headingOf(provider)
    const rows = report.licenses.filter((row) => row.provider === provider.id)
    if (rows.length > 0) yield* gridMarkdown(poolGrid(rows))
    else yield provider.status === 'failed' ? 'Nothing is known of its licenses.\n' : 'No licenses.\n'
    yield '\n'
  }
}

function* layoutSection(report: LicenseReport, view: ReportView): Generator<string> {
  if (view.layout === 'license') return yield* licenseSection(report)
  yield view.layout === 'user' ? '## People\n\n' : '## Seats\n\n'
  if (view.layout === 'user') {
    yield 'A number is how many seats of a license somebody has. Nothing is none.\n\n'
  }
  yield* gridMarkdown(gridOf(report, view))
  yield '\n'
}

function* qualitySection(report: LicenseReport): Generator<string> {
  yield '## Data quality\n\n'
  const grid = qualityGrid(report)
  const rows = [...grid.rows]
  yield* gridMarkdown({ ...grid, rows: rows.slice(0, QUALITY_ROWS) })
  const others = rows.length - QUALITY_ROWS
  if (others > 0) yield `\nAnd ${numberText(others)} more, which the formats json and xlsx list.\n`
}

function* document(report: LicenseReport, view: ReportView): Generator<string> {
  yield '# License report\n\n'
  yield* missingSection(report)
  yield `As of ${report.generatedAt}.\n\n`
  yield '## Summary\n\n'
  yield* gridMarkdown(summaryGridOf(report))
  yield '\n'
  yield* gridMarkdown(peopleGrid(report))
  yield '\n'
  if (report.cost !== undefined && currenciesIn([report.cost.total]).length > 0) {
    const { total } = report.cost
    const reason = total.kind === 'unknown' ? ` (${markdownText(total.reason)})` : ''
    yield `What was bought costs **${costText(total)}** a month${reason}.\n\n`
  }
  yield* findingSection(report)
  yield* layoutSection(report, view)
  yield* qualitySection(report)
}

/** GitHub-flavoured Markdown: what is missing, then the summary, the findings, the rows that were asked for, data quality. */
export const renderReportMarkdown: RenderReport = (report, _surface, view) => document(report, view)

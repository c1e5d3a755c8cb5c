import { groupedBy } from '../../model/grouped-by.ts'
import { firstOf } from '../../model/some-of.ts'
import { timeText } from '../../model/time-text.ts'
import type { LicenseReport, ProviderReport } from '../../report/license-report.ts'
import { productsAcrossOrganizations } from '../../report/organization-products.ts'
import { problemsByAdvice } from '../../report/report-failures.ts'
import { gapLines } from '../../report/report-gaps.ts'
import type { Cell, Grid } from '../grid/grid.ts'
import { costCell, costColumn } from '../grid/grid.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { CHECK_CONFIGURATION, configurationLinesOf } from '../notices.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { monthlyText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { markdownProse, markdownText } from '../text/markdown-text.ts'
import { gridOf } from './grids/grid-of.ts'
import { productGrid, productTitle } from './grids/organization-grid.ts'
import { peopleGrid } from './grids/people-grid.ts'
import { poolGrid } from './grids/pool-grid.ts'
import { hasPurchases, purchaseGrid } from './grids/purchase-grid.ts'
import { qualityGrid } from './grids/quality-grid.ts'
import { licensesShownToPeople } from './grids/user-grid.ts'
import { workspaceGrid } from './grids/workspace-grid.ts'
import { licensesInOrder } from './licenses-in-order.ts'
import type { RenderReport, ReportLayout, ReportView } from './render-report.ts'
import { overviewSections } from './report-md-overview.ts'
import { costSection, findingSection, groupSection, moreMarkdown } from './report-md-sections.ts'
import { reportRows } from './rows/report-rows.ts'
import { currenciesOf } from './shown-costs.ts'

const QUALITY_ROWS = 200
const WORKSPACE_ROWS = 200

function* missingSection(report: LicenseReport): Generator<string> {
  if (report.complete) return
  yield '> **This report is not complete.** Numbers that this affects are shown as unknown, never as zero.\n>\n'
  for (const { problems, advice } of problemsByAdvice(report)) {
    for (const { provider, line } of problems) yield `> - ${markdownProse(`${provider}: ${line}`)}\n`
    yield `>\n> *What to do:* ${markdownProse(advice)}\n>\n`
  }
  yield '\n'
}

function* configurationSection(report: LicenseReport): Generator<string> {
  const lines = configurationLinesOf(report)
  if (lines.length === 0) return
  yield `> **${CHECK_CONFIGURATION}**\n>\n`
  for (const line of lines) yield `> - ${markdownProse(line)}\n`
  yield '\n'
}

const providerGridOf = (report: LicenseReport): Grid => {
  return {
    columns: [
      { key: 'provider', heading: 'Provider', holds: 'text' },
      { key: 'status', heading: 'Status', holds: 'text' },
      { key: 'licensedUsers', heading: 'Licensed users', holds: 'count' },
      costColumn,
    ],
    rows: report.providers.map(({ id, displayName, status, licensedUsers, cost }): readonly Cell[] => [
      `${displayName} (${id})`,
      status,
      { count: licensedUsers },
      costCell(cost),
    ]),
    currencies: currenciesOf(report),
  }
}

const headingOf = (
  { displayName, id, status, licensedUsers, cost }: ProviderReport,
  currencies: readonly string[],
): string => {
  const facts = [
    status,
    ...(status === 'failed' ? [] : [`${countText(licensedUsers)} licensed users`]),
    ...(cost === undefined || currencies.length === 0
      ? []
      : [cost.kind === 'unknown' && cost.atLeast === undefined ? 'cost unknown' : monthlyText(cost)]),
  ]
  return `### ${markdownText(`${displayName} (${id})`)}\n\n${facts.join(' · ')}\n\n`
}

function* licenseSection(report: LicenseReport): Generator<string> {
  yield '## Licenses\n\n'
  const currencies = currenciesOf(report)
  const byProvider = groupedBy(report.licenses, ({ provider }) => provider)
  for (const provider of report.providers) {
    yield headingOf(provider, currencies)
    const rows = byProvider.get(provider.id) ?? []
    if (rows.length > 0) yield* gridMarkdown(poolGrid(provider, licensesInOrder(rows), currencies))
    else yield provider.status === 'failed' ? 'Its licenses are unknown.\n' : 'No licenses.\n'
    yield '\n'
  }
}

function* explanationOfPeople(report: LicenseReport): Generator<string> {
  if (licensesShownToPeople(report) === 'columns') {
    return yield 'A number is how many seats of a license a person has; an empty cell is none.\n\n'
  }
  // Where one column names what people hold, no cell can say that a person may hold more.
  const gaps = gapLines(report.providers)
  if (gaps.length === 0) return
  yield 'Not all holders could be read. People may hold more than is listed:\n\n'
  yield `${gaps.map((line) => `- ${markdownProse(line)}\n`).join('')}\n`
}

function* purchaseSection(report: LicenseReport): Generator<string> {
  if (!hasPurchases(report)) return
  yield HEADINGS.purchase
  yield* gridMarkdown(purchaseGrid(report))
  yield '\n'
}

const HEADINGS: Readonly<Record<Exclude<ReportLayout, 'license' | 'group' | 'organization'>, string>> = {
  user: '## People\n\n',
  assignment: '## Seats\n\n',
  purchase: '## Purchases\n\n',
  finding: '## Findings, row by row\n\n',
}

function* organizationSection(report: LicenseReport): Generator<string> {
  yield '## Organizations\n\n'
  for (const product of productsAcrossOrganizations(report)) {
    yield `### ${markdownText(`${productTitle(product)} · ${product.vendor}`)}\n\n`
    yield* gridMarkdown(productGrid(report, product))
    yield '\n'
  }
}

function* layoutSection(report: LicenseReport, view: ReportView): Generator<string> {
  if (view.layout === 'group') return yield* groupSection(report)
  if (view.layout === 'organization') return yield* organizationSection(report)
  if (view.layout === 'license') {
    yield* licenseSection(report)
    return yield* purchaseSection(report)
  }
  yield HEADINGS[view.layout]
  if (view.layout === 'user') yield* explanationOfPeople(report)
  yield* gridMarkdown(gridOf(report, view, 'people'))
  yield '\n'
}

function* workspaceSection(report: LicenseReport, allIn: string): Generator<string> {
  const { workspaces = [] } = report
  if (workspaces.length === 0) return
  const { shown, others } = firstOf(workspaces, WORKSPACE_ROWS)
  yield '## Workspaces\n\n'
  yield* gridMarkdown(workspaceGrid({ ...report, workspaces: shown }))
  yield `${moreMarkdown(others, allIn)}\n`
}

function* qualitySection(report: LicenseReport, allIn: string): Generator<string> {
  yield '## Data quality\n\n'
  const grid = qualityGrid(report)
  const rows = [...grid.rows]
  yield* gridMarkdown({ ...grid, rows: rows.slice(0, QUALITY_ROWS) })
  yield moreMarkdown(rows.length - QUALITY_ROWS, allIn)
}

function* peopleSection(report: LicenseReport, allIn: string): Generator<string> {
  yield '## People with a license\n\n'
  yield* gridMarkdown(providerGridOf(report))
  yield '\n'
  yield* gridMarkdown(peopleGrid(report, 'People with a license', allIn))
  yield '\n'
}

function* document(report: LicenseReport, view: ReportView, allIn: string): Generator<string> {
  yield '# License report\n\n'
  yield* missingSection(report)
  yield* configurationSection(report)
  yield `As of ${timeText(report.generatedAt)}.\n\n`
  yield* overviewSections(report, allIn)
  yield* layoutSection(report, view)
  yield* workspaceSection(report, allIn)
  if (view.layout !== 'group') yield* groupSection(report)
  yield* peopleSection(report, allIn)
  yield* costSection(report, allIn)
  yield* findingSection(report, allIn)
  yield* qualitySection(report, allIn)
}

/** The rows that are asked for, what was left out, and the totals. */
function* selectedRows(report: LicenseReport, view: ReportView, rows: RowOptions, allIn: string): Generator<string> {
  const { grid, title, told } = reportRows(report, view, rows)
  yield '# License report\n\n'
  yield* missingSection(report)
  yield* configurationSection(report)
  yield `As of ${timeText(report.generatedAt)}.\n\n## ${title}\n\n`
  yield* gridMarkdown(grid)
  yield `\n${told.map((line) => `> ${markdownText(line)}  \n`).join('')}\n`
  yield* peopleSection(report, allIn)
  yield* costSection(report, allIn)
  yield* qualitySection(report, allIn)
}

/**
 * GitHub-flavoured Markdown: what is missing, what can be saved and what to do first, the rows that were asked for, people,
 * cost, findings, data quality.
 */
export const renderReportMarkdown: RenderReport = (report, { allIn }, view) =>
  view.rows === undefined ? document(report, view, allIn) : selectedRows(report, view, view.rows, allIn)

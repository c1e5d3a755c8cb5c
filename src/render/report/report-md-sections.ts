import { firstOf, moreOf } from '../../model/some-of.ts'
import type { Finding, LicenseReport } from '../../report/license-report.ts'
import { type Grid, withoutEmptyColumns } from '../grid/grid.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { monthlyText } from '../text/cost-text.ts'
import { markdownText } from '../text/markdown-text.ts'
import { departmentGrid, MAX_DEPARTMENTS, purchasedGrid } from './grids/cost-grids.ts'
import { findingGrid } from './grids/finding-grid.ts'
import { findingSummaryGrid, nothingFoundText, type RuleSummary, ruleSummaries } from './grids/finding-summary.ts'
import { groupGrid } from './grids/group-grid.ts'
import { groupsHeading, otherFindingsText } from './group-words.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'

/** That a list was cut, as a paragraph; empty where it was not. */
export const moreMarkdown = (others: number, allIn: string): string =>
  others > 0 ? `\nAnd ${moreOf(others)}; ${markdownText(allIn)} has all.\n` : ''

function* departmentTable(report: LicenseReport, allIn: string): Generator<string> {
  const departments = departmentCosts(report)
  if (departments.length === 0) return
  const { shown, others } = firstOf(departments, MAX_DEPARTMENTS)
  yield* gridMarkdown(departmentGrid(report, shown))
  yield `${moreMarkdown(others, allIn)}\n`
}

/** What everything costs; nothing where there is no price at all. */
export function* costSection(report: LicenseReport, allIn: string): Generator<string> {
  const { cost } = report
  if (cost === undefined || currenciesOf(report).length === 0) return
  yield `## Cost\n\nPurchased seats: **${monthlyText(cost.total)}**.\n\n`
  yield* gridMarkdown(purchasedGrid(report, cost.total))
  yield '\n'
  yield* departmentTable(report, allIn)
}

/** The seats that users hold, group by group; nothing where the report has no groups. */
export function* groupSection(report: LicenseReport): Generator<string> {
  const { groups } = report
  if (groups === undefined) return
  yield `## ${groupsHeading(groups)}\n\n`
  yield* gridMarkdown(groupGrid(report, groups))
  const others = otherFindingsText(groups)
  yield others === undefined ? '\n' : `\n${others}.\n\n`
}

/** Of one rule; other formats have all of them. */
const MAX_FINDINGS = 100

/** The heading above says it. */
const withoutRule = ({ columns, rows, currencies }: Grid): Grid => ({
  columns: columns.slice(1),
  rows: [...rows].map((row) => row.slice(1)),
  currencies,
})

function* tableOf(report: LicenseReport, findings: readonly Finding[], allIn: string): Generator<string> {
  const { shown, others } = firstOf(findings, MAX_FINDINGS)
  yield* gridMarkdown(withoutEmptyColumns(withoutRule(findingGrid(report, shown))))
  yield moreMarkdown(others, allIn)
}

/** What is accepted has a table of its own: behind what is open, it would be the first to be cut off. */
function* ruleSection(report: LicenseReport, { rule, open, accepted }: RuleSummary, allIn: string): Generator<string> {
  if (open.length === 0 && accepted.length === 0) return
  yield `\n### ${rule}\n\n`
  if (open.length > 0) yield* tableOf(report, open, allIn)
  if (accepted.length === 0) return
  yield open.length > 0 ? '\nAccepted:\n\n' : 'Accepted:\n\n'
  yield* tableOf(report, accepted, allIn)
}

/** What each rule came to, and then what it found. Abstentions are in the section on data quality. */
export function* findingSection(report: LicenseReport, allIn: string): Generator<string> {
  if (report.findings === undefined) return
  yield '## Findings\n\n'
  const nothing = nothingFoundText(report)
  if (nothing !== undefined) yield `${nothing}\n\n`
  const rules = ruleSummaries(report)
  if (rules.length === 0) return
  yield* gridMarkdown(findingSummaryGrid(report))
  for (const rule of rules) yield* ruleSection(report, rule, allIn)
  yield '\n'
}

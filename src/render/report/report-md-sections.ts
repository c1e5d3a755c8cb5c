import { firstOf, moreOf } from '../../model/some-of.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import { withoutEmptyColumns } from '../grid/grid.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { monthlyText } from '../text/cost-text.ts'
import { markdownText } from '../text/markdown-text.ts'
import { acceptedGroups } from './accepted-groups.ts'
import { departmentGrid, MAX_DEPARTMENTS, purchasedGrid } from './grids/cost-grids.ts'
import { findingGroupGrid } from './grids/finding-group-grid.ts'
import { findingSummaryGrid, nothingFoundText, ruleSummaries } from './grids/finding-summary.ts'
import { groupGrid } from './grids/group-grid.ts'
import { groupsHeading, otherFindingsText } from './group-words.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'
import { isOpen, type ShownGroup, shownGroups } from './shown-groups.ts'

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

/** Other formats have all of them. */
const MAX_FINDINGS = 200

function* openTable(report: LicenseReport, groups: readonly ShownGroup[], allIn: string): Generator<string> {
  const { shown, others } = firstOf(groups.filter(isOpen), MAX_FINDINGS)
  if (shown.length === 0) return
  yield '\n### Open\n\n'
  yield* gridMarkdown(withoutEmptyColumns(findingGroupGrid(report, shown)))
  yield moreMarkdown(others, allIn)
}

/** What is accepted has a table of its own: behind what is open, it would be the first to be cut off. */
function* acceptedTable(report: LicenseReport, groups: readonly ShownGroup[], allIn: string): Generator<string> {
  const { shown, others } = firstOf(acceptedGroups(groups), MAX_FINDINGS)
  if (shown.length === 0) return
  yield '\n### Accepted\n\n'
  yield* gridMarkdown(withoutEmptyColumns(findingGroupGrid(report, shown)))
  yield moreMarkdown(others, allIn)
}

/** What each rule came to, then what is open, the most valuable first, and what is accepted. */
export function* findingSection(report: LicenseReport, allIn: string): Generator<string> {
  if (report.findings === undefined) return
  yield '## Findings\n\n'
  const nothing = nothingFoundText(report)
  if (nothing !== undefined) yield `${nothing}\n\n`
  const groups = shownGroups(report)
  const rules = ruleSummaries(report, groups)
  if (rules.length === 0) return
  yield* gridMarkdown(findingSummaryGrid(report, rules))
  yield* openTable(report, groups, allIn)
  yield* acceptedTable(report, groups, allIn)
  yield '\n'
}

import { numberText } from '../../model/quantity.ts'
import { firstOf } from '../../model/some-of.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import type { Grid } from '../grid/grid.ts'
import { gridTable } from '../grid/grid-table.ts'
import { monthlyText } from '../text/cost-text.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { acceptedGroups } from './accepted-groups.ts'
import { departmentGrid, MAX_DEPARTMENTS, purchasedGrid } from './grids/cost-grids.ts'
import { findingSummaryGrid, nothingFoundText, ruleSummaries } from './grids/finding-summary.ts'
import { groupGrid } from './grids/group-grid.ts'
import { foundGrid } from './grids/overview-grids.ts'
import { groupsHeading, otherFindingsText } from './group-words.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'
import { isOpen, type ShownGroup, shownGroups } from './shown-groups.ts'

const tableOf = (grid: Grid, surface: Surface): string => [...gridTable(grid, surface)].join('')

const departmentTable = (report: LicenseReport, surface: Surface): string => {
  const departments = departmentCosts(report)
  if (departments.length === 0) return ''
  const { shown, others } = firstOf(departments, MAX_DEPARTMENTS)
  return `\n${tableOf(departmentGrid(report, shown), surface)}${othersLine(others, surface)}`
}

/** What everything costs; nothing where there is no price at all. */
export const costSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { cost } = report
  if (cost === undefined || currenciesOf(report).length === 0) return []
  const { bold } = surface.paint
  const total = `${bold('Cost')}\nPurchased seats: ${monthlyText(cost.total)}\n`
  return [`${total}\n${tableOf(purchasedGrid(report, cost.total), surface)}${departmentTable(report, surface)}`]
}

/** The seats that users hold, group by group; nothing where the report has no groups. */
export const groupSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { groups } = report
  if (groups === undefined) return []
  const others = otherFindingsText(groups)
  const heading = `${surface.paint.bold(groupsHeading(groups))}\n`
  const table = tableOf(groupGrid(report, groups), surface)
  return [`${heading}${table}${others === undefined ? '' : proseLine(others, surface)}`]
}

const MAX_LINES = 20

const listOf = (heading: string, lines: readonly string[], surface: Surface): readonly string[] => {
  if (lines.length === 0) return []
  const { shown, others } = firstOf(lines, MAX_LINES)
  const prose = shown.map((line) => proseLine(line, surface, '  ')).join('')
  return [`${surface.paint.bold(heading)}\n${prose}${othersLine(others, surface)}`]
}

const acceptedLine = ({ group: { rule, message, accepted } }: ShownGroup): string => {
  const until = accepted?.until === undefined ? '' : `, until ${accepted.until}`
  return `${rule}: ${message} (${accepted?.reason ?? ''}${until})`
}

const summarySection = (report: LicenseReport, groups: readonly ShownGroup[], surface: Surface): string => {
  const nothing = nothingFoundText(report)
  const rules = ruleSummaries(report, groups)
  const table = rules.length === 0 ? '' : tableOf(findingSummaryGrid(report, rules), surface)
  return `${surface.paint.bold('Findings')}\n${nothing === undefined ? '' : `${nothing}\n`}${table}`
}

/** What is open, one line for each user and rule, the most valuable first. */
const openSection = (report: LicenseReport, groups: readonly ShownGroup[], surface: Surface): readonly string[] => {
  const open = groups.filter(isOpen).map(({ group }) => group)
  if (open.length === 0) return []
  const { shown, others } = firstOf(open, MAX_LINES)
  const heading = surface.paint.bold(`Open: ${numberText(open.length)}`)
  return [`${heading}\n${tableOf(foundGrid(report, shown), surface)}${othersLine(others, surface)}`]
}

/** What the rules found, and what is accepted of it. Where they lack data is said at the beginning of the report. */
export const findingSections = (report: LicenseReport, surface: Surface): readonly string[] => {
  if (report.findings === undefined) return []
  const groups = shownGroups(report)
  return [
    summarySection(report, groups, surface),
    ...openSection(report, groups, surface),
    ...listOf('Accepted', acceptedGroups(groups).map(acceptedLine), surface),
  ]
}

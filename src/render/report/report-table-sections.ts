import { numberText } from '../../model/quantity.ts'
import { firstOf } from '../../model/some-of.ts'
import { type LicenseLabels, licenseLabels } from '../../report/license-labels.ts'
import type { Abstention, Finding, LicenseReport } from '../../report/license-report.ts'
import type { Grid } from '../grid/grid.ts'
import { gridTable } from '../grid/grid-table.ts'
import { monthlyText } from '../text/cost-text.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { departmentGrid, MAX_DEPARTMENTS, purchasedGrid } from './grids/cost-grids.ts'
import { abstentionGroups, findingSummaryGrid, nothingFoundText, ruleSummaries } from './grids/finding-summary.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'

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

const MAX_LINES = 20

const listOf = (heading: string, lines: readonly string[], surface: Surface): readonly string[] => {
  if (lines.length === 0) return []
  const { shown, others } = firstOf(lines, MAX_LINES)
  const prose = shown.map((line) => proseLine(line, surface, '  ')).join('')
  return [`${surface.paint.bold(heading)}\n${prose}${othersLine(others, surface)}`]
}

const acceptedLine = ({ rule, message, accepted }: Finding): string => {
  const until = accepted?.until === undefined ? '' : `, until ${accepted.until}`
  return `${rule}: ${message} (${accepted?.reason ?? ''}${until})`
}

const subjectOf = (
  { provider, licenseId }: Abstention,
  times: number,
  { labelOf }: LicenseLabels,
): readonly string[] => {
  if (times > 1) return [`${numberText(times)} licenses`]
  return provider === undefined || licenseId === undefined ? [] : [labelOf(provider, licenseId)]
}

const abstentionLines = (report: LicenseReport): readonly string[] => {
  const labels = licenseLabels(report)
  return abstentionGroups(report.abstentions ?? []).map(([first, ...others]) => {
    const { rule, provider, reason } = first
    const where = provider === undefined ? [] : [provider]
    return [rule, ...where, ...subjectOf(first, others.length + 1, labels), reason].join(': ')
  })
}

const summarySection = (report: LicenseReport, surface: Surface): string => {
  const nothing = nothingFoundText(report)
  const rules = ruleSummaries(report).length === 0 ? '' : [...gridTable(findingSummaryGrid(report), surface)].join('')
  return `${surface.paint.bold('Findings')}\n${nothing === undefined ? '' : `${nothing}\n`}${rules}`
}

/** The findings of each rule that are not accepted. */
const openSections = (report: LicenseReport, surface: Surface): readonly string[] =>
  ruleSummaries(report).flatMap(({ rule, open }) =>
    listOf(
      `${rule}: ${numberText(open.length)}`,
      open.map(({ message }) => message),
      surface,
    ),
  )

/** What the rules found, what is accepted of it, and where rules lacked data. */
export const findingSections = (report: LicenseReport, surface: Surface): readonly string[] => {
  if (report.findings === undefined) return []
  const accepted = report.findings.filter((finding) => finding.accepted !== undefined)
  return [
    summarySection(report, surface),
    ...openSections(report, surface),
    ...listOf('Accepted', accepted.map(acceptedLine), surface),
    ...listOf('Unknown', abstentionLines(report), surface),
  ]
}

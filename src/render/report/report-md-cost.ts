import type { LicenseReport } from '../../report/license-report.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { costText } from '../text/cost-text.ts'
import { boughtGrid, departmentGrid, MAX_DEPARTMENTS } from './grids/cost-grids.ts'
import { moreMarkdown } from './more-text.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'

function* departmentTable(report: LicenseReport): Generator<string> {
  const departments = departmentCosts(report)
  if (departments.length === 0) return
  const shown = departments.slice(0, MAX_DEPARTMENTS)
  yield* gridMarkdown(departmentGrid(report, shown))
  yield `${moreMarkdown(departments.length - shown.length)}\n`
}

/** What everything costs; nothing where there is no price at all. */
export function* costSection(report: LicenseReport): Generator<string> {
  const { cost } = report
  if (cost === undefined || currenciesOf(report).length === 0) return
  yield `## Cost\n\nWhat was bought costs **${costText(cost.total)}** a month.\n\n`
  yield* gridMarkdown(boughtGrid(report, cost.total))
  yield '\n'
  yield* departmentTable(report)
}

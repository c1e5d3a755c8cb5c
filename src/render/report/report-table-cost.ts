import type { LicenseReport } from '../../report/license-report.ts'
import type { Grid } from '../grid/grid.ts'
import { gridTable } from '../grid/grid-table.ts'
import { costText } from '../text/cost-text.ts'
import type { Surface } from '../text/surface.ts'
import { boughtGrid, departmentGrid, MAX_DEPARTMENTS } from './grids/cost-grids.ts'
import { moreText } from './more-text.ts'
import { currenciesOf, departmentCosts } from './shown-costs.ts'

const tableOf = (grid: Grid, surface: Surface): string => [...gridTable(grid, surface)].join('')

const departmentTable = (report: LicenseReport, surface: Surface): string => {
  const departments = departmentCosts(report)
  if (departments.length === 0) return ''
  const shown = departments.slice(0, MAX_DEPARTMENTS)
  return `\n${tableOf(departmentGrid(report, shown), surface)}${moreText(departments.length - shown.length)}`
}

/** What everything costs; nothing where there is no price at all. */
export const costSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { cost } = report
  if (cost === undefined || currenciesOf(report).length === 0) return []
  const { bold } = surface.paint
  const total = `${bold('Cost')}\nWhat was bought costs ${costText(cost.total)} a month.\n`
  return [`${total}\n${tableOf(boughtGrid(report, cost.total), surface)}${departmentTable(report, surface)}`]
}

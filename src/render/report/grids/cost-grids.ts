import type { Cost, LicenseReport } from '../../../report/license-report.ts'
import type { Cell, Grid } from '../../grid/grid.ts'
import { costColumn } from '../../grid/grid.ts'
import { currenciesOf, type DepartmentCost, NO_DEPARTMENT } from '../shown-costs.ts'

/** Other formats have all of them. */
export const MAX_DEPARTMENTS = 50

const gridOf = (report: LicenseReport, heading: string, rows: readonly (readonly Cell[])[]): Grid => ({
  columns: [{ key: 'what', heading, holds: 'text', minimum: 12 }, costColumn],
  rows,
  currencies: currenciesOf(report),
})

/** What was purchased, in total and of each provider. */
export const purchasedGrid = (report: LicenseReport, total: Cost): Grid =>
  gridOf(report, 'Purchased', [
    ['in total', { cost: total }],
    ...report.providers.map(({ displayName, id, cost }): readonly Cell[] => [
      `${displayName} (${id})`,
      cost === undefined ? '' : { cost },
    ]),
  ])

/** What people hold, by department. */
export const departmentGrid = (report: LicenseReport, departments: readonly DepartmentCost[]): Grid =>
  gridOf(
    report,
    'Seats that people hold, by department',
    departments.map(({ department = NO_DEPARTMENT, cost }) => [department, { cost }]),
  )

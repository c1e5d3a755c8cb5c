import type { CostSummary, LicenseReport } from '../../report/license-report.ts'
import { amountIn, commonCurrency } from './comparable-amounts.ts'

export type DepartmentCost = NonNullable<CostSummary['departments']>[number]

export const NO_DEPARTMENT = 'no department named'

/** Departments, first those that cost most, as far as that can be compared; none where the vendor names none. */
export const departmentCosts = (report: LicenseReport): readonly DepartmentCost[] => {
  const departments = report.cost?.departments ?? []
  if (departments.every(({ department }) => department === undefined)) return []
  const currency = commonCurrency(departments.map(({ cost }) => cost))
  return [...departments].sort((one, other) => amountIn(currency, other.cost) - amountIn(currency, one.cost))
}

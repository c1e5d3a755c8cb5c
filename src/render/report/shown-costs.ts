import { amountIn, commonCurrency } from '../../report/cost/compare-costs.ts'
import type { Cost, CostSummary, LicenseReport, LicenseRow } from '../../report/license-report.ts'

/** Every currency in which something in the report has a price, whether or not any amount is known. */
export const currenciesOf = ({ cost }: LicenseReport): readonly string[] => cost?.currencies ?? []

export type DepartmentCost = NonNullable<CostSummary['departments']>[number]

/** The costs do not tell users whose record names no department from those of whom it was not read. */
export const NO_DEPARTMENT = 'none or unknown'

/** Departments, first those that cost most, as far as that can be compared; none where the vendor names none. */
export const departmentCosts = (report: LicenseReport): readonly DepartmentCost[] => {
  const departments = report.cost?.departments ?? []
  if (departments.every(({ department }) => department === undefined)) return []
  const currency = commonCurrency(departments.map(({ cost }) => cost))
  return [...departments].sort((one, other) => amountIn(currency, other.cost) - amountIn(currency, one.cost))
}

/** A license whose cost is unknown, or known in part. */
export type UncountedLicense = LicenseRow & { readonly cost: Extract<Cost, { kind: 'unknown' }> }

const isUncounted = (row: LicenseRow): row is UncountedLicense => row.cost?.kind === 'unknown'

export const uncountedLicenses = (rows: readonly LicenseRow[]): readonly UncountedLicense[] => rows.filter(isUncounted)

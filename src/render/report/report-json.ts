import type { LicenseReport } from '../../report/license-report.ts'
import { productsAcrossOrganizations } from '../../report/organization-products.ts'
import { failuresOfReport } from '../../report/report-failures.ts'
import { type Grid, gridFor } from '../grid/grid.ts'
import { rowValue } from '../rows/cell-value.ts'
import type { RowOptions } from '../rows/row-options.ts'
import { objectText } from '../text/json-text.ts'
import type { RenderReport, ReportView } from './render-report.ts'
import { reportRows } from './rows/report-rows.ts'

/** Every seat that a user holds or will. */
function* assignmentsOf({ users = [] }: LicenseReport, { costOfSeat }: ReportView): Generator<object> {
  for (const { provider, id: user, person, licenseIds, pendingLicenseIds, seats = [] } of users) {
    const known = new Map(seats.map(({ licenseId, ...since }) => [licenseId, since]))
    for (const license of licenseIds) {
      const cost = costOfSeat(provider, license, user)
      yield {
        provider,
        user,
        person,
        license,
        seat: 'assigned',
        ...known.get(license),
        ...(cost === undefined ? {} : { cost }),
      }
    }
    for (const license of pendingLicenseIds) {
      yield { provider, user, person, license, seat: 'pending', ...known.get(license) }
    }
  }
}

/** Lists that rows are made of. Beside some of the rows, they would be taken for them. */
const LISTS = ['licenses', 'users', 'workspaces', 'findings', 'findingGroups', 'groups'] as const

function* valuesOf({ columns, rows }: Grid): Generator<object> {
  for (const cells of rows) yield rowValue(columns, cells)
}

/** The rows that are asked for, as objects, and all of the report that is no list of them. */
const selectedRows = (report: LicenseReport, view: ReportView, rows: RowOptions): Generator<string> => {
  const { grid, account } = reportRows(report, view, rows)
  const { schemaVersion, generatedAt, complete, ...rest } = report
  const others = Object.entries(rest).filter(([name]) => !LISTS.some((list) => list === name))
  const filter = { by: view.layout, ...account }
  const selected = { schemaVersion, generatedAt, complete, filter, rows: valuesOf(gridFor('machines', grid)) }
  return objectText({ ...selected, ...Object.fromEntries(others), failures: failuresOfReport(report) })
}

/** The report as it is, with what could not be read; by assignment, with the seats; by organization, with the products. */
export const renderReportJson: RenderReport = (report, _surface, view) =>
  view.rows === undefined
    ? objectText({
        ...report,
        failures: failuresOfReport(report),
        ...(view.layout === 'assignment' ? { assignments: assignmentsOf(report, view) } : {}),
        ...(view.layout === 'organization' ? { products: productsAcrossOrganizations(report) } : {}),
      })
    : selectedRows(report, view, view.rows)

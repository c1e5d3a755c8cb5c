import type { LicenseReport } from '../../report/license-report.ts'
import { gridSheet } from '../grid/grid-sheet.ts'
import type { Surface } from '../text/surface.ts'
import type { Sheet } from '../workbook/sheet.ts'
import { workbook } from '../workbook/workbook.ts'
import { assignmentGrid } from './grids/assignment-grid.ts'
import { failureGrid } from './grids/failure-grid.ts'
import { findingGrid } from './grids/finding-grid.ts'
import { findingGroupGrid } from './grids/finding-group-grid.ts'
import { findingRowGrid } from './grids/finding-rows.ts'
import { groupGrid } from './grids/group-grid.ts'
import { MEASURES, measureGrid, measureTitle, organizationGrid } from './grids/organization-grid.ts'
import { licenseGrid, withoutEmptyFacts } from './grids/pool-grid.ts'
import { hasPurchases, purchaseGrid } from './grids/purchase-grid.ts'
import { qualityGrid } from './grids/quality-grid.ts'
import { summaryGrid } from './grids/summary-grid.ts'
import { userGrid } from './grids/user-grid.ts'
import { hasUtilization, utilizationChart, utilizationGrid } from './grids/utilization-grid.ts'
import { workspaceGrid } from './grids/workspace-grid.ts'
import { groupsHeading } from './group-words.ts'
import { licensesInOrder } from './licenses-in-order.ts'
import type { RenderReport, ReportView } from './render-report.ts'
import { shownGroups } from './shown-groups.ts'

/** One row for each product of each organization, and a sheet of organizations × products for each measure. */
const organizationSheets = (report: LicenseReport): readonly Sheet[] => [
  gridSheet('Organizations', organizationGrid(report)),
  ...MEASURES.filter((measure) => measure !== 'cost' || report.cost !== undefined).map((measure) =>
    gridSheet(measureTitle(measure), measureGrid(report, measure)),
  ),
]

const sheetsOf = (report: LicenseReport, { allIn }: Surface, { layout, costOfSeat }: ReportView): readonly Sheet[] => {
  const quality = gridSheet('Data quality', qualityGrid(report))
  return [
    ...(report.complete ? [] : [gridSheet('Failures', failureGrid(report)), quality]),
    gridSheet('Summary', summaryGrid(report, allIn)),
    gridSheet('Licenses', withoutEmptyFacts(licenseGrid({ ...report, licenses: licensesInOrder(report.licenses) }))),
    ...(hasUtilization(report) ? [gridSheet('Utilization', utilizationGrid(report), utilizationChart)] : []),
    ...(layout === 'organization' ? organizationSheets(report) : []),
    ...(hasPurchases(report) || layout === 'purchase' ? [gridSheet('Purchases', purchaseGrid(report))] : []),
    ...(report.users === undefined
      ? []
      : [gridSheet('Users', userGrid(report, layout === 'user' ? 'columns' : 'none'))]),
    ...(layout === 'assignment' ? [gridSheet('Assignments', assignmentGrid(report, costOfSeat))] : []),
    ...(report.workspaces === undefined ? [] : [gridSheet('Workspaces', workspaceGrid(report))]),
    ...(report.groups === undefined ? [] : [gridSheet(groupsHeading(report.groups), groupGrid(report, report.groups))]),
    ...(report.findings === undefined
      ? []
      : [
          gridSheet('Findings', findingGroupGrid(report, shownGroups(report))),
          gridSheet('Single findings', layout === 'finding' ? findingRowGrid(report) : findingGrid(report)),
        ]),
    ...(report.complete ? [quality] : []),
  ]
}

/**
 * A workbook, in the order of the other formats: what to read first, licenses, people, findings, data quality, which comes
 * first where the report has a gap. What contracts, bills and files say has a sheet of its own. By user, the sheet of users
 * has a column for each license; by assignment, there is one more sheet, of seats; a report with groups has one of these.
 * Findings are there as people see them, and one by one.
 */
export const renderReportXlsx: RenderReport = (report, surface, view) => workbook(sheetsOf(report, surface, view))

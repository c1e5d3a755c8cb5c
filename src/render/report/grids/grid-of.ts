import type { LicenseReport, ReportGroups } from '../../../report/license-report.ts'
import type { Grid, Reader } from '../../grid/grid.ts'
import type { ReportView } from '../render-report.ts'
import { assignmentGrid } from './assignment-grid.ts'
import { findingRowGrid } from './finding-rows.ts'
import { groupGrid } from './group-grid.ts'
import { organizationGrid } from './organization-grid.ts'
import { licenseGrid } from './pool-grid.ts'
import { purchaseGrid } from './purchase-grid.ts'
import { licensesShownToPeople, userGrid } from './user-grid.ts'

/** Of a report without groups, which is not shown in this layout. */
const NO_GROUPS: ReportGroups = { by: 'provider', rows: [] }

/** The rows that a reader is shown. `room`: how many columns the terminal has; absent: lines may be of any length. */
export const gridOf = (
  report: LicenseReport,
  { layout, costOfSeat }: ReportView,
  reader: Reader,
  room?: number,
): Grid => {
  switch (layout) {
    case 'license':
      return licenseGrid(report)
    case 'user':
      return userGrid(report, reader === 'people' ? licensesShownToPeople(report, room) : 'columns')
    case 'group':
      return groupGrid(report, report.groups ?? NO_GROUPS)
    case 'assignment':
      return assignmentGrid(report, costOfSeat)
    case 'purchase':
      return purchaseGrid(report)
    case 'finding':
      return findingRowGrid(report)
    case 'organization':
      return organizationGrid(report)
  }
}

import type { LicenseReport } from '../../../report/license-report.ts'
import type { Grid, Reader } from '../../grid/grid.ts'
import type { ReportView } from '../render-report.ts'
import { assignmentGrid } from './assignment-grid.ts'
import { licenseGrid } from './pool-grid.ts'
import { purchaseGrid } from './purchase-grid.ts'
import { licensesShownToPeople, userGrid } from './user-grid.ts'

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
    case 'assignment':
      return assignmentGrid(report, costOfSeat)
    case 'purchase':
      return purchaseGrid(report)
  }
}

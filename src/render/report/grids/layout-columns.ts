import type { GridColumn } from '../../grid/grid.ts'
import type { ReportLayout } from '../render-report.ts'
import { assignmentGridColumns } from './assignment-grid.ts'
import { findingRowColumns } from './finding-rows.ts'
import { groupGridColumns } from './group-grid.ts'
import { organizationGridColumns } from './organization-grid.ts'
import { licenseGridColumns } from './pool-grid.ts'
import { purchaseGridColumns } from './purchase-grid.ts'
import { userGridColumns } from './user-grid.ts'

/** All columns that the rows of a layout may have, whatever the report has; those of single licenses are left out. */
export const layoutColumns = (layout: ReportLayout): readonly GridColumn[] => {
  switch (layout) {
    case 'license':
      return licenseGridColumns
    case 'user':
      return userGridColumns
    case 'assignment':
      return assignmentGridColumns
    case 'purchase':
      return purchaseGridColumns
    case 'group':
      // What the headings say depends on the grouping, and what the columns are called does not.
      return groupGridColumns('department')
    case 'finding':
      return findingRowColumns
    case 'organization':
      return organizationGridColumns
  }
}

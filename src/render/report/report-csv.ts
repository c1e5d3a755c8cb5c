import { gridCsv } from '../grid/grid-csv.ts'
import { gridOf } from './grids/grid-of.ts'
import type { RenderReport } from './report-formats.ts'

/**
 * One row per license, person or seat, and one for each provider that failed. Columns are only ever added, at the end.
 * `providerStatus` and `reportStatus` say whether the numbers of a row are whole.
 */
export const renderReportCsv: RenderReport = (report, surface, view) =>
  gridCsv(gridOf(report, view, 'machines'), surface)

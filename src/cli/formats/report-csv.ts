import { gridCsv } from './grid-csv.ts'
import type { RenderReport } from './report-formats.ts'
import { gridOf } from './report-grids/grid-of.ts'

/**
 * One row per license, person or seat, and one for each provider that failed. Columns are only ever added, at the end.
 * `providerStatus` and `reportStatus` say whether the numbers of a row are whole.
 */
export const renderReportCsv: RenderReport = (report, surface, view) => gridCsv(gridOf(report, view), surface)

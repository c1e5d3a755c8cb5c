import { jsonText } from '../output/json-text.ts'
import type { RenderReport } from './report-formats.ts'

/** The report as it is. */
export const renderReportJson: RenderReport = (report) => `${jsonText(report, 2)}\n`

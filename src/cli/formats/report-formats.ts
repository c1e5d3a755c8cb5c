import type { LicenseReport } from '../../report/license-report.ts'
import type { Surface } from '../output/surface.ts'

/** Turns a report into text, or into the bytes of a file. */
export type RenderReport = (report: LicenseReport, surface: Surface) => string | Uint8Array

/** Every format of the report. One file each, loaded on demand. */
export const reportFormats = {
  table: async () => (await import('./report-table.ts')).renderReportTable,
  json: async () => (await import('./report-json.ts')).renderReportJson,
  csv: async () => (await import('./report-csv.ts')).renderReportCsv,
} satisfies Record<string, () => Promise<RenderReport>>

export type ReportFormatName = keyof typeof reportFormats

import type { LicenseReport } from '../../report/license-report.ts'
import type { Content } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'
import type { CostOfSeat } from './grids/assignment-grid.ts'

/** What the rows of a report are: pools of seats, people, or single seats. */
export const reportLayouts = ['license', 'user', 'assignment'] as const
export type ReportLayout = (typeof reportLayouts)[number]

export interface ReportView {
  readonly layout: ReportLayout
  /** Only of reports with users. */
  readonly costOfSeat: CostOfSeat
}

/** Turns a report into text, or into the bytes of a file. */
export type RenderReport = (report: LicenseReport, surface: Surface, view: ReportView) => Content | Promise<Content>

/** Every format of the report. One file each, loaded on demand. */
export const reportFormats = {
  table: async () => (await import('./report-table.ts')).renderReportTable,
  json: async () => (await import('./report-json.ts')).renderReportJson,
  csv: async () => (await import('./report-csv.ts')).renderReportCsv,
  md: async () => (await import('./report-md.ts')).renderReportMarkdown,
  html: async () => (await import('./html/render.ts')).renderReportHtml,
  xlsx: async () => (await import('./report-xlsx.ts')).renderReportXlsx,
} satisfies Record<string, () => Promise<RenderReport>>

export type ReportFormatName = keyof typeof reportFormats

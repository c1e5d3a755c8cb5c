import type { LicenseReport } from '../../../src/index.ts'
import {
  piecesOf,
  type ReportFormat,
  type ReportLayout,
  renderReport,
  reportFormats,
  reportLayouts,
} from '../../../src/render/index.ts'
import { problemsOfReport } from '../../../src/report/report-problems.ts'

/** Of the layouts, a page differs by `organization` alone. */
const layoutsOf = (format: ReportFormat): readonly ReportLayout[] =>
  format === 'html' ? ['license', 'organization'] : reportLayouts

/** The report in every format and layout, and what stderr says of it, one after the other. */
export const renderEverywhere = async (report: LicenseReport): Promise<string> => {
  const texts: string[] = [...problemsOfReport(report)]
  for (const format of reportFormats) {
    for (const layout of layoutsOf(format)) {
      const content = await renderReport(report, { format, layout, columns: 80 })
      for (const piece of piecesOf(content)) texts.push(typeof piece === 'string' ? piece : '')
    }
  }
  return texts.join('\n')
}

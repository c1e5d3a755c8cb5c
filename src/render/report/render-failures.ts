import type { LicenseReport } from '../../report/license-report.ts'
import { type Formats, type Render, renderer } from '../rendering.ts'

/** The formats of {@link renderFailures}. */
export const failureFormats = ['csv', 'json'] as const
/** One of {@link failureFormats}. */
export type FailureFormat = (typeof failureFormats)[number]

const formats: Formats<FailureFormat, Render<Pick<LicenseReport, 'generatedAt' | 'providers'>>> = {
  csv: async () => {
    const [{ gridCsv }, { failureGrid }] = await Promise.all([
      import('../grid/grid-csv.ts'),
      import('./grids/failure-grid.ts'),
    ])
    return (report, surface) => gridCsv(failureGrid(report), surface)
  },
  json: async () => {
    const [{ objectText }, { failuresOfReport }] = await Promise.all([
      import('../text/json-text.ts'),
      import('../../report/report-failures.ts'),
    ])
    return (report) =>
      objectText({ schemaVersion: 1, generatedAt: report.generatedAt, failures: failuresOfReport(report) })
  },
}

/**
 * What could not be read of each provider, why, and what to do about it: see `failuresOfReport`. Of a complete report, CSV
 * has its headings alone, and JSON an empty list.
 */
export const renderFailures = renderer(formats)

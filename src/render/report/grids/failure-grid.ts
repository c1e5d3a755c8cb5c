import type { LicenseReport } from '../../../report/license-report.ts'
import { failuresOfReport, type ReportFailure } from '../../../report/report-failures.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'

interface FailureColumn {
  readonly column: GridColumn
  readonly cellOf: (failure: ReportFailure) => Cell
}

const fields: readonly FailureColumn[] = [
  { column: { key: 'provider', heading: 'Provider', holds: 'text' }, cellOf: ({ provider }) => provider },
  { column: { key: 'displayName', heading: 'Name', holds: 'text' }, cellOf: ({ displayName }) => displayName },
  { column: { key: 'vendor', heading: 'Vendor', holds: 'text' }, cellOf: ({ vendor }) => vendor },
  { column: { key: 'status', heading: 'Status', holds: 'text' }, cellOf: ({ status }) => status },
  { column: { key: 'what', heading: 'What could not be read', holds: 'text' }, cellOf: ({ what }) => what },
  { column: { key: 'why', heading: 'Why', holds: 'text' }, cellOf: ({ why }) => why },
  { column: { key: 'advice', heading: 'What to do', holds: 'text' }, cellOf: ({ advice }) => advice },
  { column: { key: 'kind', heading: 'Kind', holds: 'text' }, cellOf: ({ kind = '' }) => kind },
  {
    column: { key: 'httpStatus', heading: 'HTTP status', holds: 'number' },
    cellOf: ({ httpStatus = '' }) => httpStatus,
  },
  {
    column: { key: 'correlationId', heading: 'Correlation id', holds: 'text' },
    cellOf: ({ correlationId = '' }) => correlationId,
  },
]

/** One row for each thing that could not be read. */
export const failureGrid = (report: Pick<LicenseReport, 'providers'>): Grid => ({
  columns: fields.map(({ column }) => column),
  rows: failuresOfReport(report).map((failure) => fields.map(({ cellOf }) => cellOf(failure))),
  currencies: [],
})

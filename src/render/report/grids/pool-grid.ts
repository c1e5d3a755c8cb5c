import { unknown } from '../../../model/count.ts'
import { groupedBy } from '../../../model/grouped-by.ts'
import { labelsOf, licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport } from '../../../report/license-report.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn, withoutEmptyColumns } from '../../grid/grid.ts'
import { consumedCell, purchasedCell, termCell } from '../../license-cells.ts'
import { licenseColumns } from '../../license-columns.ts'
import { limitNotes, limitWord } from '../../limit-cells.ts'
import { purchaseFacts } from '../../text/purchase-text.ts'
import { currenciesOf } from '../shown-costs.ts'

const DISCREPANCY = "the vendor's count of users differs from its list of holders; the count may lag"

/** A row of the table: a license, with what it is called there and the status of its provider. */
interface Pool {
  readonly row: LicenseRow
  readonly label: string
  readonly status: ProviderReport['status']
}

interface PoolColumn {
  readonly column: GridColumn
  readonly cellOf: (pool: Pool) => Cell
}

const poolColumns: readonly PoolColumn[] = [
  { column: { ...licenseColumns.provider, only: 'machines' }, cellOf: ({ row }) => row.provider },
  {
    column: { key: 'providerStatus', heading: 'Provider status', holds: 'text', only: 'machines' },
    cellOf: ({ status }) => status,
  },
  { column: { key: 'id', heading: 'Id', holds: 'text', only: 'machines' }, cellOf: ({ row }) => row.id },
  // So wide that names which begin alike stay readable; other columns are left out first.
  { column: { ...licenseColumns.name, minimum: 20, only: 'people' }, cellOf: ({ label }) => label },
  { column: { ...licenseColumns.name, only: 'machines' }, cellOf: ({ row }) => row.name },
  { column: { ...licenseColumns.productCode, expendable: 1 }, cellOf: ({ row }) => row.productCode ?? '' },
  { column: { ...licenseColumns.metric, only: 'machines' }, cellOf: ({ row }) => row.metric },
  {
    column: { key: 'subscriptionId', heading: 'Subscription', holds: 'text', only: 'machines' },
    cellOf: ({ row }) => row.subscriptionId ?? '',
  },
  {
    column: { key: 'siteUrl', heading: 'Site', holds: 'text', only: 'machines' },
    cellOf: ({ row }) => row.siteUrl ?? '',
  },
  { column: licenseColumns.purchased, cellOf: ({ row }) => purchasedCell(row) },
  {
    column: { ...licenseColumns.consumed, expendable: 3 },
    cellOf: ({ row }) => consumedCell(row, row.discrepancy === undefined ? undefined : DISCREPANCY),
  },
  { column: licenseColumns.assigned, cellOf: ({ row }) => ({ count: row.assigned }) },
  {
    column: licenseColumns.available,
    cellOf: ({ row }) => ({ count: row.available, notes: limitNotes(row, 'keepFree') }),
  },
  {
    column: { key: 'utilization', heading: 'Utilization', holds: 'part', expendable: 4 },
    cellOf: ({ row }) => {
      const notes = limitNotes(row, 'maxUtilization')
      return { part: row.utilization, isBeyondLimit: notes.length > 0, notes }
    },
  },
  {
    column: { ...licenseColumns.termEnd, only: 'people', expendable: 2, least: 100 },
    cellOf: ({ row }) => termCell(row),
  },
  {
    column: { key: 'discrepancy', heading: 'Discrepancy', holds: 'number', only: 'machines' },
    cellOf: ({ row }) => row.discrepancy?.difference ?? '',
  },
  { column: costColumn, cellOf: ({ row }) => costCell(row.cost) },
]

/** For machines too, and only where a license of the configuration is not listed: its row has no numbers, and this says why. */
const configuration: PoolColumn = {
  column: { key: 'configuration', heading: 'Configuration', holds: 'text', only: 'machines' },
  cellOf: ({ row }) => (row.declaredOnly ? 'it has overrides, but the vendor does not list it' : ''),
}

/** For machines, after all that was there before: what contracts, bills, files and the configuration say. */
const factColumns: readonly PoolColumn[] = purchaseFacts.map(({ key, heading, holds, separator, factOf }) => ({
  column: { key, heading, holds, only: 'machines', ...(separator === undefined ? {} : { separator }) },
  cellOf: ({ row }) => factOf(row),
}))

/** For machines, after all that was there before, and only where limits were given. */
const limitColumns: readonly PoolColumn[] = [
  {
    column: { key: 'limitMaxUtilization', heading: 'Limit of utilization (%)', holds: 'number', only: 'machines' },
    cellOf: ({ row }) => row.limits?.maxUtilization ?? '',
  },
  {
    column: { key: 'limitKeepFree', heading: 'Seats to keep free', holds: 'number', only: 'machines' },
    cellOf: ({ row }) => row.limits?.keepFree ?? '',
  },
  {
    column: { key: 'limits', heading: 'Limits', holds: 'text', only: 'machines' },
    cellOf: ({ row }) => limitWord(row),
  },
]

const FACT_KEYS: ReadonlySet<string> = new Set(purchaseFacts.map(({ key }) => key))

/** Without facts that are told of no license: people read it. Programs find every column in its place. */
export const withoutEmptyFacts = (grid: Grid): Grid =>
  withoutEmptyColumns(grid, ({ key, only }) => only === 'machines' && FACT_KEYS.has(key))

const columnsOf = (fields: readonly PoolColumn[]): readonly GridColumn[] => fields.map(({ column }) => column)

/** All columns that licenses may have. */
export const licenseGridColumns: readonly GridColumn[] = [
  ...poolColumns,
  configuration,
  ...factColumns,
  ...limitColumns,
].map(({ column }) => column)

/** Columns for people that are there only if a license has something in them. */
const OPTIONAL: ReadonlyMap<string, (row: LicenseRow) => boolean> = new Map([
  ['productCode', ({ productCode }) => productCode !== undefined],
  ['termEnd', ({ term }) => term !== undefined],
])

/** The licenses of one provider, for people: no column for product codes or terms where there are none. */
export const poolGrid = (
  { status }: ProviderReport,
  rows: readonly LicenseRow[],
  currencies: readonly string[],
): Grid => {
  const fields = poolColumns.filter(({ column: { key } }) => {
    const has = OPTIONAL.get(key)
    return has === undefined || rows.some(has)
  })
  const labels = labelsOf(rows)
  return {
    columns: columnsOf(fields),
    rows: rows.map((row, index) => {
      const pool = { row, label: labels[index] ?? row.name, status }
      return fields.map(({ cellOf }) => cellOf(pool))
    }),
    currencies,
  }
}

/** A provider that failed has a row too: its absence would look like an organization without licenses. */
const failureRow = ({ id, status, error, cost }: ProviderReport, fields: readonly PoolColumn[]): readonly Cell[] => {
  const count = unknown(error?.message ?? 'the provider failed')
  return fields.map(({ column: { key, holds } }): Cell => {
    if (key === 'provider') return id
    if (key === 'providerStatus') return status
    if (holds === 'cost') return costCell(cost)
    return holds === 'count' ? { count } : holds === 'part' ? { part: count } : ''
  })
}

function* rowsOf({ providers, licenses }: LicenseReport, fields: readonly PoolColumn[]): Generator<readonly Cell[]> {
  const byProvider = groupedBy(licenses, ({ provider }) => provider)
  const { labelOf } = licenseLabels({ licenses })
  for (const provider of providers) {
    const own = byProvider.get(provider.id) ?? []
    if (provider.status === 'failed' && own.length === 0) yield failureRow(provider, fields)
    for (const row of own) {
      const pool = { row, label: labelOf(row.provider, row.id), status: provider.status }
      yield fields.map(({ cellOf }) => cellOf(pool))
    }
  }
}

/**
 * One row for each license, and one for each provider that failed. `discrepancy` is how many users more or, with a minus,
 * fewer than were enumerated the vendor's counter says.
 */
export const licenseGrid = (report: LicenseReport): Grid => {
  const hasUnlisted = report.licenses.some(({ declaredOnly }) => declaredOnly)
  const fields = [
    ...poolColumns,
    ...(hasUnlisted ? [configuration] : []),
    ...factColumns,
    ...(report.limits === undefined ? [] : limitColumns),
  ]
  return { columns: columnsOf(fields), rows: rowsOf(report, fields), currencies: currenciesOf(report) }
}

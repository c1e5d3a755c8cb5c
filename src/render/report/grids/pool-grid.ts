import { labelsOf } from '../../../report/license-labels.ts'
import type { LicenseRow } from '../../../report/license-report.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn } from '../../grid/grid.ts'

const DISCREPANCY = "the vendor's count of users differs from its list of holders; the count may lag"

/** The seats of a license in every table, in this order. */
export const seatColumns = [
  { key: 'purchased', heading: 'Purchased', holds: 'count' },
  { key: 'consumed', heading: 'Consumed', holds: 'count', expendable: 2 },
  { key: 'assigned', heading: 'Assigned', holds: 'count' },
  { key: 'available', heading: 'Available', holds: 'count' },
] as const satisfies readonly GridColumn[]

export type SeatCell = Extract<Cell, { readonly count: unknown }>
type SeatCells = { readonly [Key in (typeof seatColumns)[number]['key']]: SeatCell }

/** The same of one license, by the keys of its columns. */
export const seatCells = ({ purchased, consumed, discrepancy, assigned, available }: LicenseRow): SeatCells => ({
  purchased: { count: purchased },
  consumed: { count: consumed, ...(discrepancy === undefined ? {} : { note: DISCREPANCY }) },
  assigned: { count: assigned },
  available: { count: available },
})

export const utilizationColumn = { key: 'utilization', heading: 'Utilization', holds: 'part', expendable: 3 } as const

const columnsOf = (withCode: boolean): readonly GridColumn[] => [
  { key: 'name', heading: 'License', holds: 'text', minimum: 12 },
  ...(withCode ? [{ key: 'productCode', heading: 'Product', holds: 'text', minimum: 7, expendable: 1 } as const] : []),
  ...seatColumns,
  utilizationColumn,
  costColumn,
]

/** The licenses of one provider, for people: without empty columns. */
export const poolGrid = (rows: readonly LicenseRow[], currencies: readonly string[]): Grid => {
  const withCode = rows.some(({ productCode }) => productCode !== undefined)
  const labels = labelsOf(rows)
  return {
    columns: columnsOf(withCode),
    rows: rows.map((row, index): readonly Cell[] => [
      labels[index] ?? row.name,
      ...(withCode ? [row.productCode ?? ''] : []),
      ...Object.values(seatCells(row)),
      { part: row.utilization },
      costCell(row.cost),
    ]),
    currencies,
  }
}

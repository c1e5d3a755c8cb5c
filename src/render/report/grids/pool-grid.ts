import { labelsOf } from '../../../report/license-labels.ts'
import type { LicenseRow } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from './cost-column.ts'

export const DISCREPANCY = 'the vendor counts another number of users than it lists as holders; its counter may lag'

const columnsOf = (withCode: boolean): readonly GridColumn[] => [
  { key: 'name', heading: 'License', holds: 'text' },
  ...(withCode ? [{ key: 'productCode', heading: 'Product', holds: 'text' } as const] : []),
  { key: 'purchased', heading: 'Purchased', holds: 'count' },
  { key: 'consumed', heading: 'Consumed', holds: 'count' },
  { key: 'assigned', heading: 'Assigned', holds: 'count' },
  { key: 'available', heading: 'Available', holds: 'count' },
  { key: 'utilization', heading: 'Utilization', holds: 'part' },
]

/** The licenses of one provider, for people: only what there is something to say of. */
export const poolGrid = (rows: readonly LicenseRow[], currencies: readonly string[]): Grid => {
  const withCode = rows.some(({ productCode }) => productCode !== undefined)
  const labels = labelsOf(rows)
  return {
    columns: [...columnsOf(withCode), ...costColumn(currencies)],
    rows: rows.map((row, index): readonly Cell[] => [
      labels[index] ?? row.name,
      ...(withCode ? [row.productCode ?? ''] : []),
      { count: row.purchased },
      row.discrepancy === undefined ? { count: row.consumed } : { count: row.consumed, note: DISCREPANCY },
      { count: row.assigned },
      { count: row.available },
      { part: row.utilization },
      ...costCell(row.cost, currencies),
    ]),
    currencies,
  }
}

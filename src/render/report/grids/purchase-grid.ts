import { noticeDayOf, type Purchase } from '../../../model/purchase.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow } from '../../../report/license-report.ts'
import { dayText, originName, periodText, termText } from '../../../report/purchase-words.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { licenseColumns } from '../../license-columns.ts'
import { pricesCell, pricesText } from '../../text/purchase-text.ts'

/** A product of a license, with what the license is called. */
interface Bought {
  readonly row: LicenseRow
  readonly label: string
  readonly purchase: Purchase
}

interface PurchaseColumn {
  readonly column: GridColumn
  readonly cellOf: (bought: Bought) => Cell
}

const text = (key: string, heading: string, more: Partial<GridColumn> = {}): GridColumn => ({
  key,
  heading,
  holds: 'text',
  ...more,
})

const forMachines = { only: 'machines' } as const
const forPeople = { only: 'people' } as const

const sourceCell = ({ from }: Purchase): Cell => {
  const days = from.at === undefined ? [] : [`as of ${dayText(from.at)}`]
  const periods = from.period === undefined ? [] : [periodText(from.period)]
  return { text: originName(from), notes: [...days, ...periods] }
}

const columns: readonly PurchaseColumn[] = [
  { column: licenseColumns.provider, cellOf: ({ row }) => row.provider },
  { column: text('licenseId', 'License id', forMachines), cellOf: ({ row }) => (row.boughtOnly ? '' : row.id) },
  {
    column: { ...licenseColumns.name, key: 'license', wraps: true },
    cellOf: ({ row, label }) => (row.boughtOnly ? '' : label),
  },
  { column: text('sku', 'Product', { minimum: 7, wraps: true }), cellOf: ({ purchase }) => purchase.sku ?? '' },
  { column: text('name', 'Name', { minimum: 12, wraps: true, least: 100 }), cellOf: ({ purchase }) => purchase.name },
  {
    column: { key: 'quantity', heading: 'Purchased', holds: 'count' },
    cellOf: ({ purchase: { quantity } }) => (quantity === undefined ? '' : { count: quantity }),
  },
  {
    column: { key: 'billed', heading: 'Billed', holds: 'count' },
    cellOf: ({ purchase: { billed } }) => (billed === undefined ? '' : { count: billed }),
  },
  {
    column: text('committedPrices', 'Committed price', { ...forPeople, minimum: 15, wraps: true, expendable: 3 }),
    cellOf: ({ purchase }) => pricesCell(purchase.committedPrices),
  },
  {
    column: text('overagePrices', 'Overage price', { ...forPeople, minimum: 13, wraps: true, expendable: 2 }),
    cellOf: ({ purchase }) => pricesCell(purchase.overagePrices),
  },
  {
    column: text('committedPrice', 'Committed price', forMachines),
    cellOf: ({ purchase }) => pricesText(purchase.committedPrices),
  },
  {
    column: text('overagePrice', 'Overage price', forMachines),
    cellOf: ({ purchase }) => pricesText(purchase.overagePrices),
  },
  {
    column: text('term', 'Term end', { ...forPeople, expendable: 4 }),
    cellOf: ({ purchase: { term } }) =>
      term === undefined ? '' : { text: term.end ?? 'unknown', notes: [termText(term)] },
  },
  { column: text('termStart', 'Term start', forMachines), cellOf: ({ purchase }) => purchase.term?.start ?? '' },
  { column: text('termEnd', 'Term end', forMachines), cellOf: ({ purchase }) => purchase.term?.end ?? '' },
  {
    column: { ...text('noticeDays', 'Notice in days', forMachines), holds: 'number' },
    cellOf: ({ purchase }) => purchase.term?.noticeDays ?? '',
  },
  {
    column: text('noticeDay', 'Cancel by', forMachines),
    cellOf: ({ purchase: { term } }) => (term === undefined ? '' : (noticeDayOf(term) ?? '')),
  },
  {
    column: text('from', 'From', { ...forPeople, minimum: 12, wraps: true, expendable: 1 }),
    cellOf: ({ purchase }) => sourceCell(purchase),
  },
  { column: text('source', 'Source', forMachines), cellOf: ({ purchase }) => purchase.from.source },
  { column: text('sourceName', 'Which', forMachines), cellOf: ({ purchase }) => purchase.from.name ?? '' },
  { column: text('asOf', 'As of', forMachines), cellOf: ({ purchase }) => purchase.from.at ?? '' },
  {
    column: text('billingPeriodStart', 'Billing period start', forMachines),
    cellOf: ({ purchase }) => purchase.from.period?.start ?? '',
  },
  {
    column: text('billingPeriodEnd', 'Billing period end', forMachines),
    cellOf: ({ purchase }) => purchase.from.period?.end ?? '',
  },
  {
    column: text('billingPeriodStatus', 'Billing period', forMachines),
    cellOf: ({ purchase }) => purchase.from.period?.status ?? '',
  },
]

/** The columns of purchases. */
export const purchaseGridColumns: readonly GridColumn[] = columns.map(({ column }) => column)

/** Whether a contract, a bill or a file says anything of any license. */
export const hasPurchases = ({ licenses }: LicenseReport): boolean =>
  licenses.some(({ purchases = [] }) => purchases.length > 0)

function* rowsOf(report: LicenseReport): Generator<readonly Cell[]> {
  const { labelOf } = licenseLabels(report)
  for (const row of report.licenses) {
    for (const purchase of row.purchases ?? []) {
      const bought = { row, label: labelOf(row.provider, row.id), purchase }
      yield columns.map(({ cellOf }) => cellOf(bought))
    }
  }
}

/** One row for each product of a contract, a bill or a file; without a license, it is mapped to none. */
export const purchaseGrid = (report: LicenseReport): Grid => ({
  columns: purchaseGridColumns,
  rows: rowsOf(report),
  currencies: [],
})

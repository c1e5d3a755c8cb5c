import type { CheckItem } from '../../check/check-result.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import { type Cell, costCell, type Grid, type GridColumn } from '../grid/grid.ts'
import { findingRowColumns, rowsPerSeat } from '../report/grids/finding-rows.ts'
import { itemText } from './item-text.ts'

/** A limit's message does not name the license, which people are shown in no other column. */
const forEachReader = (message: GridColumn): readonly GridColumn[] => [
  { ...message, only: 'machines' },
  { ...message, heading: 'What', only: 'people' },
]

/** The columns of the items of a check: those of findings, from which a plan is read, and the verdict. */
export const checkColumns: readonly GridColumn[] = [
  ...findingRowColumns.flatMap((column) => (column.key === 'message' ? forEachReader(column) : [column])),
  { key: 'verdict', heading: 'Verdict', holds: 'text' },
]

const isOpen = ({ verdict }: CheckItem): boolean => verdict === 'breached' || verdict === 'inBaseline'

const lastActiveOf = ({ evidence }: CheckItem): Cell => {
  const time = evidence?.lastActiveAt
  return typeof time === 'string' ? { time } : ''
}

/** One row for each item, of a finding for each seat that can be given up. */
export const rowsOfItem = (item: CheckItem): readonly (readonly Cell[])[] =>
  rowsPerSeat(item).map(({ provider = '', userId = '', licenseId = '', isFirst, canGo }): readonly Cell[] => [
    provider,
    userId,
    canGo && isOpen(item) ? 'remove' : '',
    licenseId,
    item.rule,
    item.message,
    itemText(item),
    isFirst && item.seats !== undefined ? { count: item.seats } : '',
    isFirst ? costCell(item.cost) : '',
    lastActiveOf(item),
    item.accepted?.reason ?? '',
    item.id ?? '',
    item.findingGroup ?? '',
    licenseId === '' ? '' : item.name,
    userId,
    item.verdict,
  ])

/** Of every item, whether or not its cost is known. */
const currenciesOf = (items: readonly CheckItem[]): readonly string[] => [
  ...new Set(items.flatMap(({ cost }) => (cost === undefined ? [] : knownOf(cost).map(({ currency }) => currency)))),
]

/** The rows of items, in their order. */
export const gridOfItems = (items: readonly CheckItem[]): Grid => ({
  columns: checkColumns,
  rows: items.flatMap(rowsOfItem),
  currencies: [...currenciesOf(items)].sort(),
})

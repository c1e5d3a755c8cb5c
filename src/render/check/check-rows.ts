import type { CheckItem } from '../../check/check-result.ts'
import { type Cell, costCell, type GridColumn } from '../grid/grid.ts'
import { findingRowColumns, rowsPerSeat } from '../report/grids/finding-rows.ts'

/** The columns of the items of a check: those of findings, from which a plan is read, and the verdict. */
export const checkColumns: readonly GridColumn[] = [
  ...findingRowColumns,
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

import type { CheckItem, CheckResult } from '../../check/check-result.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import { type Cell, costCell, type Grid } from '../grid/grid.ts'
import { gridCsv } from '../grid/grid-csv.ts'
import type { Render } from '../rendering.ts'
import { findingRowColumns, rowsPerSeat } from '../report/grids/finding-rows.ts'

/** Of every item, whether or not its cost is known. */
const currenciesOf = ({ items }: CheckResult): readonly string[] => [
  ...new Set(items.flatMap(({ cost }) => (cost === undefined ? [] : knownOf(cost).map(({ currency }) => currency)))),
]

const isOpen = ({ verdict }: CheckItem): boolean => verdict === 'breached' || verdict === 'inBaseline'

const lastActiveOf = ({ evidence }: CheckItem): Cell => {
  const time = evidence?.lastActiveAt
  return typeof time === 'string' ? { time } : ''
}

const rowsOf = (item: CheckItem): readonly (readonly Cell[])[] =>
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

const gridOf = (result: CheckResult): Grid => ({
  columns: [...findingRowColumns, { key: 'verdict', heading: 'Verdict', holds: 'text' }],
  rows: result.items.flatMap(rowsOf),
  currencies: [...currenciesOf(result)].sort(),
})

/**
 * One row for each item, of a finding for each seat that can be given up, in the columns that a plan is read from. A user is
 * an id: a check keeps no addresses.
 */
export const renderCheckCsv: Render<CheckResult> = (result, surface) => gridCsv(gridOf(result), surface)

import type { CheckResult } from '../../check/check-result.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Grid } from '../grid/grid.ts'
import { gridCsv } from '../grid/grid-csv.ts'
import type { Render } from '../rendering.ts'
import { checkColumns, rowsOfItem } from './check-rows.ts'

/** Of every item, whether or not its cost is known. */
const currenciesOf = ({ items }: CheckResult): readonly string[] => [
  ...new Set(items.flatMap(({ cost }) => (cost === undefined ? [] : knownOf(cost).map(({ currency }) => currency)))),
]

const gridOf = (result: CheckResult): Grid => ({
  columns: checkColumns,
  rows: result.items.flatMap(rowsOfItem),
  currencies: [...currenciesOf(result)].sort(),
})

/**
 * One row for each item, of a finding for each seat that can be given up, in the columns that a plan is read from. A user is
 * an id: a check keeps no addresses.
 */
export const renderCheckCsv: Render<CheckResult> = (result, surface) => gridCsv(gridOf(result), surface)

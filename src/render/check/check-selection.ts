import type { CheckItem, CheckResult, CheckVerdict } from '../../check/check-result.ts'
import type { Grid } from '../grid/grid.ts'
import type { RowAccount } from '../rows/row-options.ts'
import { rowAccountLines } from '../rows/row-texts.ts'
import { selectGrid } from '../rows/select-grid.ts'
import { checkColumns, gridOfItems } from './check-rows.ts'
import type { CheckRows } from './render-check.ts'

/** The rows of a check that are asked for. */
export interface SelectedItems {
  readonly grid: Grid
  readonly account: Pick<RowAccount, 'columns' | 'sort' | 'limit' | 'found' | 'shown'>
  /** What was left out, one line each. */
  readonly told: readonly string[]
}

/** What a reader has to act on comes first: a limit would otherwise show what passed, and not what is breached. */
const RANKS: Readonly<Record<CheckVerdict, number>> = { breached: 0, unknown: 1, inBaseline: 2, accepted: 3, passed: 4 }

const TOTALS = 'The verdict and all other numbers are of everything that was judged, not of these rows.'

/** Throws where there are no such columns. */
export const selectedItems = (
  { items }: Pick<CheckResult, 'items'>,
  { columns, sort, limit }: CheckRows,
): SelectedItems => {
  const byVerdict = [...items].sort((one: CheckItem, other: CheckItem) => RANKS[one.verdict] - RANKS[other.verdict])
  const all = gridOfItems(byVerdict)
  const { grid, account } = selectGrid(() => all, checkColumns, { columns, sort, limit })
  const { matching: _matching, unknown: _unknown, ...shown } = account
  const lines = rowAccountLines(account, ['row'])
  return { grid, account: shown, told: lines.length === 0 ? [] : [...lines, TOTALS] }
}

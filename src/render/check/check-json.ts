import { gridFor } from '../grid/grid.ts'
import { rowValue } from '../rows/cell-value.ts'
import { objectText } from '../text/json-text.ts'
import { selectedItems } from './check-selection.ts'
import type { RenderCheck } from './render-check.ts'

/**
 * The result as it is; or all of it but its items and their groups, and the rows that are asked for: beside some of the rows,
 * the lists would be taken for them, and what has no `items` is refused as a baseline.
 */
export const renderCheckJson: RenderCheck = (result, _surface, rows) => {
  if (rows === undefined) return objectText(result)
  const { items: _items, findingGroups: _groups, ...rest } = result
  const { grid, account } = selectedItems(result, rows)
  const { columns, rows: shown } = gridFor('machines', grid)
  return objectText({ ...rest, selection: account, rows: [...shown].map((cells) => rowValue(columns, cells)) })
}

import type { Cell, GridColumn } from '../grid/grid.ts'

/** A cell as data: undefined where there is nothing, numbers with what is known of them, a list as a list. */
const dataOf = (cell: Cell, { separator }: GridColumn): unknown => {
  if (cell === '') return undefined
  if (typeof cell === 'number') return cell
  const text = typeof cell === 'string' ? cell : 'text' in cell ? cell.text : undefined
  if (text !== undefined) return separator === undefined ? text : text.split(separator)
  if (typeof cell === 'string') return cell
  if ('count' in cell) return cell.count
  if ('part' in cell) return cell.part
  if ('cost' in cell) return cell.cost
  return 'time' in cell ? cell.time : undefined
}

/** A row as an object with a member for each column that has something in it. */
export const rowValue = (columns: readonly GridColumn[], cells: readonly Cell[]): object =>
  Object.fromEntries(
    columns.flatMap((column, place) => {
      const value = dataOf(cells[place] ?? '', column)
      return value === undefined ? [] : [[column.key, value]]
    }),
  )

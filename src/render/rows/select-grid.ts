import type { UnmetWord } from '../../filter/index.ts'
import type { Cell, Grid, GridColumn } from '../grid/grid.ts'
import { inBatches } from '../text/in-batches.ts'
import type { RowAccount, RowOptions } from './row-options.ts'
import type { RowSelection } from './row-selection.ts'
import { selectRows } from './select-rows.ts'

/** The rows of a grid that are asked for, and what became of all of them. */
export interface SelectedGrid {
  readonly grid: Grid
  readonly account: RowAccount
  /** Words of `where` that no row has. */
  readonly unmet: readonly UnmetWord[]
}

const ROWS_AT_ONCE = 100

type Row = readonly Cell[]

/** A column that was asked for is there for every reader, and where it was asked for. */
const asAskedFor = ({ only: _only, isLate: _late, isNoteLate: _noteLate, least: _least, ...column }: GridColumn) =>
  column

function* taken(rows: Iterable<Row>, { take }: RowSelection<Row>): Generator<Row> {
  for (const batch of inBatches(rows, ROWS_AT_ONCE)) yield* take(batch)
}

function* picked(rows: Iterable<Row>, places: readonly number[]): Generator<Row> {
  for (const row of rows) yield places.map((place) => row[place] ?? '')
}

/**
 * Chooses rows and columns of a grid. `possible`: the columns that such a grid may have; of one that it lacks, all cells are
 * empty. The grid is made twice, so that what became of its rows is known before the first is shown, and only rows that are to
 * be sorted are kept. Throws where there are no such columns.
 */
export const selectGrid = (
  makeGrid: () => Grid,
  possible: readonly GridColumn[],
  options: RowOptions,
): SelectedGrid => {
  const counted = makeGrid()
  const own = new Set(counted.columns.map(({ key }) => key))
  const columns = [...counted.columns, ...possible.filter(({ key }) => !own.has(key))]
  const open = (): RowSelection<Row> => selectRows(columns, (row, place) => row[place] ?? '', options)
  const selection = open()
  for (const batch of inBatches(counted.rows, ROWS_AT_ONCE)) selection.take(batch)
  const sorted = selection.rest()
  const { places } = selection
  const rows = sorted.length > 0 ? sorted : taken(makeGrid().rows, open())
  const { currencies } = counted
  return {
    grid:
      places === undefined
        ? { columns: counted.columns, rows, currencies }
        : {
            columns: places.flatMap((place) => columns.slice(place, place + 1)).map(asAskedFor),
            rows: picked(rows, places),
            currencies,
          },
    account: selection.account(),
    unmet: selection.unmet(),
  }
}

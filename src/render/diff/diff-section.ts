import type { Cell, Grid, GridColumn } from '../grid/grid.ts'

/** A part of what changed, for people. */
export interface DiffSection {
  readonly heading: string
  /** What there is to say before the table; foreign text in it is as the vendor wrote it. */
  readonly lines: readonly string[]
  readonly grid?: Grid
  /** What the marks in its table stand for, one line each. */
  readonly notes?: readonly string[]
}

export const column = (
  heading: string,
  holds: GridColumn['holds'] = 'text',
  { minimum, expendable }: Pick<GridColumn, 'minimum' | 'expendable'> = {},
): GridColumn => ({
  key: heading,
  heading,
  holds,
  ...(minimum === undefined ? {} : { minimum }),
  ...(expendable === undefined ? {} : { expendable }),
})

export const gridOf = (columns: readonly GridColumn[], rows: Iterable<readonly Cell[]>): Grid => ({
  columns,
  rows,
  currencies: [],
})

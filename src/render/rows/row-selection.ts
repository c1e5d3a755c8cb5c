import type { UnmetWord } from '../../filter/index.ts'
import type { RowAccount, RowOptions } from './row-options.ts'

/** Chooses among rows as they come. */
export interface RowSelection<Row> {
  /** The places of the columns to show; undefined: those of the format. */
  readonly places: readonly number[] | undefined
  /** Takes the next rows, and gives those that can be shown now: none while they are to be sorted. */
  readonly take: (rows: readonly Row[]) => readonly Row[]
  /** Those that are shown only once all have come. */
  readonly rest: () => readonly Row[]
  /** Whether nothing that comes now would be shown, so that nothing more needs to be read. */
  readonly isFull: () => boolean
  readonly account: () => RowAccount
  /** Words of `where` that no row had until now. */
  readonly unmet: () => readonly UnmetWord[]
}

/** Whether anything is asked of the rows. */
export const asksForSome = ({ where, columns, sort, limit }: RowOptions): boolean =>
  where !== undefined || columns !== undefined || sort !== undefined || limit !== undefined

/** All rows, as they come. */
export const everyRow = <Row>(): RowSelection<Row> => {
  let found = 0
  return {
    places: undefined,
    take: (rows) => {
      found += rows.length
      return rows
    },
    rest: () => [],
    isFull: () => false,
    account: () => ({ found, matching: found, unknown: 0, shown: found }),
    unmet: () => [],
  }
}

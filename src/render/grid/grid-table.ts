import { createFootnotes } from '../footnotes.ts'
import { inBatches } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'
import { type Column, createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { type Grid, type GridColumn, gridFor } from './grid.ts'
import { cellText } from './grid-text.ts'

/** A column only ever gets wider: the more rows are known before the first is printed, the straighter the table. */
const ROWS_AT_ONCE = 1_000

const columnOf = ({ heading, holds, minimum, expendable }: GridColumn, number: number | undefined): Column => ({
  heading: number === undefined ? heading : String(number),
  ...(holds === 'text' || holds === 'time' ? {} : { align: 'right' }),
  ...(minimum === undefined ? {} : { minimum }),
  ...(expendable === undefined ? {} : { expendable }),
})

/** What the numbers above the columns stand for, one line each. */
const legendOf = (numbered: readonly GridColumn[]): string =>
  numbered.map(({ heading }, index) => `${String(index + 1).padStart(4)}  ${visibleText(heading)}\n`).join('')

/** A grid as a table for people; columns that are numbered are explained before it. */
export function* gridTable(grid: Grid, surface: Surface): Generator<string> {
  const { columns, rows } = gridFor('people', grid)
  const numbered = columns.filter(({ isNumbered }) => isNumbered)
  if (numbered.length > 0) yield `${legendOf(numbered)}\n`
  const notes = createFootnotes()
  const write = createTableWriter(
    columns.map((column) => columnOf(column, column.isNumbered ? numbered.indexOf(column) + 1 : undefined)),
    surface,
  )
  let isEmpty = true
  for (const batch of inBatches(rows, ROWS_AT_ONCE)) {
    isEmpty = false
    yield write(batch.map((cells) => cells.map((cell) => cellText(cell, notes, visibleText))))
  }
  if (isEmpty) yield write([])
  yield notes.text(surface.columns)
}

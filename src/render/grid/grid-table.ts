import { timeTextIn } from '../../model/time-text.ts'
import { createFootnotes, type Footnotes } from '../footnotes.ts'
import { inBatches } from '../text/in-batches.ts'
import type { Surface } from '../text/surface.ts'
import { type Column, createTablePieces, placesWithRoom } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { utilizationBar } from '../utilization-bar.ts'
import { type Cell, type Grid, type GridColumn, gridFor } from './grid.ts'
import { cellText } from './grid-text.ts'

/** A column only ever gets wider: the more rows are known before the first is printed, the straighter the table. */
const ROWS_AT_ONCE = 1_000

/** What is read from its beginning; a part is a bar. */
const LEFT: ReadonlySet<GridColumn['holds']> = new Set(['text', 'time', 'part'])

const columnOf = (
  { heading, holds, minimum, wraps, expendable, least }: GridColumn,
  number: number | undefined,
): Column => ({
  heading: number === undefined ? heading : String(number),
  ...(LEFT.has(holds) ? {} : { align: 'right' }),
  ...(minimum === undefined ? {} : { minimum }),
  ...(wraps === undefined ? {} : { wraps }),
  ...(expendable === undefined ? {} : { expendable }),
  ...(least === undefined ? {} : { least }),
})

/** What the numbers above the columns stand for, one line each. */
const legendOf = (numbered: readonly GridColumn[]): string =>
  numbered.map(({ heading }, index) => `${String(index + 1).padStart(4)}  ${visibleText(heading)}\n`).join('')

/** Below so many columns of a terminal, bars are short. */
const NARROW = 110

const isNegative = (cell: Cell): boolean =>
  typeof cell === 'object' && 'count' in cell && cell.count.kind === 'known' && cell.count.value < 0

const shown = (
  cell: Cell,
  { paint, columns = NARROW }: Surface,
  notes: Footnotes,
  timeOf: (iso: string) => string,
): string => {
  if (typeof cell === 'object' && 'part' in cell) {
    return utilizationBar(cell, columns < NARROW ? 6 : 10, paint, notes)
  }
  const text = cellText(cell, notes, visibleText, timeOf)
  return isNegative(cell) ? paint.red(text) : text
}

/** Writes rows as a table for people, some at a time; the first of them decide which columns there is room for. */
export const openGridTable = (
  columns: readonly GridColumn[],
  surface: Surface,
  notes: Footnotes = createFootnotes(),
) => {
  const numbered = columns.filter(({ isNumbered }) => isNumbered)
  const tableColumns = columns.map((column) =>
    columnOf(column, column.isNumbered ? numbered.indexOf(column) + 1 : undefined),
  )
  const timeOf = timeTextIn(surface.timeZone)
  const textsOf = (batch: readonly (readonly Cell[])[], notesAt: (place: number) => Footnotes) =>
    batch.map((cells) => cells.map((cell, place) => shown(cell, surface, notesAt(place), timeOf)))
  // Marks of columns that there is no room for would be explained below the table and be found nowhere in it.
  const unseen = createFootnotes()
  let places: ReadonlySet<number> = new Set()
  let piecesOf: ReturnType<typeof createTablePieces> | undefined
  return {
    /** What the numbers above the columns stand for. */
    legend: numbered.length > 0 ? `${legendOf(numbered)}\n` : '',
    rows: function* (batch: readonly (readonly Cell[])[]): Generator<string> {
      if (piecesOf === undefined) {
        const sample = createFootnotes()
        const decided = placesWithRoom(
          tableColumns,
          surface.columns,
          textsOf(batch, () => sample),
        )
        places = new Set(decided)
        piecesOf = createTablePieces(tableColumns, surface, decided)
      }
      yield* piecesOf(textsOf(batch, (place) => (places.has(place) ? notes : unseen)))
    },
    /** What the marks in it stand for. */
    notes: () => notes.text(surface.columns),
  }
}

/**
 * A grid as a table for people; columns that are numbered are explained before it. `notes`: those of the text
 * above it, if they are to be listed with its own.
 */
export function* gridTable(grid: Grid, surface: Surface, notes?: Footnotes): Generator<string> {
  const { columns, rows } = gridFor('people', grid)
  const table = openGridTable(columns, surface, notes)
  if (table.legend !== '') yield table.legend
  let isEmpty = true
  for (const batch of inBatches(rows, ROWS_AT_ONCE)) {
    yield* table.rows(batch)
    isEmpty = false
  }
  if (isEmpty) yield* table.rows([])
  yield table.notes()
}

import { costCells } from '../text/cost-text.ts'
import { countCells } from '../text/count-text.ts'
import { csvStart, csvText } from '../text/csv-text.ts'
import { inBatches } from '../text/in-batches.ts'
import type { Surface } from '../text/surface.ts'
import { type Cell, type Grid, type GridColumn, gridFor } from './grid.ts'

const ROWS_AT_ONCE = 100

const headingsOf = ({ key, holds }: GridColumn, currencies: readonly string[]): readonly string[] => {
  if (holds === 'count' || holds === 'part') return [key, `${key}Note`]
  return holds === 'cost' ? [...currencies.map((currency) => `${key}${currency}`), `${key}Note`] : [key]
}

/** A heading, and the place of its texts in a row that follows the columns. */
interface Heading {
  readonly heading: string
  readonly place: number
}

/** First what has always been there, then what came later, then what there are many of. */
const headingsInOrder = (columns: readonly GridColumn[], currencies: readonly string[]): readonly Heading[] =>
  columns
    .flatMap((column) => {
      const headings = headingsOf(column, currencies)
      const rankAt = (index: number) => (column.isLate || (column.isNoteLate && index === headings.length - 1) ? 1 : 0)
      return headings.map((heading, index) => ({ heading, rank: column.isNumbered ? 2 : rankAt(index) }))
    })
    .map(({ heading, rank }, place) => ({ heading, rank, place }))
    .sort((one, other) => one.rank - other.rank)

/** As many empty cells as the column has headings. */
const nothingIn = (column: GridColumn, currencies: readonly string[]): readonly string[] =>
  headingsOf(column, currencies).map(() => '')

const pushCell = (row: string[], cell: Cell, column: GridColumn, currencies: readonly string[]): void => {
  if (cell === '') row.push(...nothingIn(column, currencies))
  else if (typeof cell !== 'object') row.push(String(cell))
  else if ('count' in cell) row.push(...countCells(cell.count))
  else if ('part' in cell) row.push(...countCells(cell.part))
  else if ('cost' in cell) row.push(...costCells(cell.cost, currencies))
  else if ('text' in cell) row.push(cell.text)
  else row.push(cell.time)
}

/** The headings of columns in CSV, and the texts of a row below them. */
export const csvLayout = (columns: readonly GridColumn[], currencies: readonly string[]) => {
  const headings = headingsInOrder(columns, currencies)
  return {
    headings: headings.map(({ heading }) => heading),
    textsOf: (cells: readonly Cell[]): readonly string[] => {
      const row: string[] = []
      for (const [index, column] of columns.entries()) pushCell(row, cells[index] ?? '', column, currencies)
      return headings.map(({ place }) => row[place] ?? '')
    },
  }
}

/**
 * A grid as CSV. A count is two columns, see `countCells`; a cost is one column for each currency, in major units, and a
 * note that says why there is no amount.
 */
export function* gridCsv(grid: Grid, surface: Surface): Generator<string> {
  const { columns, rows, currencies } = gridFor('machines', grid)
  const { headings, textsOf } = csvLayout(columns, currencies)
  yield csvStart(surface)
  yield csvText([headings], surface)
  for (const batch of inBatches(rows, ROWS_AT_ONCE)) yield csvText(batch.map(textsOf), surface)
}

import type { Capacity } from '../../model/count.ts'
import type { Cost, Utilization } from '../../report/license-report.ts'
import { COST_PER_MONTH } from '../text/cost-text.ts'

/** What is in one place of a grid, in any format. An empty text: nothing to show. */
export type Cell =
  | string
  | number
  /** `notes`: what there is to know about the number or the text, where there is room for it. */
  | { readonly count: Capacity; readonly notes?: readonly string[] }
  | { readonly text: string; readonly notes: readonly string[] }
  /** `isBeyondLimit`: a limit of the license does not allow it. */
  | { readonly part: Utilization; readonly isBeyondLimit?: boolean; readonly notes?: readonly string[] }
  | { readonly cost: Cost }
  /** ISO 8601. */
  | { readonly time: string }

const reasonOf = (value: { readonly kind: string; readonly reason?: string }): string | undefined =>
  value.kind === 'unknown' ? value.reason : undefined

/** What has more to it than is shown in its place. */
export type Marked = Exclude<Cell, string | number | { readonly time: string }>

/** What there is to know about a cell, each thing for itself. */
export const notesOf = (cell: Marked): readonly string[] => {
  const notes = 'notes' in cell ? (cell.notes ?? []) : []
  if ('text' in cell) return notes
  const reason = reasonOf('cost' in cell ? cell.cost : 'count' in cell ? cell.count : cell.part)
  return reason === undefined ? notes : [reason, ...notes]
}

/** The same in one text: two marks beside each other would be read as one number. */
export const noteOf = (cell: Marked): string | undefined => notesOf(cell).join('; ') || undefined

/** `machines`: programs, and people with a spreadsheet. They get every field in a column of its own. */
export type Reader = 'people' | 'machines'

export interface GridColumn {
  /** For machines: the heading in CSV. Unique in its grid. */
  readonly key: string
  /** For people. */
  readonly heading: string
  /** What its cells are; a `number` may also be the word `unknown`. */
  readonly holds: 'text' | 'number' | 'count' | 'part' | 'cost' | 'time'
  /** Its texts are messages, which may have code in backticks. Default: they are shown as they are. */
  readonly isProse?: boolean
  /** Its texts are lists, and these stand between their elements. Filters are then about single elements. */
  readonly separator?: string
  /** Its heading is long and there are many such columns: where there is little room, a number and a legend stand for it. */
  readonly isNumbered?: boolean
  /** The only reader it is for; formats for the other one leave it out. Default: both. */
  readonly only?: Reader
  /** It is there only where something has a price, in one of the grid's currencies. */
  readonly isOfPrices?: boolean
  /** How narrow it may become in a terminal. Absent: as wide as its content. */
  readonly minimum?: number
  /** Where it becomes narrow, its texts take several lines, and nothing of them is cut. Default: they are cut. */
  readonly wraps?: boolean
  /** Whether a terminal may go without it where there is no room, those with the lowest number first. Absent: never. */
  readonly expendable?: number
  /** It is left out of terminals with fewer columns, so that others keep their room there. Default: of none. */
  readonly least?: number
  /**
   * In CSV its note comes after all other columns that are not numbered: it was added when these had their places already.
   */
  readonly isNoteLate?: boolean
  /** In CSV all of it comes there, for the same reason. */
  readonly isLate?: boolean
  /**
   * Its counts may be negative, so that a sum of those that are known is no lower bound. Of other counts, and of costs, a
   * workbook has a second column with what is certain at least.
   */
  readonly mayBeNegative?: boolean
}

/** A column, and what is in it of an item: the one description that tables, files and filters of such items have. */
export interface GridField<A> {
  readonly column: GridColumn
  readonly cellOf: (item: A) => Cell
}

/** Rows that every format lays out in its own way. */
export interface Grid {
  readonly columns: readonly GridColumn[]
  /** As many cells in each as there are columns. Made as they are asked for: there may be very many. */
  readonly rows: Iterable<readonly Cell[]>
  /** Of all its costs: each has a place of its own where machines read. */
  readonly currencies: readonly string[]
}

/** Refuses a row with a cell too few or too many: what follows would be in the wrong column. */
function* wholeRows({ columns, rows }: Grid): Generator<readonly Cell[]> {
  for (const row of rows) {
    if (row.length !== columns.length) {
      const headings = columns.map(({ key }) => key).join(', ')
      throw new RangeError(`a row of ${row.length} cells for the ${columns.length} columns ${headings}`)
    }
    yield row
  }
}

function* picked(rows: Grid['rows'], places: readonly number[]): Generator<readonly Cell[]> {
  for (const row of rows) yield places.map((place) => row[place] ?? '')
}

/** What something costs a month. */
export const costColumn: GridColumn = { key: 'cost', heading: COST_PER_MONTH, holds: 'cost', isOfPrices: true }

/** Its cell. */
export const costCell = (cost: Cost | undefined): Cell => (cost === undefined ? '' : { cost })

/** The grid with only what is for that reader. */
export const gridFor = (reader: Reader, grid: Grid): Grid => {
  const { columns, currencies } = grid
  const rows = wholeRows(grid)
  const isMeant = ({ only = reader, isOfPrices = false }: GridColumn) =>
    only === reader && (!isOfPrices || currencies.length > 0)
  if (columns.every(isMeant)) return { columns, rows, currencies }
  const places = [...columns.keys()].filter((place) => columns.slice(place, place + 1).every(isMeant))
  return { columns: columns.filter(isMeant), rows: picked(rows, places), currencies }
}

/** The grid without columns in which there is nothing, or without such of them; for few rows. */
export const withoutEmptyColumns = (grid: Grid, isMeant: (column: GridColumn) => boolean = () => true): Grid => {
  const { columns, currencies } = grid
  const all = [...wholeRows(grid)]
  const isKept = (column: GridColumn, place: number) => !isMeant(column) || all.some((row) => (row[place] ?? '') !== '')
  const places = [...columns.keys()].filter((place) =>
    columns.slice(place, place + 1).every((column) => isKept(column, place)),
  )
  return {
    columns: places.flatMap((place) => columns.slice(place, place + 1)),
    rows: all.map((row) => places.map((place) => row[place] ?? '')),
    currencies,
  }
}

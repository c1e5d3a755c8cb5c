import type { Capacity } from '../../model/count.ts'
import type { Cost, Utilization } from '../../report/license-report.ts'

/** What is in one place of a grid, whatever it will be shown as. An empty text is nothing to say. */
export type Cell =
  | string
  | number
  /** `note`: something to know about the number, where there is room for it. */
  | { readonly count: Capacity; readonly note?: string }
  | { readonly part: Utilization }
  | { readonly cost: Cost }
  /** ISO 8601. */
  | { readonly time: string }

/** `machines` are also people with a spreadsheet: they want every field by itself. */
export type Reader = 'people' | 'machines'

export interface GridColumn {
  /** For machines: the heading in CSV. Unique in its grid. */
  readonly key: string
  /** For people. */
  readonly heading: string
  /** What its cells are; a `number` may also be a word where it is not known. */
  readonly holds: 'text' | 'number' | 'count' | 'part' | 'cost' | 'time'
  /** Its heading is long and there are many such columns: where there is little room, a number and a legend stand for it. */
  readonly isNumbered?: boolean
  /** Whom it is for. Default: everybody; formats for people leave out what only machines need, and the other way round. */
  readonly only?: Reader
  /** It is there only where something has a price, in one of the grid's currencies. */
  readonly isOfPrices?: boolean
  /** How narrow it may become in a terminal. Absent: as wide as its content. */
  readonly minimum?: number
  /** Whether a terminal may go without it where there is no room, those with the lowest number first. Absent: never. */
  readonly expendable?: number
  /**
   * In CSV its note comes after all other columns that are not numbered: it was added when these had their places already.
   */
  readonly isNoteLate?: boolean
}

/** Rows that every format lays out in its own way. */
export interface Grid {
  readonly columns: readonly GridColumn[]
  /** As many cells in each as there are columns. Made as they are asked for: there may be very many. */
  readonly rows: Iterable<readonly Cell[]>
  /** Of all its costs: each has a place of its own where machines read. */
  readonly currencies: readonly string[]
}

/** A cell too few would shift what follows, or leave blank what is not known; whoever lays out a grid gets whole rows only. */
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

/** Of what things cost a month. */
export const costColumn: GridColumn = { key: 'cost', heading: 'Cost a month', holds: 'cost', isOfPrices: true }

/** What goes into it. */
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

/** The grid without columns in which there is nothing; for few rows. */
export const withoutEmptyColumns = (grid: Grid): Grid => {
  const { columns, currencies } = grid
  const all = [...wholeRows(grid)]
  const places = [...columns.keys()].filter((place) => all.some((row) => (row[place] ?? '') !== ''))
  return {
    columns: places.flatMap((place) => columns.slice(place, place + 1)),
    rows: all.map((row) => places.map((place) => row[place] ?? '')),
    currencies,
  }
}

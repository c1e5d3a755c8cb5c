import { digitsOf } from '../../model/currency.ts'
import type { Cost } from '../../report/license-report.ts'
import { amountText, costNote } from '../text/cost-text.ts'
import type { Sheet, SheetCell, SheetColumn } from '../workbook/sheet.ts'
import { type Cell, type Grid, type GridColumn, gridFor } from './grid.ts'

const WIDTHS: Readonly<Record<GridColumn['holds'], number>> = {
  text: 24,
  number: 12,
  count: 14,
  part: 12,
  cost: 16,
  time: 17,
}
const NOTES_WIDTH = 60
const PADDING = 3
const WIDEST = 40

const columnsOf = ({ heading, holds }: GridColumn, currencies: readonly string[]): readonly SheetColumn[] => {
  const headings = holds === 'cost' ? currencies.map((currency) => `${heading} (${currency})`) : [heading]
  return headings.map((text) => ({
    heading: text,
    // The filter's button takes some room.
    width: Math.min(WIDEST, Math.max(WIDTHS[holds], text.length + PADDING)),
  }))
}

interface Row {
  readonly cells: SheetCell[]
  /** Why something in it is unknown. */
  readonly notes: string[]
}

const pushCost = ({ cells, notes }: Row, cost: Cost, heading: string, currencies: readonly string[]): void => {
  const note = costNote(cost)
  if (note !== '' && cost.kind === 'unknown') notes.push(`${heading}: ${note}`)
  const word = cost.kind === 'known' ? '' : cost.kind === 'unknown' ? 'unknown' : 'not applicable'
  const amounts = cost.kind === 'known' ? cost.amounts : []
  for (const currency of currencies) {
    const money = amounts.find((amount) => amount.currency === currency)
    cells.push(
      money === undefined ? word : { digits: amountText(money), format: 'money', decimals: digitsOf(currency) },
    )
  }
}

const pushCell = (row: Row, cell: Cell, { heading, holds }: GridColumn, currencies: readonly string[]): void => {
  const { cells, notes } = row
  if (cell === '') {
    const places = holds === 'cost' ? currencies.length : 1
    for (let place = 0; place < places; place++) cells.push('')
    return
  }
  if (typeof cell === 'string') cells.push(cell)
  else if (typeof cell === 'number') cells.push({ digits: String(cell) })
  else if ('time' in cell) cells.push(cell)
  else if ('text' in cell) cells.push(cell.text)
  else if ('cost' in cell) pushCost(row, cell.cost, heading, currencies)
  else {
    const value = 'count' in cell ? cell.count : cell.part
    if (value.kind === 'known') {
      cells.push({ digits: String(value.value), format: 'part' in cell ? 'part' : 'whole' })
    } else if (value.kind === 'unknown') {
      cells.push(value.atLeast === undefined ? 'unknown' : `at least ${value.atLeast}`)
      notes.push(`${heading}: ${value.reason}`)
    } else cells.push(value.kind === 'unlimited' ? 'unlimited' : 'not applicable')
  }
}

/** What may be unknown has its reason in one column at the end. */
const hasNotes = ({ holds }: GridColumn): boolean => holds === 'count' || holds === 'part' || holds === 'cost'

function* rowsOf({ columns, rows, currencies }: Grid, withNotes: boolean): Generator<readonly SheetCell[]> {
  for (const cells of rows) {
    const row: Row = { cells: [], notes: [] }
    for (const [index, column] of columns.entries()) pushCell(row, cells[index] ?? '', column, currencies)
    if (withNotes) row.cells.push([...new Set(row.notes)].join('; '))
    yield row.cells
  }
}

/** A grid as a sheet: numbers are numbers, and what is no number is a word. */
export const gridSheet = (name: string, everything: Grid): Sheet => {
  const grid = gridFor('machines', everything)
  const withNotes = grid.columns.some(hasNotes)
  return {
    name,
    columns: [
      ...grid.columns.flatMap((column) => columnsOf(column, grid.currencies)),
      ...(withNotes ? [{ heading: 'Notes', width: NOTES_WIDTH }] : []),
    ],
    rows: rowsOf(grid, withNotes),
  }
}

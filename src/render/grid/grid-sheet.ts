import { leastOf } from '../../model/count.ts'
import { digitsOf } from '../../model/currency.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost, Money } from '../../report/license-report.ts'
import { amountText, costNote } from '../text/cost-text.ts'
import type { BarChart } from '../workbook/bar-chart.ts'
import type { Sheet, SheetCell, SheetColumn } from '../workbook/sheet.ts'
import { type Cell, type Grid, type GridColumn, gridFor } from './grid.ts'

const NOTES_WIDTH = 60

const marksOf = ({ holds, mayBeNegative }: GridColumn): Pick<SheetColumn, 'marks'> => {
  if (holds === 'part') return { marks: 'part' }
  return mayBeNegative ? { marks: 'negative' } : {}
}

const columnsOf = (column: GridColumn, currencies: readonly string[]): readonly SheetColumn[] =>
  column.holds === 'cost'
    ? currencies.map((currency) => ({ heading: `${column.heading} (${currency})` }))
    : [{ heading: column.heading, ...marksOf(column) }]

/** Whether there is a column beside the notes with what is certain at least of a count or a cost: those may be added up. */
const hasLeast = ({ holds, mayBeNegative = false }: GridColumn): boolean =>
  (holds === 'count' || holds === 'cost') && !mayBeNegative

interface Row {
  readonly cells: SheetCell[]
  /** What is certain at least. */
  readonly least: SheetCell[]
  /** Why something in it is unknown. */
  readonly notes: string[]
}

/** An amount of one currency; `none`: what is there where there is no such amount. */
const moneyCell = (amounts: readonly Money[], currency: string, none: string): SheetCell => {
  const money = amounts.find((amount) => amount.currency === currency)
  if (money === undefined) return none
  return { digits: amountText(money), format: 'money', currency, decimals: digitsOf(currency) }
}

const pushCost = ({ cells, notes }: Row, cost: Cost, heading: string, currencies: readonly string[]): void => {
  const note = costNote(cost)
  if (note !== '' && cost.kind === 'unknown') notes.push(`${heading}: ${note}`)
  const word = cost.kind === 'known' ? '' : cost.kind === 'unknown' ? 'unknown' : 'not applicable'
  for (const currency of currencies) cells.push(cost.kind === 'known' ? moneyCell(cost.amounts, currency, word) : word)
}

const pushLeast = (least: SheetCell[], cell: Cell, { holds }: GridColumn, currencies: readonly string[]): void => {
  if (holds === 'cost') {
    const amounts = typeof cell === 'object' && 'cost' in cell ? knownOf(cell.cost) : []
    for (const currency of currencies) least.push(moneyCell(amounts, currency, ''))
    return
  }
  const count = typeof cell === 'object' && 'count' in cell ? cell.count : undefined
  const value = count === undefined || count.kind === 'unlimited' ? undefined : leastOf(count)
  least.push(value === undefined ? '' : { digits: String(value) })
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

/** What comes after the columns of a grid. */
interface Extra {
  /** The columns of which there is what is certain at least. */
  readonly least: readonly GridColumn[]
  readonly withNotes: boolean
}

function* rowsOf({ columns, rows, currencies }: Grid, { least, withNotes }: Extra): Generator<readonly SheetCell[]> {
  const withLeast = columns.map((column) => least.includes(column))
  for (const cells of rows) {
    const row: Row = { cells: [], least: [], notes: [] }
    for (const [index, column] of columns.entries()) {
      const cell = cells[index] ?? ''
      pushCell(row, cell, column, currencies)
      if (withLeast[index]) pushLeast(row.least, cell, column, currencies)
    }
    for (const cell of row.least) row.cells.push(cell)
    if (withNotes) row.cells.push([...new Set(row.notes)].join('; '))
    yield row.cells
  }
}

const leastColumnsOf = (column: GridColumn, currencies: readonly string[]): readonly SheetColumn[] =>
  columnsOf({ ...column, heading: `${column.heading}, at least` }, currencies)

/**
 * A grid as a sheet: numbers are numbers, and what is no number is a word. What may be unknown has a second column with what
 * is certain at least, of which a sum is certain at least too, and a note that says why. A sheet with a chart has neither:
 * it is for a grid in which all is known.
 */
export const gridSheet = (name: string, everything: Grid, chart?: BarChart): Sheet => {
  const { columns, rows, currencies } = gridFor('machines', everything)
  const isAllKnown = chart !== undefined
  const extra: Extra = {
    least: isAllKnown ? [] : columns.filter(hasLeast),
    withNotes: !isAllKnown && columns.some(hasNotes),
  }
  return {
    name,
    columns: [
      ...columns.flatMap((column) => columnsOf(column, currencies)),
      ...extra.least.flatMap((column) => leastColumnsOf(column, currencies)),
      ...(extra.withNotes ? [{ heading: 'Notes', width: NOTES_WIDTH }] : []),
    ],
    rows: rowsOf({ columns, rows, currencies }, extra),
    ...(chart === undefined ? {} : { chart }),
  }
}

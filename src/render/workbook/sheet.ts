import { momentOf } from '../../model/moment.ts'
import type { BarChart } from './bar-chart.ts'
import { sheetText } from './sheet-text.ts'
import { SheetTooLarge } from './sheet-too-large.ts'
import { type CellStyles, marks, type NumberFormat, styles } from './styles.ts'

/**
 * What is in a cell: a text, which is never taken for a formula; a number, as its digits; or a time (ISO 8601). An empty
 * text is an empty cell.
 */
export type SheetCell = string | SheetNumber | { readonly time: string }

type SheetNumber = { readonly digits: string } & NumberFormat

export interface SheetColumn {
  readonly heading: string
  /** In characters. Default: as wide as its heading and its first texts need. */
  readonly width?: number
  /**
   * Which numbers stand out. `part`: a bar of each, and those near 1 and beyond. `negative`: those below 0. Default: none.
   */
  readonly marks?: 'part' | 'negative'
}

export interface Sheet {
  /** At most 31 characters, none of []:*?/\\. Unique in its workbook. */
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly SheetCell[]>
  /** Beside the rows. Default: none. */
  readonly chart?: BarChart
}

const MAX_ROWS = 1_048_576
const MAX_COLUMNS = 16_384

/** `A`, `Z`, `AA`. */
export const columnName = (index: number): string =>
  (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

const DAY_MS = 86_400_000
/** Day 0 of a workbook. */
const EPOCH = Date.UTC(1899, 11, 30)

/** Days since the epoch, rounded to milliseconds; undefined for what is no time, or before the first day there is. */
const serialOf = (iso: string): string | undefined => {
  const days = ((momentOf(iso) ?? Number.NaN) - EPOCH) / DAY_MS
  return days >= 1 ? String(Math.round(days * 1e8) / 1e8) : undefined
}

const textCell = (place: string, text: string, style: number): string => {
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${space}>${sheetText(text)}</t></is></c>`
}

const cellXml = (place: string, cell: SheetCell, { ofNumber }: CellStyles): string => {
  if (cell === '') return ''
  if (typeof cell === 'string') return textCell(place, cell, styles.text)
  if ('digits' in cell) return `<c r="${place}" s="${ofNumber(cell)}"><v>${cell.digits}</v></c>`
  const serial = serialOf(cell.time)
  return serial === undefined
    ? textCell(place, cell.time, styles.text)
    : `<c r="${place}" s="${styles.time}"><v>${serial}</v></c>`
}

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'

const FITS_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'

/** With more characters in a line of landscape A4, it would be too small to be read. */
const WIDEST_PAGE = 300

/** On paper: landscape A4, as wide as one page, or as several where the columns need them. */
const printXml = (widths: readonly number[]): string => {
  const pages = Math.max(1, Math.ceil(widths.reduce((sum, width) => sum + width, 0) / WIDEST_PAGE))
  return (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pages}" fitToHeight="0"/>` +
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>'
  )
}

const viewXml = (isFirst: boolean): string =>
  `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
  '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'

/** So many rows are looked at to see how wide a column has to be: they are in memory at once. */
const SAMPLE = 200
/** The filter's button takes some room. */
const PADDING = 3
const NARROWEST = 9
const WIDEST_HEADING = 40
const WIDEST = 70
const TIME_WIDTH = 17

const widthOfNumber = (cell: SheetNumber): number => {
  // With separators, and the currency beside it.
  const digits = cell.digits.length + Math.floor(cell.digits.length / 3)
  return cell.format === 'money' ? digits + cell.currency.length + 1 : cell.format === 'part' ? NARROWEST : digits
}

/** An id or an address has no spaces, and is copied more than it is read. */
const WIDEST_WORD = 36

const widthOfCell = (cell: SheetCell): number => {
  if (typeof cell === 'string') return cell.includes(' ') ? cell.length : Math.min(WIDEST_WORD, cell.length)
  return 'time' in cell ? TIME_WIDTH : widthOfNumber(cell)
}

const widthOf = ({ heading, width }: SheetColumn, place: number, sample: readonly (readonly SheetCell[])[]): number => {
  if (width !== undefined) return width
  const widest = sample.reduce((most, row) => Math.max(most, widthOfCell(row[place] ?? '')), 0)
  return Math.max(NARROWEST, Math.min(WIDEST_HEADING, heading.length + PADDING), Math.min(WIDEST, widest + 1))
}

const columnsXml = (widths: readonly number[]): string =>
  `<cols>${widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols>`

/** A part from which on it is nearly all. */
const NEARLY_ALL = 0.9

/** A text is larger than every number in a workbook: only numbers are compared. */
const rule = (cell: string, condition: string, mark: number, priority: number): string =>
  `<cfRule type="expression" dxfId="${mark}" priority="${priority}" stopIfTrue="1"><formula>AND(ISNUMBER(${cell}),${sheetText(`${cell}${condition}`)})</formula></cfRule>`

const bar = (priority: number): string =>
  `<cfRule type="dataBar" priority="${priority}"><dataBar><cfvo type="num" val="0"/><cfvo type="num" val="1"/><color rgb="FF9DC3E6"/></dataBar></cfRule>`

const marksXml = (columns: readonly SheetColumn[], last: number): string =>
  columns
    .map((column, index) => {
      if (column.marks === undefined || last < 2) return ''
      const name = columnName(index)
      const cell = `${name}2`
      const rules =
        column.marks === 'negative'
          ? rule(cell, '<0', marks.alarm, 3 * index + 1)
          : rule(cell, '>1', marks.alarm, 3 * index + 1) +
            rule(cell, `>=${NEARLY_ALL}`, marks.warning, 3 * index + 2) +
            bar(3 * index + 3)
      return `<conditionalFormatting sqref="${cell}:${name}${last}">${rules}</conditionalFormatting>`
    })
    .join('')

/** What a sheet's XML is made with. */
interface SheetPlace {
  readonly isFirst: boolean
  readonly styles: CellStyles
  /** Gets the number of rows, once all were written. */
  readonly onEnd: (rows: number) => void
}

/** The sheet's XML: a row of headings that stays in sight and has filters, then the rows. */
export function* sheetXml(
  { name, columns, rows, chart }: Sheet,
  { isFirst, styles: ofCells, onEnd }: SheetPlace,
): Generator<string> {
  if (columns.length > MAX_COLUMNS) throw new SheetTooLarge(name, `${MAX_COLUMNS} columns`)
  const names = columns.map((_, index) => columnName(index))
  const rest = rows[Symbol.iterator]()
  const sample: (readonly SheetCell[])[] = []
  let next = rest.next()
  for (; next.done !== true && sample.length < SAMPLE; next = rest.next()) sample.push(next.value)
  const widths = columns.map((column, index) => widthOf(column, index, sample))
  yield `${HEAD}${FITS_PAGE}${viewXml(isFirst)}<sheetFormatPr defaultRowHeight="15"/>${columnsXml(widths)}<sheetData>`
  yield `<row r="1">${columns.map(({ heading }, index) => textCell(`${names[index]}1`, heading, styles.heading)).join('')}</row>`
  let number = 1
  const rowXml = (row: readonly SheetCell[]): string => {
    number++
    if (number > MAX_ROWS) throw new SheetTooLarge(name, `${MAX_ROWS} rows`)
    let cells = ''
    for (let index = 0; index < row.length; index++)
      cells += cellXml(`${names[index]}${number}`, row[index] ?? '', ofCells)
    return `<row r="${number}">${cells}</row>`
  }
  for (const row of sample) yield rowXml(row)
  for (; next.done !== true; next = rest.next()) yield rowXml(next.value)
  yield `</sheetData><autoFilter ref="A1:${names.at(-1)}${number}"/>${marksXml(columns, number)}`
  yield `${printXml(widths)}${chart === undefined ? '' : '<drawing r:id="rId1"/>'}</worksheet>`
  onEnd(number)
}

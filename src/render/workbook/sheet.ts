import { momentOf } from '../../model/moment.ts'
import { sheetText } from './sheet-text.ts'
import { SheetTooLarge } from './sheet-too-large.ts'

/**
 * What is in a cell: a text, which is never taken for a formula; a number, as its digits; or a time (ISO 8601). An empty
 * text is an empty cell.
 */
export type SheetCell =
  | string
  | { readonly digits: string; readonly format?: 'whole' | 'part' }
  /** `decimals`: how many digits after the point are shown. */
  | { readonly digits: string; readonly format: 'money'; readonly decimals: number }
  | { readonly time: string }

export interface SheetColumn {
  readonly heading: string
  /** In characters. */
  readonly width: number
}

export interface Sheet {
  /** At most 31 characters, none of []:*?/\\. Unique in its workbook. */
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly SheetCell[]>
}

/** No currency has more. */
const MOST_DECIMALS = 4

/** Places in the list of `cellXfs` of the workbook's styles; `money` is the first of its styles, that without decimals. */
export const styles = { text: 1, heading: 2, whole: 3, part: 4, time: 5, money: 6 } as const

/** How amounts of each number of decimals are shown, in the order of their styles. */
export const moneyFormats: readonly string[] = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) =>
  decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
)

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

const styleOf = (cell: Extract<SheetCell, { readonly digits: string }>): number =>
  cell.format === 'money' ? styles.money + Math.min(cell.decimals, MOST_DECIMALS) : styles[cell.format ?? 'whole']

const textCell = (place: string, text: string, style: number): string => {
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${space}>${sheetText(text)}</t></is></c>`
}

const cellXml = (place: string, cell: SheetCell): string => {
  if (cell === '') return ''
  if (typeof cell === 'string') return textCell(place, cell, styles.text)
  if ('digits' in cell) return `<c r="${place}" s="${styleOf(cell)}"><v>${cell.digits}</v></c>`
  const serial = serialOf(cell.time)
  return serial === undefined
    ? textCell(place, cell.time, styles.text)
    : `<c r="${place}" s="${styles.time}"><v>${serial}</v></c>`
}

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'

const viewXml = (isFirst: boolean): string =>
  `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
  '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'

const columnsXml = (columns: readonly SheetColumn[]): string =>
  `<cols>${columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols>`

/** The sheet's XML: a row of headings that stays in sight and has filters, then the rows. `onEnd` gets their number. */
export function* sheetXml(
  { name, columns, rows }: Sheet,
  isFirst: boolean,
  onEnd: (rows: number) => void,
): Generator<string> {
  if (columns.length > MAX_COLUMNS) throw new SheetTooLarge(name, `${MAX_COLUMNS} columns`)
  const names = columns.map((_, index) => columnName(index))
  yield `${HEAD}${viewXml(isFirst)}<sheetFormatPr defaultRowHeight="15"/>${columnsXml(columns)}<sheetData>`
  yield `<row r="1">${columns.map(({ heading }, index) => textCell(`${names[index]}1`, heading, styles.heading)).join('')}</row>`
  let number = 1
  for (const row of rows) {
    number++
    if (number > MAX_ROWS) throw new SheetTooLarge(name, `${MAX_ROWS} rows`)
    let cells = ''
    for (let index = 0; index < row.length; index++) cells += cellXml(`${names[index]}${number}`, row[index] ?? '')
    yield `<row r="${number}">${cells}</row>`
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1)}${number}"/></worksheet>`
  onEnd(number)
}

import type { Bytes } from '../../model/content.ts'
import { chartXml, drawingXml, relation } from './bar-chart.ts'
import { columnName, type Sheet, sheetXml } from './sheet.ts'
import { sheetText } from './sheet-text.ts'
import { createCellStyles } from './styles.ts'
import { type ZipEntry, zip } from './zip.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const DRAWINGS = 'application/vnd.openxmlformats-officedocument'

const partOf = (name: string, type: string): string => `<Override PartName="${name}" ContentType="${type}+xml"/>`

const contentTypes = (sheets: readonly Sheet[]): string =>
  `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  partOf('/xl/workbook.xml', `${TYPES}.sheet.main`) +
  partOf('/xl/styles.xml', `${TYPES}.styles`) +
  sheets
    .map(({ chart }, index) => {
      const number = index + 1
      const sheet = partOf(`/xl/worksheets/sheet${number}.xml`, `${TYPES}.worksheet`)
      if (chart === undefined) return sheet
      const drawing = partOf(`/xl/drawings/drawing${number}.xml`, `${DRAWINGS}.drawing`)
      return sheet + drawing + partOf(`/xl/charts/chart${number}.xml`, `${DRAWINGS}.drawingml.chart`)
    })
    .join('') +
  '</Types>'

const packageRelations =
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbookRelations = (sheets: readonly Sheet[]): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
  sheets
    .map(
      (_, index) =>
        `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
    )
    .join('') +
  `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`

/** `'A sheet'!$A$1`: from formulas and names. */
const inSheet = ({ name }: Sheet, range: string): string => `'${sheetText(name.replace(/'/g, "''"))}'!${range}`

/** A filter that Excel has made itself has such a name beside it; some readers find it by that alone. */
const filterName = (sheet: Sheet, index: number, rows: number): string =>
  `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">` +
  `${inSheet(sheet, `$A$1:$${columnName(sheet.columns.length - 1)}$${rows}`)}</definedName>`

/** The headings are on every page of paper, and so is the first column where several pages are one row. */
const printTitles = (sheet: Sheet, index: number): string =>
  `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${inSheet(sheet, '$A:$A')},${inSheet(sheet, '$1:$1')}</definedName>`

const workbookXml = (sheets: readonly Sheet[], rowsOf: readonly number[]): string =>
  `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>` +
  sheets
    .map(({ name }, index) => `<sheet name="${sheetText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('') +
  `</sheets><definedNames>${sheets.map((sheet, index) => `${filterName(sheet, index, rowsOf[index] ?? 1)}${printTitles(sheet, index)}`).join('')}</definedNames></workbook>`

/** Made late, as it says how many rows a sheet has. */
function* late(make: () => string): Generator<string> {
  yield make()
}

/** The files of the chart of one sheet. */
const chartEntries = (sheet: Sheet, number: number, rows: () => number): readonly ZipEntry[] => {
  const { chart, columns } = sheet
  if (chart === undefined) return []
  const rangeOf = (place: number, last: number) => {
    const name = columnName(place)
    return inSheet(sheet, `$${name}$2:$${name}$${last}`)
  }
  return [
    {
      name: `xl/worksheets/_rels/sheet${number}.xml.rels`,
      pieces: [relation('drawing', `../drawings/drawing${number}.xml`)],
    },
    { name: `xl/drawings/drawing${number}.xml`, pieces: late(() => drawingXml(columns.length, rows())) },
    {
      name: `xl/drawings/_rels/drawing${number}.xml.rels`,
      pieces: [relation('chart', `../charts/chart${number}.xml`)],
    },
    { name: `xl/charts/chart${number}.xml`, pieces: late(() => chartXml(chart, rows(), rangeOf)) },
  ]
}

/**
 * A workbook (Office Open XML) of these sheets, in pieces. Rows become XML and are compressed one after the other, so
 * that a hundred thousand of them take neither long nor much memory.
 */
export const workbook = (sheets: readonly Sheet[]): Promise<readonly Bytes[]> => {
  const rowsOf = sheets.map(() => 1)
  const styles = createCellStyles()
  const entries: readonly ZipEntry[] = [
    { name: '[Content_Types].xml', pieces: [contentTypes(sheets)] },
    { name: '_rels/.rels', pieces: [packageRelations] },
    { name: 'xl/_rels/workbook.xml.rels', pieces: [workbookRelations(sheets)] },
    ...sheets.flatMap((sheet, index): readonly ZipEntry[] => {
      const onEnd = (rows: number) => {
        rowsOf[index] = rows
      }
      const place = { isFirst: index === 0, styles, onEnd }
      return [
        { name: `xl/worksheets/sheet${index + 1}.xml`, pieces: sheetXml(sheet, place) },
        ...chartEntries(sheet, index + 1, () => rowsOf[index] ?? 1),
      ]
    }),
    // Last, as they say how many rows the sheets have, and which currencies.
    { name: 'xl/styles.xml', pieces: late(styles.xml) },
    { name: 'xl/workbook.xml', pieces: late(() => workbookXml(sheets, rowsOf)) },
  ]
  return zip(entries)
}

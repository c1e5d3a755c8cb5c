import type { Bytes } from '../../model/content.ts'
import { columnName, moneyFormats, type Sheet, sheetXml } from './sheet.ts'
import { sheetText } from './sheet-text.ts'
import { type ZipEntry, zip } from './zip.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = (sheets: readonly Sheet[]): string =>
  `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>` +
  sheets
    .map(
      (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
    )
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

/** A filter that Excel has made itself has such a name beside it; some readers find it by that alone. */
const filterName = ({ name, columns }: Sheet, index: number, rows: number): string =>
  `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">` +
  `'${sheetText(name.replace(/'/g, "''"))}'!$A$1:$${columnName(columns.length - 1)}$${rows}</definedName>`

const workbookXml = (sheets: readonly Sheet[], rowsOf: readonly number[]): string =>
  `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>` +
  sheets
    .map(({ name }, index) => `<sheet name="${sheetText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('') +
  `</sheets><definedNames>${sheets.map((sheet, index) => filterName(sheet, index, rowsOf[index] ?? 1)).join('')}</definedNames></workbook>`

const xf = (numberFormat: number, font = 0, more = ''): string =>
  `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font === 0 ? '' : ' applyFont="1"'}${more}`

/** Below, the numbers of formats are those that every program knows. */
const TIME_FORMAT = 164
const MONEY_FORMAT = TIME_FORMAT + 1

const numberFormats = [
  `<numFmt numFmtId="${TIME_FORMAT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>`,
  ...moneyFormats.map((format, decimals) => `<numFmt numFmtId="${MONEY_FORMAT + decimals}" formatCode="${format}"/>`),
]

/** 49 is text, 3 `#,##0`, 9 `0%`. In the order of `styles`. */
const cellFormats = [
  `${xf(0)}/>`,
  `${xf(49)}/>`,
  `${xf(49, 1)}/>`,
  `${xf(3)}/>`,
  `${xf(9)}/>`,
  `${xf(TIME_FORMAT)}/>`,
  ...moneyFormats.map((_, decimals) => `${xf(MONEY_FORMAT + decimals)}/>`),
]

const stylesXml =
  `${DECLARATION}<styleSheet xmlns="${MAIN}">` +
  `<numFmts count="${numberFormats.length}">${numberFormats.join('')}</numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${cellFormats.length}">${cellFormats.join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

/**
 * A workbook (Office Open XML) of these sheets, in pieces. Rows become XML and are compressed one after the other, so
 * that a hundred thousand of them take neither long nor much memory.
 */
export const workbook = (sheets: readonly Sheet[]): Promise<readonly Bytes[]> => {
  const rowsOf = sheets.map(() => 1)
  const late = function* () {
    yield workbookXml(sheets, rowsOf)
  }
  const entries: readonly ZipEntry[] = [
    { name: '[Content_Types].xml', pieces: [contentTypes(sheets)] },
    { name: '_rels/.rels', pieces: [packageRelations] },
    { name: 'xl/_rels/workbook.xml.rels', pieces: [workbookRelations(sheets)] },
    { name: 'xl/styles.xml', pieces: [stylesXml] },
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      pieces: sheetXml(sheet, index === 0, (rows) => {
        rowsOf[index] = rows
      }),
    })),
    // Last, as it says how many rows the sheets have.
    { name: 'xl/workbook.xml', pieces: late() },
  ]
  return zip(entries)
}

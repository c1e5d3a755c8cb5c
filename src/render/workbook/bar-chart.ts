import { sheetText } from './sheet-text.ts'

/** A chart of bars beside the rows of a sheet, one for each of the first rows. */
export interface BarChart {
  readonly title: string
  /** The places of the columns with what the bars are called, and with their lengths, which are parts of 1. */
  readonly names: number
  readonly values: number
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** More bars cannot be read. */
const MAX_BARS = 40

/** English Metric Units; 9,525 are a pixel. */
const WIDTH = 7_600_000
const BAR_HEIGHT = 230_000
const OTHER_HEIGHT = 900_000

/** A file that leads to another one. */
export const relation = (kind: string, target: string): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${RELATIONS}/${kind}" Target="${target}"/></Relationships>`

const barsOf = (rows: number): number => Math.max(1, Math.min(MAX_BARS, rows - 1))

/** The chart's place: below the headings, after so many columns. `rows`: of the sheet, with that of the headings. */
export const drawingXml = (columns: number, rows: number): string =>
  `${DECLARATION}<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main"><xdr:oneCellAnchor>` +
  `<xdr:from><xdr:col>${columns + 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>` +
  `<xdr:ext cx="${WIDTH}" cy="${OTHER_HEIGHT + barsOf(rows) * BAR_HEIGHT}"/>` +
  '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>' +
  '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
  `<a:graphic><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" xmlns:r="${RELATIONS}" r:id="rId1"/></a:graphicData></a:graphic>` +
  '</xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'

/** Bars begin at the top, so that the axis of their lengths crosses at the end to be at the bottom. */
const axes =
  '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>' +
  '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>' +
  '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>' +
  '<c:numFmt formatCode="0%" sourceLinked="0"/><c:crossAx val="1"/><c:crosses val="max"/></c:valAx>'

/** `rangeOf`: the cells of a column, from the first row to the last one that has a bar. */
export const chartXml = (
  { title, names, values }: BarChart,
  rows: number,
  rangeOf: (place: number, last: number) => string,
): string => {
  const last = barsOf(rows) + 1
  return (
    `${DECLARATION}<c:chartSpace xmlns:c="${DRAWING}/chart" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONS}"><c:chart>` +
    `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>${sheetText(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>' +
    `<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>${sheetText(title)}</c:v></c:tx>` +
    '<c:spPr><a:solidFill><a:srgbClr val="2F6DB5"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>' +
    '<c:dLbls><c:numFmt formatCode="0%" sourceLinked="0"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>' +
    `<c:cat><c:strRef><c:f>${rangeOf(names, last)}</c:f></c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>${rangeOf(values, last)}</c:f></c:numRef></c:val></c:ser>` +
    '<c:gapWidth val="40"/><c:axId val="1"/><c:axId val="2"/></c:barChart>' +
    axes +
    '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
  )
}

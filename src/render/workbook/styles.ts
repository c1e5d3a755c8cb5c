/** What a number in a cell is shown as. */
export type NumberFormat =
  | { readonly format?: 'whole' | 'part' }
  /** `decimals`: how many digits after the point are shown. */
  | { readonly format: 'money'; readonly currency: string; readonly decimals: number }

/** Places in the list of `cellXfs`; those of amounts come after them, one for each currency. */
export const styles = { text: 1, heading: 2, whole: 3, part: 4, time: 5 } as const
const FIRST_OF_MONEY = 6

/** Places in the list of `dxfs`: what stands out by a condition. */
export const marks = { alarm: 0, warning: 1 } as const

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

const xf = (numberFormat: number, font = 0): string =>
  `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font === 0 ? '' : ' applyFont="1"'}/>`

/** Below, the numbers of formats are those that every program knows. */
const TIME_FORMAT = 164
const MONEY_FORMAT = TIME_FORMAT + 1

/** 49 is text, 3 `#,##0`, 9 `0%`. In the order of {@link styles}. */
const plainFormats = [xf(0), xf(49), xf(49, 1), xf(3), xf(9), xf(TIME_FORMAT)]

const CURRENCY = /^[A-Z]{3}$/

/** `[$EUR] #,##0.00`: the currency is beside each amount, and the cell is a number all the same. */
const moneyFormat = (currency: string, decimals: number): string => {
  const digits = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`
  return CURRENCY.test(currency) ? `[$${currency}]\\ ${digits}` : digits
}

const mark = (text: string, background: string): string =>
  `<dxf><font><color rgb="FF${text}"/></font><fill><patternFill><bgColor rgb="FF${background}"/></patternFill></fill></dxf>`

/** In the order of {@link marks}. */
const markFormats = [mark('9C0006', 'FFC7CE'), mark('7F6000', 'FFEB9C')]

/** The styles of the cells of one workbook: as many of amounts as there are currencies in it. */
export interface CellStyles {
  /** The place of a number's style. */
  readonly ofNumber: (number: NumberFormat) => number
  /** The file of styles, once all cells were asked for. */
  readonly xml: () => string
}

export const createCellStyles = (): CellStyles => {
  const places = new Map<string, number>()
  return {
    ofNumber: (number) => {
      if (number.format !== 'money') return styles[number.format ?? 'whole']
      const format = moneyFormat(number.currency, number.decimals)
      const place = places.get(format) ?? FIRST_OF_MONEY + places.size
      places.set(format, place)
      return place
    },
    xml: () => {
      const formats = [
        `<numFmt numFmtId="${TIME_FORMAT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>`,
        ...[...places.keys()].map(
          (format, index) => `<numFmt numFmtId="${MONEY_FORMAT + index}" formatCode="${format}"/>`,
        ),
      ]
      const cells = [...plainFormats, ...[...places.keys()].map((_, index) => xf(MONEY_FORMAT + index))]
      return (
        `${DECLARATION}<styleSheet xmlns="${MAIN}">` +
        `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` +
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>` +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
        `<dxfs count="${markFormats.length}">${markFormats.join('')}</dxfs></styleSheet>`
      )
    },
  }
}

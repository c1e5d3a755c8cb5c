import { describe, expect, it } from 'vitest'
import { SheetTooLarge } from '../../src/render/index.ts'
import { workbook } from '../../src/render/workbook/workbook.ts'
import { readWorkbook, unzip } from '../cli/support/read-workbook.ts'

const columns = [{ heading: 'Name', width: 10 }]

function* rowsOf(count: number): Generator<readonly string[]> {
  for (let row = 0; row < count; row++) yield [`row ${row}`]
}

describe('a workbook', () => {
  it('has every row, however many pieces it is compressed in', async () => {
    const parts = await workbook([{ name: 'Many', columns, rows: rowsOf(50_000) }])
    expect(readWorkbook(Buffer.concat(parts)).get('Many')?.rows).toHaveLength(50_000)
  })

  it('is refused where a sheet would have more columns than it can hold', async () => {
    const wide = Array.from({ length: 16_385 }, (_, index) => ({ heading: String(index), width: 5 }))
    await expect(workbook([{ name: 'Wide', columns: wide, rows: [] }])).rejects.toBeInstanceOf(SheetTooLarge)
  })

  it('rejects with what its rows throw, when much was compressed already', async () => {
    const rows = function* () {
      yield* rowsOf(20_000)
      throw new Error('the list was torn')
    }
    await expect(workbook([{ name: 'Torn', columns, rows: rows() }])).rejects.toThrow('the list was torn')
  })

  it('has a style for each currency in it, beside which the amount is a number', async () => {
    const money = (currency: string, decimals: number, digits: string) =>
      ({ digits, format: 'money', currency, decimals }) as const
    const rows = [
      [money('EUR', 2, '12.50'), money('JPY', 0, '7')],
      [money('EUR', 2, '1.00')],
      [money('KWD', 3, '2.125')],
    ]
    const files = unzip(Buffer.concat(await workbook([{ name: 'Money', columns: [...columns, ...columns], rows }])))
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
    const styles = files.get('xl/styles.xml') ?? ''
    const [, cellFormats = ''] = /<cellXfs count="\d+">(.*)<\/cellXfs>/.exec(styles) ?? []
    const ids = [...cellFormats.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => id)
    const formatOf = (digits: string) => {
      const [, style] = new RegExp(`s="(\\d+)"><v>${digits}</v>`).exec(sheet) ?? []
      const [, format] = new RegExp(`<numFmt numFmtId="${ids[Number(style)]}" formatCode="([^"]*)"`).exec(styles) ?? []
      return format
    }
    expect(['12.50', '1.00', '7', '2.125'].map(formatOf)).toEqual([
      '[$EUR]\\ #,##0.00',
      '[$EUR]\\ #,##0.00',
      '[$JPY]\\ #,##0',
      '[$KWD]\\ #,##0.000',
    ])
  })

  it('is as wide as its first texts, and not as wide as an id or a novel', async () => {
    const heading = (text: string) => ({ heading: text })
    const rows = [['short', 'x'.repeat(300), 'many words '.repeat(30), 'ada.lovelace@mail.example.com']]
    const [sheet] = readWorkbook(
      Buffer.concat(await workbook([{ name: 'Wide', columns: ['A', 'B', 'C', 'D'].map(heading), rows }])),
    ).values()
    expect([...(sheet?.xml ?? '').matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([
      9, 37, 70, 30,
    ])
  })

  it('is printed in landscape, as wide as a page, with its headings on each', async () => {
    const sheets = ['First', "The second's"].map((name) => ({ name, columns, rows: rowsOf(2) }))
    const files = unzip(Buffer.concat(await workbook(sheets)))
    const sheet = files.get('xl/worksheets/sheet2.xml') ?? ''
    expect(sheet).toMatch(/<worksheet [^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>/)
    expect(sheet).toMatch(/<pageSetup [^>]*orientation="landscape" fitToWidth="1" fitToHeight="0"\/>/)
    expect(files.get('xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="1">'The second''s'!$A:$A,'The second''s'!$1:$1</definedName>`,
    )
  })

  it('is printed on several pages beside each other where one would be too small to be read', async () => {
    const wide = Array.from({ length: 13 }, (_, index) => ({ heading: String(index), width: 50 }))
    const files = unzip(Buffer.concat(await workbook([{ name: 'Wide', columns: wide, rows: [] }])))
    expect(files.get('xl/worksheets/sheet1.xml')).toContain('fitToWidth="3" fitToHeight="0"')
  })

  it('marks numbers by a condition that no text fulfils', async () => {
    const marked = [
      { heading: 'Available', marks: 'negative' },
      { heading: 'Utilization', marks: 'part' },
    ] as const
    const rows = [
      [{ digits: '-1' }, { digits: '1.1', format: 'part' as const }],
      ['unknown', 'unknown'],
    ]
    const [sheet] = readWorkbook(Buffer.concat(await workbook([{ name: 'Marks', columns: marked, rows }]))).values()
    const formulas = [...(sheet?.xml ?? '').matchAll(/<conditionalFormatting sqref="([^"]*)">(.*?)<\/cond/g)].map(
      ([, range, rules = '']) => [range, ...[...rules.matchAll(/<formula>(.*?)<\/formula>/g)].map(([, text]) => text)],
    )
    expect(formulas).toEqual([
      ['A2:A3', 'AND(ISNUMBER(A2),A2&lt;0)'],
      ['B2:B3', 'AND(ISNUMBER(B2),B2&gt;1)', 'AND(ISNUMBER(B2),B2&gt;=0.9)'],
    ])
  })

  it('has a chart of the rows that there are, and every file that another one leads to', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`row ${index}`, { digits: '0.5', format: 'part' as const }])
    const sheets = [
      { name: 'Plain', columns, rows: [] },
      {
        name: "It's",
        columns: [...columns, ...columns],
        rows: rows.slice(0, 3),
        chart: { title: 'A & B', names: 0, values: 1 },
      },
      { name: 'Long', columns: [...columns, ...columns], rows, chart: { title: 'Long', names: 0, values: 1 } },
    ]
    const archive = Buffer.concat(await workbook(sheets))
    readWorkbook(archive)
    const files = unzip(archive)
    const rangesOf = (file: string) =>
      [...(files.get(file) ?? '').matchAll(/<c:f>(.*?)<\/c:f>/g)].map(([, range]) => range)
    expect(rangesOf('xl/charts/chart2.xml')).toEqual(["'It''s'!$A$2:$A$4", "'It''s'!$B$2:$B$4"])
    expect(rangesOf('xl/charts/chart3.xml')).toEqual(["'Long'!$A$2:$A$41", "'Long'!$B$2:$B$41"])
    const targets = [...files].flatMap(([file, xml]) => {
      if (!file.endsWith('.rels')) return []
      const folder = file.replace(/_rels\/[^/]*$/, '')
      return [...xml.matchAll(/Target="([^"]*)"/g)].map(
        ([, target = '']) => new URL(target, `file:///${folder}`).pathname,
      )
    })
    const parts = [...(files.get('[Content_Types].xml') ?? '').matchAll(/PartName="([^"]*)"/g)].map(
      ([, part = '']) => part,
    )
    expect(parts).toHaveLength(2 + 3 + 4)
    for (const path of [...targets, ...parts]) expect([...files.keys()].map((name) => `/${name}`)).toContain(path)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsvLines } from '../../../src/cli/input/csv-lines.ts'

const read = async (text: string) => (await readCsvLines('f.csv', text)).map(({ record, line }) => [line, ...record])

describe('the lines of a CSV file', () => {
  it.each([
    ['LF', 'user,to\na,b\nc,d\n'],
    ['CR LF', 'user,to\r\na,b\r\nc,d\r\n'],
    ['CR', 'user,to\ra,b\rc,d\r'],
    ['CR CR LF', 'user,to\r\r\na,b\r\r\nc,d\r\r\n'],
    ['one and the other', 'user,to\r\na,b\nc,d'],
    ['semicolons', 'user;to\r\na;b\r\nc;d'],
    ['tabs', 'user\tto\na\tb\nc\td'],
  ])('are counted as an editor counts them, with %s', async (_, text) => {
    expect(await read(text)).toEqual([
      [1, 'user', 'to'],
      [2, 'a', 'b'],
      [3, 'c', 'd'],
    ])
  })

  it('are counted from the line that says what the separator is', async () => {
    for (const end of ['\n', '\r\n', '\r', '\r\r\n']) {
      expect(await read(`sep=;${end}user;to${end}a;b${end}`)).toEqual([
        [2, 'user', 'to'],
        [3, 'a', 'b'],
      ])
    }
  })

  it('are counted over cells of several lines, lines without anything, and letters of several bytes', async () => {
    expect(await read('usér,to\r\n"ä\r\n\r\nö",x\r\n\r\n , \r\n,,\r\nb,y\r\n')).toEqual([
      [1, 'usér', 'to'],
      [2, 'ä\r\n\r\nö', 'x'],
      [8, 'b', 'y'],
    ])
  })

  it('may begin with nothing', async () => {
    expect(await read('\r\n;;\r\n"user, or id";to\r\na;b')).toEqual([
      [3, 'user, or id', 'to'],
      [4, 'a', 'b'],
    ])
  })

  it('are those in which something is, whatever ends them, for any table', async () => {
    const cell = fc.constantFrom('', 'a', 'ä', 'x y', '"q"', 'l\r\nm', 'n\ro', ' ')
    const table = fc.array(fc.tuple(cell, cell), { maxLength: 8 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r', '\r\r\n'), async (rows, end) => {
        const expected: (readonly (string | number)[])[] = [[1, 'h', 'i']]
        let line = 2
        for (const row of rows) {
          if (row.some((text) => text.trim() !== '')) expected.push([line, ...row])
          line += 1 + row.join('').split(/\r\n|\r/).length - 1
        }
        const text = [['h', 'i'], ...rows].map((row) => `${row.map(quoted).join(',')}${end}`).join('')
        expect(await read(text)).toEqual(expected)
      }),
    )
  })

  it.each([
    ['user\na\n"b\nc\n', 'line 3: not valid CSV: a cell begins with a double quote and does not end with one'],
    ['sep=,\r\nuser\r\n"x\r\ny"\r\nb"c\r\n', 'line 5: not valid CSV: a double quote inside of a cell; '],
    ['user\n"a"b\n', 'line 2: not valid CSV: something comes after the double quote that ends a cell'],
  ])('that are no CSV are told with the line, and without what is there: %j', async (text, problem) => {
    const refused = await readCsvLines('f.csv', text).then(
      () => '',
      (error: Error) => error.message,
    )
    expect(refused).toContain(`f.csv: ${problem}`)
    expect(refused.split('\n')).toHaveLength(1)
  })
})

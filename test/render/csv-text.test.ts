import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../src/render/text/csv-text.ts'
import { guardFormula, unguardFormula } from '../../src/render/text/formula.ts'

/** A number or a phone number, by itself or before cells that this reader does not tell apart. */
const A_NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:["',]|$)|^\+\d+(?: \d+)*(?:["',]|$)/

const isHarmless = (cell: string): boolean => {
  const shown = cell.replace(/^[\s"]+/, '')
  return !/^[=+\-@]/.test(shown) || A_NUMBER.test(shown)
}

/** Nothing where no reader could make sense of it. */
const readCells = (text: string, delimiter: string): readonly string[] => {
  const options = { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }
  try {
    return parse(text, options).flat()
  } catch {
    return []
  }
}

describe('CSV', () => {
  it('ends every row with CRLF and quotes what RFC 4180 says', () => {
    expect(
      csvText([
        ['a', 'b,c', 'say "hi"'],
        ['', ' x ', 'ü'],
      ]),
    ).toBe('a,"b,c","say ""hi"""\r\n, x ,ü\r\n')
  })

  it.each(['\r', '\n', '\r\n'])('quotes a lone %j too', (lineBreak) => {
    expect(csvText([[`a${lineBreak}b`, 'c']])).toBe(`"a${lineBreak}b",c\r\n`)
  })
})

describe('CSV in a terminal', () => {
  it('shows what a terminal would act on, which programs and files get as it is', () => {
    const rows = [['\u001b[2J\u009b1m', '\u202egnp', 'a\nb']]
    expect(csvText(rows, { columns: 80 })).toBe('␛[2J<U+009B>1m,<U+202E>gnp,a␊b\r\n')
    expect(csvText(rows, {})).toBe('\u001b[2J\u009b1m,\u202egnp,"a\nb"\r\n')
  })
})

describe('CSV that is opened with another list separator', () => {
  it.each([';', '\t'])('quotes %j', (separator) => {
    expect(csvText([[`a${separator}b`, 'c']])).toBe(`"a${separator}b",c\r\n`)
  })

  it('has no cell that is run as a formula, wherever its cells begin', () => {
    const texts = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', ';', '\t', '\r', '\n', '"', "'", ' ', ',', '1', 'a', '('),
    })
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(';', '\t', ','),
        (row, delimiter) => {
          const text = csvText([row, row])
          // As a reader that heeds quotation marks where a cell begins, and as one that heeds none; a comma is not ours to cut at.
          const heedless = text.split(/[\r\n]+/).flatMap((line) => line.split(delimiter))
          const cells = [...readCells(text, delimiter), ...(delimiter === ',' ? [] : heedless)]
          return cells.every(isHarmless)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('the guard against formulas', () => {
  it.each([
    '=1+1',
    '+SUM(A1)',
    '-2+3',
    '-1+1',
    '@cmd',
    '@SUM(A1:A9)',
    ' =1+1',
    '\tplain',
    '\rplain',
    '\u00a0=1',
    '＝1+1',
    '+1-555',
    '-',
    '--1',
    '=',
    '+1(2)',
    '-1e',
  ])('puts an apostrophe before %j', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`)
  })

  it.each([
    '',
    'plain',
    '+15551234',
    '+49 30 1234567',
    '-12.5',
    '-900',
    '+3',
    '1e-7',
    '-1.5e+3',
    'a=1',
    '5',
    'ada@example.com',
  ])('leaves %j alone', (text) => {
    expect(guardFormula(text)).toBe(text)
  })

  it('doubles an apostrophe at the beginning', () => {
    expect(guardFormula("'tis")).toBe("''tis")
  })

  it.each([
    ['Bob;=1+1;', "Bob;'=1+1;"],
    ['R&D; -x', "R&D;' -x"],
    ['a\t@x', "a\t'@x"],
    ['a\r\n=1', "a\r\n'=1"],
    ['a;"=1', 'a;\'"=1'],
    ["a;'b", "a;''b"],
    ['\t=1', "'\t'=1"],
    ['-5;x', "'-5;x"],
  ])('looks into what may be cut into cells: %j', (text, guarded) => {
    expect(guardFormula(text)).toBe(guarded)
    expect(unguardFormula(guarded)).toBe(text)
  })

  it.each(['Sales; EMEA', 'a;b;c', 'x\ty', "O'Brien; Ann"])('leaves %j alone', (text) => {
    expect(guardFormula(text)).toBe(text)
  })

  it('is undone', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', ' ', '1', 'a', '\t', ';', '\n', '"') }),
    )
    fc.assert(fc.property(texts, (text) => unguardFormula(guardFormula(text)) === text))
  })

  it('is one apostrophe at the beginning where there is nothing to be cut', () => {
    fc.assert(
      fc.property(fc.string(), (text) => /[;\t\r\n]/.test(text) || guardFormula(text).replace(/^'/, '') === text),
    )
  })

  it('leaves nothing that begins like a formula but numbers and phone numbers', () => {
    const texts = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ' ', '\t', '1', '.', 'a', '(') })
    fc.assert(
      fc.property(
        texts,
        (text) => !/^\s*[=+\-@]/.test(guardFormula(text)) || /^[+-][\d .e+-]*$/.test(guardFormula(text)),
      ),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText, guardFormula } from '../../src/cli/output/csv-text.ts'

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

describe('the guard against formulas', () => {
  it.each([
    '=1+1',
    '+SUM(A1)',
    '-2+3',
    '-1+1',
    '@cmd',
    '@SUM(A1:A9)',
    ' =1+1',
    '\t=1+1',
    '\tplain',
    '\rplain',
    '\n@x',
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

  it('is undone by taking one apostrophe from every cell that begins with one', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '+', '-', ' ', '1', 'a', '\t') }))
    fc.assert(fc.property(texts, (text) => guardFormula(text).replace(/^'/, '') === text))
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

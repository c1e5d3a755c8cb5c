import { UsageError } from '../usage-error.ts'

/** One record of a CSV file in which there is something. */
export interface CsvLine {
  readonly record: readonly string[]
  /** The line of the file on which it begins, from 1, as an editor counts. */
  readonly line: number
}

/** Some programs write CR CR LF. */
const SEPARATOR_LINE = /^sep=(.)(?:\r{0,2}\n|\r)/i

const DELIMITERS = [',', ';', '\t'] as const

/** What a spreadsheet puts between cells: what there is most of in the headings, and the comma where none is more frequent. */
const delimiterOf = (text: string): string => {
  const headings = text.split(/[\r\n]/).find((line) => /[^\s,;]/.test(line)) ?? ''
  const pieces = (delimiter: string): number => headings.replace(/"[^"]*"/g, '').split(delimiter).length
  const [delimiter = ','] = [...DELIMITERS].sort((one, other) => pieces(other) - pieces(one))
  return delimiter
}

const NEWLINE = 10
const RETURN = 13

/** Where lines end: after a newline, with all the carriage returns before it, or after a carriage return by itself. */
const endsOfLines = (bytes: Uint8Array): readonly number[] => {
  const ends: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === NEWLINE) ends.push(at + 1)
    if (bytes[at] !== RETURN) continue
    const first = at
    while (bytes[at + 1] === RETURN) at++
    if (bytes[at + 1] !== NEWLINE) for (let end = first; end <= at; end++) ends.push(end + 1)
  }
  return ends
}

/** The line of a place; each place asked for is at or after the one before. */
const lineFinder = (bytes: Uint8Array): ((at: number) => number) => {
  const ends = endsOfLines(bytes)
  let passed = 0
  return (at) => {
    while ((ends[passed] ?? Number.POSITIVE_INFINITY) <= at) passed++
    return passed + 1
  }
}

/** The parser's own words name a line that it counts in another way, and may quote a cell. */
const problems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a cell begins with a double quote and does not end with one',
  INVALID_OPENING_QUOTE: 'a double quote inside of a cell; put the cell in double quotes and write that one twice',
  CSV_INVALID_CLOSING_QUOTE: 'something comes after the double quote that ends a cell',
}

/** The records of a CSV file as spreadsheets write it; those of empty cells only are ignored. */
export const readCsvLines = async (file: string, text: string): Promise<readonly CsvLine[]> => {
  const { parse, CsvError } = await import('csv-parse/sync')
  const [separatorLine = '', separator] = SEPARATOR_LINE.exec(text) ?? []
  const bytes = new TextEncoder().encode(text)
  const start = new TextEncoder().encode(separatorLine).length
  const lineOf = lineFinder(bytes)
  const lines: CsvLine[] = []
  let begin = start
  try {
    parse(bytes.subarray(start), {
      delimiter: separator ?? delimiterOf(text),
      // All of them wherever they are: some files have more than one.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (record: readonly string[], context) => {
        if (record.some((cell) => cell.trim() !== '')) lines.push({ record, line: lineOf(begin) })
        begin = start + context.bytes
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UsageError([`${file}: line ${lineOf(begin)}: not valid CSV: ${problems[error.code] ?? error.code}`])
  }
  return lines
}

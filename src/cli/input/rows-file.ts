import { extname, resolve } from 'node:path'
import { isRecord } from '../configuration/is-record.ts'
import type { Environment } from '../environment.ts'
import { unguardFormula } from '../output/csv-text.ts'
import { UsageError } from '../usage-error.ts'
import { parseJson, readTextFile } from './text-file.ts'

/** What a file of rows may have. */
export interface RowShape<Field extends string> {
  readonly fields: readonly Field[]
  /** Headings, in lower case, of our own exports that say nothing here. Default: none. */
  readonly passedOver?: readonly string[]
  /** One of them must be there. */
  readonly required: readonly Field[]
  /** Whether no row at all is right too. Default: false. */
  readonly mayBeEmpty?: boolean
}

/** One line of a CSV file or one object of a JSON file; what is empty is absent. */
export interface Row<Field extends string> {
  /** For error messages: `changes.csv: line 3`. */
  readonly source: string
  readonly cells: Readonly<Partial<Record<Field, string>>>
}

type FieldOf<Field> = (name: string) => Field | 'passed over' | undefined

const fieldReader =
  <Field extends string>({ fields, passedOver = [] }: RowShape<Field>): FieldOf<Field> =>
  (name) => {
    const folded = name.trim().toLowerCase()
    return (
      fields.find((field) => field.toLowerCase() === folded) ??
      (passedOver.includes(folded) ? 'passed over' : undefined)
    )
  }

const rowOf = <Field extends string>(source: string, cells: readonly (readonly [Field, string])[]): Row<Field> => {
  const filled: Partial<Record<Field, string>> = {}
  for (const [field, cell] of cells) if (cell !== '') filled[field] = cell
  return { source, cells: filled }
}

/** Apostrophes are how our own CSV keeps a spreadsheet from running a cell. */
const cellText = (cell: string): string => unguardFormula(cell.trim())

const SEPARATOR_LINE = /^\ufeff?sep=(.)\r?\n/i

/** What a spreadsheet puts between cells; some say so in a line of its own. */
const delimiterOf = (text: string): string => {
  const [headings = ''] = text.split(/\r\n|\r|\n/, 1)
  const bare = headings.replace(/"[^"]*"/g, '')
  return [';', '\t'].find((delimiter) => bare.includes(delimiter) && !bare.includes(',')) ?? ','
}

interface Line {
  readonly record: readonly string[]
  readonly line: number
}

const linesOfCsv = async (file: string, text: string): Promise<readonly Line[]> => {
  const { parse, CsvError } = await import('csv-parse/sync')
  const separator = SEPARATOR_LINE.exec(text)
  const skipped = separator === null ? 0 : 1
  const lines: Line[] = []
  try {
    parse(text.replace(SEPARATOR_LINE, ''), {
      bom: true,
      delimiter: separator?.[1] ?? delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (record: readonly string[], { lines: count }) => {
        lines.push({ record, line: count + skipped })
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError([`${file}: not valid CSV: ${error.message}`])
    throw error
  }
  return lines
}

const rowsOfCsv = async <Field extends string>(
  file: string,
  text: string,
  shape: RowShape<Field>,
): Promise<readonly Row<Field>[]> => {
  const [headings, ...lines] = await linesOfCsv(file, text)
  const names = headings?.record ?? []
  const fields = names.map(fieldReader(shape))
  const problems = names.flatMap((name, index) => {
    const field = fields[index]
    if (field === undefined) {
      return [`${file}: line 1: expected headings among ${shape.fields.join(', ')}, found ${JSON.stringify(name)}`]
    }
    return field !== 'passed over' && fields.indexOf(field) < index
      ? [`${file}: line 1: expected each heading once, found ${JSON.stringify(name)} again`]
      : []
  })
  if (!shape.required.some((field) => fields.includes(field))) {
    const required = shape.required.map((field) => `"${field}"`).join(' or ')
    problems.push(`${file}: line 1: expected headings, and one of them ${required}`)
  }
  for (const { record, line } of lines) {
    if (record.length > names.length) {
      problems.push(`${file}: line ${line}: expected ${names.length} cells, found ${record.length}`)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return lines.map(({ record, line }) =>
    rowOf(
      `${file}: line ${line}`,
      record.flatMap((cell, index): readonly (readonly [Field, string])[] => {
        const field = fields[index]
        return field === undefined || field === 'passed over' ? [] : [[field, cellText(cell)]]
      }),
    ),
  )
}

const rowsOfJson = <Field extends string>(
  file: string,
  text: string,
  shape: RowShape<Field>,
): readonly Row<Field>[] => {
  const value = parseJson(file, text)
  if (!Array.isArray(value)) throw new UsageError([`${file}: expected a list`])
  const fieldOf = fieldReader(shape)
  const problems: string[] = []
  const rows = value.map((entry: unknown, index): Row<Field> => {
    const source = `${file}: [${index}]`
    if (!isRecord(entry)) {
      problems.push(`${source}: expected an object`)
      return rowOf(source, [])
    }
    const cells: (readonly [Field, string])[] = []
    for (const [name, cell] of Object.entries(entry)) {
      const field = fieldOf(name)
      if (field === undefined) problems.push(`${source}.${name}: expected one of ${shape.fields.join(', ')}`)
      else if (field === 'passed over' || cell === null) continue
      else if (typeof cell !== 'string') problems.push(`${source}.${name}: expected a text`)
      else cells.push([field, cell.trim()])
    }
    return rowOf(source, cells)
  })
  if (problems.length > 0) throw new UsageError(problems)
  return rows
}

/** Reads a file of rows: JSON where it is called so, else CSV, as spreadsheets write it. */
export const readRows = async <Field extends string>(
  file: string,
  what: string,
  shape: RowShape<Field>,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): Promise<readonly Row<Field>[]> => {
  const text = await readTextFile(resolve(workingDirectory, file), file, what)
  const isJson = extname(file).toLowerCase() === '.json'
  const rows = isJson ? rowsOfJson(file, text, shape) : await rowsOfCsv(file, text, shape)
  if (rows.length === 0 && !shape.mayBeEmpty) throw new UsageError([`${file}: expected at least one row`])
  return rows
}

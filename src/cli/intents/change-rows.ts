import { extname, resolve } from 'node:path'
import { isRecord } from '../configuration/is-record.ts'
import type { Environment } from '../environment.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import { UsageError } from '../usage-error.ts'

/** One line of a file of changes, or one user of a command line. */
export interface ChangeRow {
  /** For error messages: `changes.csv: line 3`. */
  readonly source: string
  readonly user?: string
  readonly action?: string
  readonly license?: string
  readonly to?: string
  readonly locationId?: string
  readonly phoneNumber?: string
  readonly extension?: string
}

const FIELDS = ['user', 'action', 'license', 'to', 'locationId', 'phoneNumber', 'extension'] as const
type Field = (typeof FIELDS)[number]

/** Our own lists of users call it so. */
const OTHER_NAMES: Readonly<Record<string, Field>> = { email: 'user' }

const fieldOf = (heading: string): Field | undefined => {
  const folded = heading.trim().toLowerCase()
  return FIELDS.find((field) => field.toLowerCase() === folded) ?? OTHER_NAMES[folded]
}

const rowOf = (source: string, cells: Iterable<readonly [Field, string]>): ChangeRow => ({
  source,
  ...Object.fromEntries([...cells].filter(([, cell]) => cell !== '')),
})

/** A leading apostrophe is how our own CSV keeps a spreadsheet from running a cell. */
const cellText = (cell: string): string => cell.trim().replace(/^'/, '')

/** What a spreadsheet that writes numbers with a comma puts between cells. */
const delimiterOf = (text: string): string => {
  const [headings = ''] = text.split(/\r\n|\r|\n/, 1)
  return [';', '\t'].find((delimiter) => headings.includes(delimiter) && !headings.includes(',')) ?? ','
}

const rowsOfCsv = async (file: string, text: string): Promise<readonly ChangeRow[]> => {
  const { parse, CsvError } = await import('csv-parse/sync')
  const records: { readonly record: readonly string[]; readonly line: number }[] = []
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      on_record: (record: readonly string[], { lines }) => {
        records.push({ record, line: lines })
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError([`${file}: ${error.message}`])
    throw error
  }
  const [headings, ...lines] = records
  const fields = (headings?.record ?? []).map(fieldOf)
  if (!fields.includes('user')) {
    throw new UsageError([`${file}: line 1: expected headings, and one of them "user" or "email"`])
  }
  return lines.map(({ record, line }) =>
    rowOf(
      `${file}: line ${line}`,
      record.flatMap((cell, index): readonly (readonly [Field, string])[] => {
        const field = fields[index]
        return field === undefined ? [] : [[field, cellText(cell)]]
      }),
    ),
  )
}

const rowsOfJson = (file: string, text: string): readonly ChangeRow[] => {
  const value = parseJson(file, text)
  if (!Array.isArray(value)) throw new UsageError([`${file}: expected a list of changes`])
  const problems: string[] = []
  const rows = value.map((entry: unknown, index) => {
    const source = `${file}: [${index}]`
    if (!isRecord(entry)) {
      problems.push(`${source}: expected an object`)
      return { source }
    }
    const cells: (readonly [Field, string])[] = []
    for (const [name, cell] of Object.entries(entry)) {
      const field = fieldOf(name)
      if (field === undefined) problems.push(`${source}.${name}: expected one of ${FIELDS.join(', ')}`)
      else if (typeof cell !== 'string') problems.push(`${source}.${name}: expected a text`)
      else cells.push([field, cell.trim()])
    }
    return rowOf(source, cells)
  })
  if (problems.length > 0) throw new UsageError(problems)
  return rows
}

/** Reads a file of changes: JSON where it is called so, else CSV. */
export const readChangeRows = async (
  file: string,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): Promise<readonly ChangeRow[]> => {
  const text = await readTextFile(resolve(workingDirectory, file), file, 'the changes')
  const rows = extname(file).toLowerCase() === '.json' ? rowsOfJson(file, text) : await rowsOfCsv(file, text)
  if (rows.length === 0) throw new UsageError([`${file}: expected at least one change`])
  return rows
}

import { extname } from 'node:path'
import { didYouMean } from '../../index.ts'
import { Values } from '../../provider-kit/index.ts'
import { unguardFormula } from '../../render/index.ts'
import { UsageError } from '../usage-error.ts'
import { type CsvLine, readCsvLines } from './csv-lines.ts'
import { type FieldNames, fieldNames, type KnownTable, type RowShape, unknownNames } from './row-shape.ts'
import { type InputPlace, parseJson, readTextFile } from './text-file.ts'

/** One line of a CSV file or one object of a JSON file; what is empty is absent. */
export interface Row<Field extends string> {
  /** For error messages: `changes.csv: line 3`. */
  readonly source: string
  readonly cells: Readonly<Partial<Record<Field, string>>>
}

/** The rows of a file, and what it calls their cells. */
export interface NamedRows<Field extends string> {
  readonly rows: readonly Row<Field>[]
  readonly names: readonly string[]
  /** The table of another program that it is. */
  readonly table: KnownTable<Field> | undefined
}

type NamedCell<Field> = readonly [name: Field, cell: string]

const rowOf = <Field extends string>(source: string, cells: readonly NamedCell<Field>[]): Row<Field> => {
  const filled: Partial<Record<Field, string>> = {}
  for (const [field, cell] of cells) if (cell !== '') filled[field] = cell
  return { source, cells: filled }
}

/** Apostrophes are how our own CSV keeps a spreadsheet from running a cell. */
const cellText = (cell: string): string => unguardFormula(cell.trim())

const ADDRESS = /^[^\s@]+@[^\s@]+$/

/** The heading of the first column that has addresses and nothing else, as far as it has anything. */
const headingOfAddresses = (names: readonly string[], lines: readonly CsvLine[]): string | undefined =>
  names.find((name, index) => {
    const cells = lines.flatMap(({ record }) => record[index]?.trim() || [])
    return name.trim() !== '' && cells.length > 0 && cells.every((cell) => ADDRESS.test(cellText(cell)))
  })

/** Lines that are looked at for the look of a table: the first ones of a report are titles. */
const FIRST_LINES = 3

/** Words that are far apart, as columns are that are filled up with spaces. */
const APART = /\S {2,}\S/

/**
 * Whether this is what a command prints for people: lines of one cell in which columns are filled up with spaces, or, as
 * terminals have little room, headings that are one text.
 */
const isPrinted = <Field extends string>(
  names: readonly string[],
  { fieldOf }: FieldNames<Field>,
  lines: readonly CsvLine[],
): boolean => {
  const first = [names, ...lines.map(({ record }) => record)].slice(0, FIRST_LINES)
  const [heading = '', ...others] = names
  const words = heading.split(' ')
  const areHeadings = words.length > 2 && words.filter((word) => fieldOf(word) !== undefined).length > 1
  return (
    others.length === 0 && (areHeadings || first.some(([cell = '', ...more]) => more.length === 0 && APART.test(cell)))
  )
}

/** What is wrong with the headings, in one line that also says what to do. */
const problemOfHeadings = <Field extends string>(
  shape: RowShape<Field>,
  names: readonly string[],
  known: FieldNames<Field>,
  lines: readonly CsvLine[],
): string | undefined => {
  const { fieldOf, table } = known
  const named = names.filter((name) => name.trim() !== '')
  const unknown = named.filter((name) => fieldOf(name) === undefined)
  const fields = named.map(fieldOf)
  const twice = named.find((_, index) => fields[index] !== 'passed over' && fields.indexOf(fields[index]) < index)
  const missing = shape.required.filter((some) => !some.some((field) => fields.includes(field)))
  const isMissing = table === undefined && missing.length > 0
  if (unknown.length === 0 && !isMissing) {
    return twice === undefined ? undefined : `expected each heading once, found ${JSON.stringify(twice)} again`
  }
  if (isMissing && isPrinted(names, known, lines)) {
    return 'expected CSV, found a printed table; write it with --format csv'
  }
  const required = missing.map((some) => some.map((field) => `"${field}"`).join(' or ')).join(', and ')
  const addresses = isMissing && shape.users !== undefined ? headingOfAddresses(names, lines) : undefined
  const expected = isMissing
    ? `expected headings, and ${missing.length === 1 ? 'one of' : 'among'} them ${required}`
    : `expected headings among ${shape.fields.join(', ')}`
  return [
    unknown.length > 0 ? `${expected}, ${unknownNames(shape, unknown)}` : expected,
    addresses === undefined
      ? undefined
      : `${JSON.stringify(addresses)} has addresses: call that column "${shape.users}"`,
    unknown.length > 1 ? 'delete the columns that are not needed' : undefined,
    shape.advice,
  ]
    .filter((part) => part !== undefined)
    .join('; ')
}

/** Cells that are in no column: beyond the last one, or in one without a heading. */
const strayCells = (names: readonly string[], { record, line }: CsvLine): readonly string[] => {
  const stray = record.findIndex((cell, index) => cell.trim() !== '' && (names[index] ?? '').trim() === '')
  if (stray < 0) return []
  return stray >= names.length
    ? [`line ${line}: expected ${names.length} cells, found ${stray + 1}`]
    : [`line ${line}: expected nothing in column ${stray + 1}, which has no heading`]
}

const rowsOfCsv = async <Field extends string>(
  file: string,
  text: string,
  shape: RowShape<Field>,
): Promise<NamedRows<Field>> => {
  const [headings = { record: [], line: 1 }, ...lines] = await readCsvLines(file, text)
  const names = headings.record
  const known = fieldNames(shape, names)
  const wrong = problemOfHeadings(shape, names, known, lines)
  // With headings that are none, what is said of the cells below them is of no use.
  const problems =
    wrong === undefined ? lines.flatMap((line) => strayCells(names, line)) : [`line ${headings.line}: ${wrong}`]
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}: ${problem}`))
  const fields = names.map(known.fieldOf)
  const rows = lines.map(({ record, line }) =>
    rowOf(
      `${file}: line ${line}`,
      record.flatMap((cell, index): readonly NamedCell<Field>[] => {
        const field = fields[index]
        return field === undefined || field === 'passed over' ? [] : [[field, cellText(cell)]]
      }),
    ),
  )
  return { rows, names, table: known.table }
}

const rowsOfJson = <Field extends string>(file: string, text: string, shape: RowShape<Field>): NamedRows<Field> => {
  const value = parseJson(file, text)
  if (!Array.isArray(value))
    throw new UsageError([`${file}: expected a list of objects with ${shape.fields.join(', ')}`])
  const names = [...new Set(value.flatMap((entry: unknown) => (Values.isRecord(entry) ? Object.keys(entry) : [])))]
  const tables = (shape.tables ?? []).filter(({ isJsonToo }) => isJsonToo === true)
  const { fieldOf } = fieldNames({ ...shape, tables }, names)
  const problems: string[] = []
  const unknown = new Set<string>()
  const rows = value.map((entry: unknown, index): Row<Field> => {
    const source = `${file}: [${index}]`
    if (!Values.isRecord(entry)) {
      problems.push(`${source}: expected an object`)
      return rowOf(source, [])
    }
    const cells: NamedCell<Field>[] = []
    for (const [name, cell] of Object.entries(entry)) {
      const field = fieldOf(name)
      if (field === undefined) {
        // Once, and not for each object that has it.
        if (!unknown.has(name)) {
          const meant = didYouMean(name, shape.fields)
          problems.push(`${source}.${name}: expected one of ${shape.fields.join(', ')}${meant}`)
        }
        unknown.add(name)
      } else if (field === 'passed over' || cell === null) continue
      else if (typeof cell === 'number' && shape.numbers) cells.push([field, String(cell)])
      else if (typeof cell !== 'string') problems.push(`${source}.${name}: expected a text`)
      else cells.push([field, cell.trim()])
    }
    return rowOf(source, cells)
  })
  if (problems.length > 0) throw new UsageError(problems)
  return { rows, names, table: undefined }
}

/** No heading begins so. */
const JSON_START = /^\s*[[{]/

/** {@link readRows}, with what the file calls its columns. */
export const readRowsAndNames = async <Field extends string>(
  file: string,
  what: string,
  shape: RowShape<Field>,
  place: InputPlace,
): Promise<NamedRows<Field>> => {
  const text = await readTextFile(file, what, place)
  const isJson = extname(file).toLowerCase() === '.json' || JSON_START.test(text)
  const read = isJson ? rowsOfJson(file, text, shape) : await rowsOfCsv(file, text, shape)
  if (read.rows.length === 0 && !shape.mayBeEmpty) throw new UsageError([`${file}: expected at least one row`])
  return read
}

/** Reads a file of rows: JSON where it is called so or begins so, else CSV, as spreadsheets write it. */
export const readRows = async <Field extends string>(
  file: string,
  what: string,
  shape: RowShape<Field>,
  place: InputPlace,
): Promise<readonly Row<Field>[]> => (await readRowsAndNames(file, what, shape, place)).rows

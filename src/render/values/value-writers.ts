import { csvStart, csvText } from '../text/csv-text.ts'
import { jsonText } from '../text/json-text.ts'
import { markdownText } from '../text/markdown-text.ts'
import { createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import type { OpenValueWriter } from './render-values.ts'
import { isOfNumbers, type TableValue, type ValueColumn, valueAsJson, valueText } from './value-text.ts'

const NOTHING = 'NULL'

const objectOf = (columns: readonly ValueColumn[]) => {
  const names = columns.map(({ name }) => jsonText(name))
  return (row: readonly TableValue[]): string =>
    `{${row.map((value, place) => `${names[place]}:${valueAsJson(value)}`).join(',')}}`
}

/** One object per line. */
export const ndjsonOfValues: OpenValueWriter = (columns) => {
  const textOf = objectOf(columns)
  return { rows: (rows) => rows.map((row) => `${textOf(row)}\n`).join(''), end: () => '' }
}

/** One list, an object per line. */
export const jsonOfValues: OpenValueWriter = (columns) => {
  const textOf = objectOf(columns)
  let opened = false
  const element = (row: readonly TableValue[]): string => {
    const text = `${opened ? ',\n' : '[\n'}  ${textOf(row)}`
    opened = true
    return text
  }
  return { rows: (rows) => rows.map(element).join(''), end: () => (opened ? '\n]\n' : '[]\n') }
}

/** Headings come with the first rows, or before the end where there are none. */
const withHeadings = (
  headings: () => string,
  textOf: (rows: readonly (readonly TableValue[])[]) => string,
): ReturnType<OpenValueWriter> => {
  let begun = false
  const begin = (): string => {
    const text = begun ? '' : headings()
    begun = true
    return text
  }
  return { rows: (rows) => `${begin()}${textOf(rows)}`, end: begin }
}

export const csvOfValues: OpenValueWriter = (columns, surface) =>
  withHeadings(
    () => `${csvStart(surface)}${csvText([columns.map(({ name }) => name)], surface)}`,
    (rows) =>
      csvText(
        rows.map((row) => row.map((value) => valueText(value, ''))),
        surface,
      ),
  )

export const markdownOfValues: OpenValueWriter = (columns) => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return withHeadings(
    () =>
      line(columns.map(({ name }) => markdownText(name))) +
      line(columns.map((column) => (isOfNumbers(column) ? '---:' : '---'))),
    (rows) => rows.map((row) => line(row.map((value) => markdownText(valueText(value, NOTHING))))).join(''),
  )
}

/** A text that is longer may lose its middle where there is no room. */
const LEAST_WIDTH = 8

export const tableOfValues: OpenValueWriter = (columns, surface) => {
  const write = createTableWriter(
    columns.map((column) => ({
      heading: visibleText(column.name),
      ...(isOfNumbers(column) ? { align: 'right' } : { minimum: LEAST_WIDTH }),
    })),
    surface,
  )
  const cellOf = (value: TableValue): string =>
    value === null ? surface.paint.dim(NOTHING) : visibleText(valueText(value, NOTHING))
  // The first rows are written with the headings, so that these are as wide.
  let begun = false
  return {
    rows: (rows) => {
      begun = true
      return write(rows.map((row) => row.map(cellOf)))
    },
    end: () => (begun ? '' : write([])),
  }
}

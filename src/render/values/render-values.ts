import { demandGiven, type Formats, inFormat, type RenderOptions, surfaceFor } from '../rendering.ts'
import type { Surface } from '../text/surface.ts'
import type { TableValue, ValueColumn } from './value-text.ts'

/** The formats of a table of values. */
export const valueFormats = ['table', 'json', 'ndjson', 'csv', 'md'] as const
/** One of {@link valueFormats}. */
export type ValueFormat = (typeof valueFormats)[number]

/** Turns rows into text as they come. */
export interface ValueWriter {
  /** The text of the next rows, each with a value for each column. */
  readonly rows: (rows: readonly (readonly TableValue[])[]) => string
  /** What the document ends with. */
  readonly end: () => string
}

/** What makes one format. */
export type OpenValueWriter = (columns: readonly ValueColumn[], surface: Surface) => ValueWriter

const writers: Formats<ValueFormat, OpenValueWriter> = {
  table: async () => (await import('./value-writers.ts')).tableOfValues,
  json: async () => (await import('./value-writers.ts')).jsonOfValues,
  ndjson: async () => (await import('./value-writers.ts')).ndjsonOfValues,
  csv: async () => (await import('./value-writers.ts')).csvOfValues,
  md: async () => (await import('./value-writers.ts')).markdownOfValues,
}

/**
 * Writes a table of values, such as the result of a query, as its rows come. In `table` and `md`, NULL is written as such; in
 * `csv` it is an empty cell.
 */
export const createValueWriter = async (
  columns: readonly ValueColumn[],
  options: RenderOptions<ValueFormat>,
): Promise<ValueWriter> => {
  await demandGiven('columns', { columns }, options, ['columns'])
  const { format, ...target } = options
  return (await inFormat(writers, format))(columns, surfaceFor(target))
}

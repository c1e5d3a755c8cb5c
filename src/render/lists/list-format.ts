import { csvText } from '../text/csv-text.ts'
import { jsonLines, jsonText } from '../text/json-text.ts'
import type { Surface } from '../text/surface.ts'
import { type Column, createTableWriter } from '../text/text-table.ts'

/** Turns items into text as they come. Ended early, what was written until then and `end` still make a whole document. */
export interface ListWriter<A> {
  /** The text of the next items. */
  readonly items: (items: readonly A[]) => string
  /** What a document ends with. */
  readonly end: () => string
}

export type ListFormat<A> = (surface: Surface) => ListWriter<A>

/** One JSON value per line. */
export const ndjsonFormat =
  <A>(toValue: (item: A) => unknown): ListFormat<A> =>
  () => ({
    items: (items) => jsonLines(items.map(toValue)),
    end: () => '',
  })

/** One JSON array, an element per line. */
export const jsonFormat =
  <A>(toValue: (item: A) => unknown): ListFormat<A> =>
  () => {
    let opened = false
    const element = (item: A): string => {
      const text = `${opened ? ',\n' : '[\n'}  ${jsonText(toValue(item))}`
      opened = true
      return text
    }
    return {
      items: (items) => items.map(element).join(''),
      end: () => (opened ? '\n]\n' : '[]\n'),
    }
  }

/** Puts the headings before the first rows, or before the end where there are none: programs expect them. */
const headed = (rows: ListWriter<readonly string[]>['items'], headings: readonly (readonly string[])[]) => {
  let begun = false
  const write = (cells: readonly (readonly string[])[]): string => {
    const text = rows(begun ? cells : [...headings, ...cells])
    begun = true
    return text
  }
  return { write, end: () => (begun ? '' : write([])) }
}

export const csvFormat =
  <A>(headings: readonly string[], cellsOf: (item: A) => readonly string[]): ListFormat<A> =>
  (surface) => {
    const { write, end } = headed((rows) => csvText(rows, surface), [headings])
    return { items: (items) => (items.length === 0 ? '' : write(items.map(cellsOf))), end }
  }

/** Prints its headings with the first rows, and nothing where there are none. */
export const tableFormat =
  <A>(columns: readonly Column[], cellsOf: (item: A) => readonly string[]): ListFormat<A> =>
  (surface) => {
    const write = createTableWriter(columns, surface)
    return { items: (items) => (items.length === 0 ? '' : write(items.map(cellsOf))), end: () => '' }
  }

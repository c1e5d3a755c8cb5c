import * as E from 'fp-ts/lib/Either.js'
import type { Cell, GridField, Reader } from '../grid/grid.ts'
import { csvLayout } from '../grid/grid-csv.ts'
import { openGridTable } from '../grid/grid-table.ts'
import { rowValue } from '../rows/cell-value.ts'
import { invalidRows } from '../rows/row-mistakes.ts'
import type { RowAccount, RowOptions } from '../rows/row-options.ts'
import { rowAccountLines } from '../rows/row-texts.ts'
import { selectRows } from '../rows/select-rows.ts'
import { csvText } from '../text/csv-text.ts'
import { jsonLines, jsonText } from '../text/json-text.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'

/** Turns items into text as they come. Ended early, what was written until then and `end` still make a whole document. */
export interface ListWriter<A> {
  /** The text of the next items. Items that are to be sorted are kept until the end. */
  readonly items: (items: readonly A[]) => string
  /** What a document ends with. `isCut`: the list has more items, which were not read, as the writer was full. Default: false. */
  readonly end: (isCut?: boolean) => string
  /** Whether `limit` items are written, so that no more need to be read. */
  readonly isFull: () => boolean
  /** What was left out until now, one line each, for people: in a table, the end has it. */
  readonly told: (isCut?: boolean) => readonly string[]
  /** What became of the items until now. */
  readonly account: () => RowAccount
}

/** Items of one kind, and their columns. */
export interface ListDescription<A> {
  /** What one of them is called. */
  readonly one: string
  readonly fields: readonly GridField<A>[]
  /** An item as JSON. */
  readonly toValue: (item: A) => unknown
}

interface ItemWriter<A> {
  readonly items: (items: readonly A[]) => string
  /** `lines`: what was left out, for formats that people read. */
  readonly end: (lines: readonly string[]) => string
}

/** The columns that were asked for; undefined: those of the format. */
type Chosen<A> = readonly GridField<A>[] | undefined

/** How items are written. */
export type ListFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface) => ItemWriter<A>

const columnsOf = <A>(fields: readonly GridField<A>[]) => fields.map(({ column }) => column)

const cellsIn =
  <A>(fields: readonly GridField<A>[]) =>
  (item: A): readonly Cell[] =>
    fields.map(({ cellOf }) => cellOf(item))

const fieldsFor = <A>(reader: Reader, { fields }: ListDescription<A>): readonly GridField<A>[] =>
  fields.filter(({ column: { only = reader } }) => only === reader)

const valueIn = <A>({ toValue }: ListDescription<A>, chosen: Chosen<A>) => {
  if (chosen === undefined) return toValue
  const columns = columnsOf(chosen)
  const cellsOf = cellsIn(chosen)
  return (item: A): unknown => rowValue(columns, cellsOf(item))
}

/** One JSON value per line. */
export const ndjsonFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>): ItemWriter<A> => {
  const toValue = valueIn(list, chosen)
  return { items: (items) => jsonLines(items.map(toValue)), end: () => '' }
}

/** One JSON array, an element per line. */
export const jsonFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>): ItemWriter<A> => {
  const toValue = valueIn(list, chosen)
  let opened = false
  const element = (item: A): string => {
    const text = `${opened ? ',\n' : '[\n'}  ${jsonText(toValue(item))}`
    opened = true
    return text
  }
  return { items: (items) => items.map(element).join(''), end: () => (opened ? '\n]\n' : '[]\n') }
}

/** Headings come before the first rows, or before the end where there are none: programs expect them. */
export const csvFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const fields = chosen ?? fieldsFor('machines', list)
  const { headings, textsOf } = csvLayout(columnsOf(fields), [])
  const cellsOf = cellsIn(fields)
  let begun = false
  const write = (items: readonly A[]): string => {
    const rows = items.map((item) => textsOf(cellsOf(item)))
    const text = csvText(begun ? rows : [headings, ...rows], surface)
    begun = true
    return text
  }
  return { items: (items) => (items.length === 0 ? '' : write(items)), end: () => (begun ? '' : write([])) }
}

/** Headings come with the first rows, and not where there are none. What their marks stand for comes at the end. */
export const tableFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const fields = chosen ?? fieldsFor('people', list)
  const table = openGridTable(columnsOf(fields), surface)
  const cellsOf = cellsIn(fields)
  return {
    items: (items) => (items.length === 0 ? '' : [...table.rows(items.map(cellsOf))].join('')),
    end: (lines) => `${table.notes()}${lines.map((line) => surface.paint.dim(proseLine(line, surface))).join('')}`,
  }
}

/** The same, of which all rows come with the end, so that no column is wider below than above: for lists that are short. */
export const wholeTableFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface): ItemWriter<A> => {
  const table = tableFormat(list, chosen, surface)
  const kept: A[] = []
  return {
    items: (items) => {
      for (const item of items) kept.push(item)
      return ''
    },
    end: (lines) => `${table.items(kept)}${table.end(lines)}`,
  }
}

/** Writes the items that are asked for. Throws where there are no such columns. */
export const openList = <A>(
  format: ListFormat,
  list: ListDescription<A>,
  options: RowOptions,
  surface: Surface,
): ListWriter<A> => {
  const { fields, one } = list
  const selected = selectRows(columnsOf(fields), (item: A, place) => fields[place]?.cellOf(item) ?? '', options)
  if (E.isLeft(selected)) throw invalidRows(selected.left)
  const { places, take, rest, isFull, account, unmet } = selected.right
  const chosen = places?.flatMap((place) => fields.slice(place, place + 1))
  const writer = format(list, chosen, surface)
  const told = (isCut?: boolean): readonly string[] => rowAccountLines(account(), [one], isCut ? [] : unmet(), isCut)
  return {
    items: (items) => writer.items(take(items)),
    end: (isCut) => `${writer.items(rest())}${writer.end(told(isCut))}`,
    isFull,
    told,
    account,
  }
}

import type { Cell, GridField, Reader } from '../grid/grid.ts'
import type { RowAccount } from '../rows/row-options.ts'
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

/** Items as they are written in one format. */
export interface ItemWriter<A> {
  readonly items: (items: readonly A[]) => string
  /** `lines`: what was left out, for formats that people read. */
  readonly end: (lines: readonly string[]) => string
}

/** The columns that were asked for; undefined: those of the format. */
export type Chosen<A> = readonly GridField<A>[] | undefined

/** How items are written. */
export type ListFormat = <A>(list: ListDescription<A>, chosen: Chosen<A>, surface: Surface) => ItemWriter<A>

export const columnsOf = <A>(fields: readonly GridField<A>[]) => fields.map(({ column }) => column)

export const cellsIn =
  <A>(fields: readonly GridField<A>[]) =>
  (item: A): readonly Cell[] =>
    fields.map(({ cellOf }) => cellOf(item))

export const fieldsFor = <A>(reader: Reader, { fields }: ListDescription<A>): readonly GridField<A>[] =>
  fields.filter(({ column: { only = reader } }) => only === reader)

import * as E from 'fp-ts/lib/Either.js'
import {
  type FilterJudge,
  judgeFilter,
  type PlaceOf,
  parseFilter,
  placesIn,
  type UnmetWord,
  type Verdict,
  type WordWatch,
  watchWords,
} from '../../filter/index.ts'
import { isWholeNumber } from '../../model/whole-number.ts'
import type { Cell, GridColumn } from '../grid/grid.ts'
import { invalidRows, rowMistake } from './row-mistakes.ts'
import type { RowMistake, RowOptions } from './row-options.ts'
import type { RowSelection } from './row-selection.ts'
import { compareKeys, sortKeyOf } from './sort-rows.ts'

/** Columns by their names; where two readers have one of the same name, that of programs is meant. */
const fieldsOf = (columns: readonly GridColumn[]) => {
  const named = [...columns.entries()].filter(([, { isNumbered = false }]) => !isNumbered)
  const forPeople = ([, { only }]: readonly [number, GridColumn]) => (only === 'people' ? 1 : 0)
  const inOrder = named.sort((one, other) => forPeople(one) - forPeople(other))
  const byName = new Map<string, readonly [number, GridColumn]>()
  for (const entry of inOrder) if (!byName.has(entry[1].key)) byName.set(entry[1].key, entry)
  return [...byName.values()].map(([place, column]) => ({ place, column }))
}

/** The name in what was given for it; in `sort`, a minus may stand before it. */
const NAMED = /^(\s*)(.*?)\s*$/s
const ASCENDING_OR_NOT = /^(\s*-?\s*)(.*?)\s*$/s

/** What the columns of a result are called in `where`, `columns` and `sort`. */
export const fieldColumns = (columns: readonly GridColumn[]): readonly GridColumn[] =>
  fieldsOf(columns).map(({ column }) => column)

/** Names of columns, as places among the fields. */
const placesNamed = (
  option: 'columns' | 'sort',
  names: readonly string[],
  placeOf: PlaceOf,
  mistakes: RowMistake[],
): readonly number[] => {
  const text = names.join(',')
  let start = 0
  return names.flatMap((name) => {
    const [before = '', word = ''] = (option === 'sort' ? ASCENDING_OR_NOT : NAMED).exec(name)?.slice(1) ?? []
    const at = start + before.length
    start += name.length + 1
    const place = placeOf({ text: word, at, end: at + word.length })
    if (E.isRight(place)) return [place.right]
    mistakes.push(rowMistake({ ...place.left, option, text }))
    return []
  })
}

interface ReadWhere {
  readonly judge: FilterJudge
  readonly watch: WordWatch
}

/** Of no words. */
const NO_WATCH: WordWatch = { see: () => {}, unmet: () => [] }

interface Wanted extends ReadWhere {
  /** Places of columns. */
  readonly shown: readonly number[] | undefined
  readonly sorted: readonly number[]
}

const readWhere = (where: string, columns: readonly GridColumn[], mistakes: RowMistake[]): ReadWhere => {
  const expression = parseFilter(where)
  const judge = E.isLeft(expression) ? E.left([expression.left]) : judgeFilter(expression.right, columns)
  if (E.isRight(expression) && E.isRight(judge)) {
    return { judge: judge.right, watch: watchWords(expression.right, columns) }
  }
  for (const mistake of E.isLeft(judge) ? judge.left : []) {
    mistakes.push(rowMistake({ ...mistake, option: 'where', text: where }))
  }
  return { judge: () => undefined, watch: NO_WATCH }
}

const readOptions = (
  columns: readonly GridColumn[],
  { where, columns: chosen, sort = [], limit }: RowOptions,
): E.Either<readonly RowMistake[], Wanted> => {
  const fields = fieldsOf(columns)
  const named = fields.map(({ column }) => column)
  const placeOf = placesIn(named)
  const realPlace = (place: number): number => fields[place]?.place ?? 0
  const mistakes: RowMistake[] = []
  const { judge, watch }: ReadWhere =
    where === undefined ? { judge: () => true, watch: NO_WATCH } : readWhere(where, named, mistakes)
  const shown = chosen === undefined ? undefined : placesNamed('columns', chosen, placeOf, mistakes).map(realPlace)
  const sorted = placesNamed('sort', sort, placeOf, mistakes).map(realPlace)
  if (limit !== undefined && !(isWholeNumber(limit) && limit > 0)) {
    const text = String(limit)
    const message = 'expected a whole number from 1'
    mistakes.push(rowMistake({ option: 'limit', message, text, at: 0, end: text.length }))
  }
  if (mistakes.length > 0) return E.left(mistakes)
  return E.right({
    judge: (valueAt) => judge((place) => valueAt(realPlace(place))),
    watch: { ...watch, see: (valueAt) => watch.see((place) => valueAt(realPlace(place))) },
    shown,
    sorted,
  })
}

/** What is wrong with options of rows with these columns. */
export const mistakesIn = (columns: readonly GridColumn[], options: RowOptions): readonly RowMistake[] => {
  const read = readOptions(columns, options)
  return E.isLeft(read) ? read.left : []
}

/** Judges rows one by one. */
export interface RowJudge {
  readonly verdictOn: (cells: readonly Cell[]) => Verdict
  /** Words of the expression that no row had until now. */
  readonly unmet: () => readonly UnmetWord[]
}

/** Makes an expression ready for rows with these columns. Throws where there are no such columns. */
export const judgeRows = (where: string, columns: readonly GridColumn[]): RowJudge => {
  const read = readOptions(columns, { where })
  if (E.isLeft(read)) throw invalidRows(read.left)
  const { judge, watch } = read.right
  return {
    verdictOn: (cells) => {
      const valueAt = (place: number) => cells[place] ?? ''
      watch.see(valueAt)
      return judge(valueAt)
    },
    unmet: watch.unmet,
  }
}

/** Beyond so many rows more than are shown, those that cannot be shown any more are let go. */
const SPARE = 10_000

interface Sorter<Row> {
  readonly enter: (row: Row) => void
  /** The first so many, in order. */
  readonly rows: () => readonly Row[]
}

const createSorter = <Row>(
  places: readonly number[],
  sort: readonly string[],
  most: number,
  cellOf: (row: Row, place: number) => Cell,
): Sorter<Row> => {
  const isDescending = sort.map((name) => name.trim().startsWith('-'))
  type Entry = { readonly row: Row; readonly keys: readonly ReturnType<typeof sortKeyOf>[] }
  const inOrder = (one: Entry, other: Entry): number => {
    for (const [index, key] of one.keys.entries()) {
      const order = compareKeys(key, other.keys[index], isDescending[index] ?? false)
      if (order !== 0) return order
    }
    return 0
  }
  let entries: Entry[] = []
  const cut = () => {
    entries = entries.sort(inOrder).slice(0, most)
  }
  return {
    enter: (row) => {
      entries.push({ row, keys: places.map((place) => sortKeyOf(cellOf(row, place))) })
      if (entries.length > most + SPARE) cut()
    },
    rows: () => {
      cut()
      return entries.map(({ row }) => row)
    },
  }
}

/**
 * Reads what is asked of rows with these columns, of which `cellOf` gives single cells. Throws where that
 * cannot be understood. Each selection is for one reading of the rows.
 */
export const selectRows = <Row>(
  columns: readonly GridColumn[],
  cellOf: (row: Row, place: number) => Cell,
  options: RowOptions,
): RowSelection<Row> => {
  const wanted = readOptions(columns, options)
  if (E.isLeft(wanted)) throw invalidRows(wanted.left)
  const { judge, watch, shown, sorted } = wanted.right
  const { where, columns: chosen, sort = [], limit } = options
  const most = limit ?? Number.POSITIVE_INFINITY
  const sorter = sorted.length === 0 ? undefined : createSorter(sorted, sort, most, cellOf)
  const counts = { found: 0, matching: 0, unknown: 0 }
  /** Whether a row is to be shown now. */
  const enter = (row: Row): boolean => {
    counts.found++
    const valueAt = (place: number): Cell => cellOf(row, place)
    watch.see(valueAt)
    const verdict = judge(valueAt)
    if (verdict === undefined) counts.unknown++
    if (verdict !== true) return false
    counts.matching++
    sorter?.enter(row)
    return sorter === undefined && counts.matching <= most
  }
  return {
    places: shown,
    take: (rows) => rows.filter(enter),
    rest: () => sorter?.rows() ?? [],
    isFull: () => sorter === undefined && counts.matching >= most,
    account: () => ({
      ...(where === undefined ? {} : { where }),
      ...(chosen === undefined ? {} : { columns: chosen }),
      ...(sort.length === 0 ? {} : { sort }),
      ...(limit === undefined ? {} : { limit }),
      ...counts,
      shown: Math.min(counts.matching, most),
    }),
    unmet: watch.unmet,
  }
}

import { hash64 } from '../model/hash64.ts'
import type { ListName } from './paged.ts'

/** Where a list is resumed: at a page of its walk, or after a row in the middle of one. */
export interface PlaceInList {
  /** The walk's own continuation to the page; undefined for the first one. */
  readonly page: string | undefined
  /** The last row of that page that was delivered. Absent: none was. */
  readonly behind?: PlaceOnPage | undefined
}

/** A row of a page, by its number and its key: rows before it may have gone or come since. */
export interface PlaceOnPage {
  /** Its number on the page; 1 for the first row. */
  readonly rows: number
  /** The hash of its key: a continuation must not have the address or id of a user. */
  readonly key: string
}

/** The place after a row that was delivered last. */
export const placeBehind = (rows: number, key: string): PlaceOnPage => ({ rows, key: hash64(key) })

/** The list that a place is in. Another list of the same operation may have the same row, and must not be resumed by it. */
export interface PlacedList extends ListName {
  /** What it is the list of, where one operation has many lists: a license's id. */
  readonly of?: string | undefined
}

const PREFIX = 'behind:'
const BEHIND = /^behind:([0-9a-f]{16}):(0|[1-9]\d{0,8}):([0-9a-f]{16}|-)(?::([\s\S]*))?$/

const nameOf = ({ operation, of }: PlacedList): string => hash64(JSON.stringify([operation, of]))

/** The continuation to a place, opaque to callers. A walk's own continuation to a page stays as it is. */
export const continuationTo = (list: PlacedList, { page, behind }: PlaceInList): string => {
  const text = page ?? ''
  if (behind === undefined && !text.startsWith(PREFIX)) return text
  const { rows, key } = behind ?? { rows: 0, key: '-' }
  return `${PREFIX}${nameOf(list)}:${rows}:${key}${page === undefined ? '' : `:${page}`}`
}

/** The place that a continuation leads to; undefined where it is not one of this list. */
export const placeOf = (list: PlacedList, continuation: string | undefined): PlaceInList | undefined => {
  if (continuation?.startsWith(PREFIX) !== true) return { page: continuation }
  const [, name, rows, key, page] = BEHIND.exec(continuation) ?? []
  if (name !== nameOf(list) || rows === undefined || key === undefined) return undefined
  return { page, ...(key === '-' ? {} : { behind: { rows: Number(rows), key } }) }
}

/** How many rows of a page come before the place to resume at; undefined where the row is not on the page. */
const rowsUpTo = <A>(
  items: readonly A[],
  { rows, key }: PlaceOnPage,
  keyOf: (item: A) => string,
): number | undefined => {
  const last = items[rows - 1]
  if (last !== undefined && hash64(keyOf(last)) === key) return rows
  const place = items.findIndex((item) => hash64(keyOf(item)) === key)
  return place === -1 ? undefined : place + 1
}

/** Looks for the row after which a list is resumed. */
export interface PlaceSearch<A> {
  /** How many rows of the next page were delivered before. `lost`: that is unknown, and all of them are delivered again. */
  readonly enter: (items: readonly A[], goesOn: boolean) => { readonly rows: number; readonly lost: boolean }
  /** The row that is still to be found, on one of the next pages. */
  readonly left: () => PlaceOnPage | undefined
}

export const searchFor = <A>(
  place: PlaceOnPage | undefined,
  keyOf: ((item: A) => string) | undefined,
): PlaceSearch<A> => {
  let sought = place
  return {
    enter: (items, goesOn) => {
      if (sought === undefined || keyOf === undefined) return { rows: 0, lost: false }
      const rows = rowsUpTo(items, sought, keyOf)
      // Where pages are smaller than before, the row is on one of the next pages.
      const isAhead = rows === undefined && items.length < sought.rows && goesOn
      sought = isAhead ? { ...sought, rows: sought.rows - items.length } : undefined
      // The row has gone, so that others have moved up. Delivering rows twice is better than leaving one out.
      return { rows: rows ?? (isAhead ? items.length : 0), lost: rows === undefined && !isAhead }
    },
    left: () => sought,
  }
}

import { hash64 } from '../model/hash64.ts'
import type { ListName } from './paged.ts'

/** Where in a list to go on: with a page of its walk, or behind a row in the middle of one. */
export interface PlaceInList {
  /** The walk's own continuation to the page; undefined for the first one. */
  readonly page: string | undefined
  /** Absent: nothing of the page was delivered. */
  readonly behind?: PlaceOnPage | undefined
}

/** A row of a page, by its number and by what it is, as rows may have gone or come before it since. */
export interface PlaceOnPage {
  /** Rows of the page up to it, itself included. */
  readonly rows: number
  /** The hash of its key: a continuation names nobody. */
  readonly key: string
}

/** The place of the last row of some that were delivered. */
export const placeBehind = (rows: number, key: string): PlaceOnPage => ({ rows, key: hash64(key) })

/** Which list a place is in: a row that a list of the same operation has, too, must not lead there. */
export interface PlacedList extends ListName {
  /** Of what it is the list, where the operation has many: a license's id. */
  readonly of?: string | undefined
}

const PREFIX = 'behind:'
const BEHIND = /^behind:([0-9a-f]{16}):(0|[1-9]\d{0,8}):([0-9a-f]{16}|-)(?::([\s\S]*))?$/

const nameOf = ({ operation, of }: PlacedList): string => hash64(JSON.stringify([operation, of]))

/** The continuation to a place, opaque to callers. What leads to a page is left as the walk gives it. */
export const continuationTo = (list: PlacedList, { page, behind }: PlaceInList): string => {
  const text = page ?? ''
  if (behind === undefined && !text.startsWith(PREFIX)) return text
  const { rows, key } = behind ?? { rows: 0, key: '-' }
  return `${PREFIX}${nameOf(list)}:${rows}:${key}${page === undefined ? '' : `:${page}`}`
}

/** The place that a continuation leads to; undefined where it is none that `continuationTo` gave for this list. */
export const placeOf = (list: PlacedList, continuation: string | undefined): PlaceInList | undefined => {
  if (continuation?.startsWith(PREFIX) !== true) return { page: continuation }
  const [, name, rows, key, page] = BEHIND.exec(continuation) ?? []
  if (name !== nameOf(list) || rows === undefined || key === undefined) return undefined
  return { page, ...(key === '-' ? {} : { behind: { rows: Number(rows), key } }) }
}

/** Where on a page to go on; undefined where the row is not on it. Rows before it may have gone or come. */
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

/** Looks for the row behind which a list is gone on with. */
export interface PlaceSearch<A> {
  /** How many rows of the next page were delivered before; `lost`: not known, so that all of them are delivered again. */
  readonly enter: (items: readonly A[], goesOn: boolean) => { readonly rows: number; readonly lost: boolean }
  /** What is still to be looked for on the pages to come. */
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
      // Where pages are smaller than they were, the row is on one of the next.
      const isAhead = rows === undefined && items.length < sought.rows && goesOn
      sought = isAhead ? { ...sought, rows: sought.rows - items.length } : undefined
      // A row that has gone may have taken the place of one that was not delivered yet: rather again than not at all.
      return { rows: rows ?? (isAhead ? items.length : 0), lost: rows === undefined && !isAhead }
    },
    left: () => sought,
  }
}

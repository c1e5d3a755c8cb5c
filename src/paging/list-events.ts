import type { Ledger } from '../model/ledger.ts'
import type { TextNumbers } from '../model/text-numbers.ts'
import type { ListName } from './paged.ts'
import type { PageRequest } from './request.ts'
import type { CallBounds } from './request-scope.ts'

/** A page of a list was delivered. */
export interface PageEvent {
  readonly type: 'page'
  /** The id of the provider instance. */
  readonly provider: string
  /** What the list is read with, as method and path template: `GET /v1/licenses/{licenseId}`. Never a value from the data. */
  readonly operation: string
  /** The same for all pages of one reading of the list, and unique within the provider. */
  readonly list: string
  /** 1 for the first page that this reading delivers. */
  readonly number: number
  /** How many items are on it. */
  readonly items: number
}

/** How far one reading of a list has come. None of the numbers ever goes back within one reading. */
export interface ListProgress {
  /** The same as in the `page` events of that reading. */
  readonly list: string
  /** Items found so far. Of a list whose items are delivered only at its end, at least so many were found. */
  readonly items: number
  /** The list's own total. Absent: the vendor gives none, or has not yet. */
  readonly expectedItems?: number | undefined
  /** Pages of the vendor that were read, without those of other lists that the items are joined with. */
  readonly pages: number
  /** Pages in the end, as far as the vendor's counters tell. Absent: unknown. */
  readonly expectedPages?: number | undefined
}

/** What hears of lists while they are read. */
export interface ListEvents {
  /** An id that was not given before. */
  readonly nextId: () => string
  /** Must not throw. */
  readonly emit: (event: PageEvent) => void
}

/**
 * The request of a list, for the kit. The scope of a call is one too: the list is read within the call. Its reader may want to
 * hear how far it has come.
 */
export interface ListRequest extends PageRequest, CallBounds {
  /** Where the keys of rows are kept, to have them together with other lists of the same users. Default: by itself. */
  readonly ids?: TextNumbers | undefined
  /** Called after every page, and in between by walks that deliver late. Must not throw. */
  readonly onProgress?: ((progress: ListProgress) => void) | undefined
}

/** How far a walk has come that delivers its items only later. */
export type WalkProgress = Pick<ListProgress, 'items' | 'pages' | 'expectedPages'>

/** Tells what happens in one reading of a list. */
export interface ListReport {
  /** After a page. `remaining`: pages of the vendor that are still to come. Absent: unknown. */
  readonly delivered: (items: number, ledger: Ledger, remaining: number | undefined) => void
  readonly walked: (soFar: WalkProgress) => void
}

export const openListReport = (
  { provider, operation }: ListName,
  events: ListEvents | undefined,
  onProgress: ListRequest['onProgress'],
): ListReport => {
  if (events === undefined && onProgress === undefined) return { delivered: () => {}, walked: () => {} }
  const list = events?.nextId() ?? ''
  let number = 0
  let found = 0
  let read = 0
  let expected: number | undefined
  const tell = ({ items, pages, expectedPages }: WalkProgress, expectedItems?: number) => {
    found = Math.max(found, items)
    read = Math.max(read, pages)
    expected = expectedPages ?? expected
    onProgress?.({
      list,
      items: found,
      ...(expectedItems === undefined ? {} : { expectedItems }),
      pages: read,
      ...(expected === undefined ? {} : { expectedPages: Math.max(expected, read) }),
    })
  }
  return {
    delivered: (items, ledger, remaining) => {
      events?.emit({ type: 'page', provider, operation, list, number: ++number, items })
      const { pages, total } = ledger
      const expectedPages = remaining === undefined ? undefined : pages + remaining
      tell({ items: ledger.items, pages, expectedPages }, total)
    },
    walked: (soFar) => tell(soFar),
  }
}

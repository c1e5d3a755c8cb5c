import {
  conformancePageSize,
  type Disturbance,
  smallerPageSize,
  undecodablePageCount,
  unspeakable,
} from './disturbance.ts'

/** One page as a disturbance wants it. */
export interface ScriptedPage {
  readonly rows: readonly unknown[]
  /** Where it says that the next page is. Means nothing to a vendor whose pages are asked for by number. */
  readonly leadsTo: 'the next' | 'nowhere' | 'itself' | 'no name' | 'elsewhere'
  /** For vendors whose pages have them; absent if this page is to have none. */
  readonly total?: number | undefined
  /** Likewise, for vendors who say how many pages there are. */
  readonly pageCount?: number | undefined
  /** The page size that the answer names. */
  readonly pageSize?: number | undefined
}

/** A page number, 1 for the first, to the page that a vendor serves under a disturbance. */
export type PageScript = (pageNumber: number) => ScriptedPage

/** The row of the same user, in the vendor's form, with other licenses. */
export type RowOtherwise = (row: unknown) => unknown

type Rows = readonly unknown[]

/** As good as endless to a suite that allows a few dozen requests. */
const ENDLESS = 1_000_000

const inPages = (rows: Rows, pageSize: number): readonly Rows[] =>
  Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, index) =>
    rows.slice(index * pageSize, (index + 1) * pageSize),
  )

const plain =
  (pages: readonly Rows[], total: number): PageScript =>
  (pageNumber) => ({
    rows: pages[pageNumber - 1] ?? [],
    leadsTo: pageNumber < pages.length ? 'the next' : 'nowhere',
    total,
    pageCount: pages.length,
    pageSize: conformancePageSize,
  })

const undecodable = { id: { [unspeakable]: unspeakable } }

/**
 * The pages that a vendor serves in place of its own under a disturbance of its paging, made of the rows that it would
 * have served; undefined for a disturbance of another kind. The page size asked for makes no difference to them.
 * `otherwise` is needed for `repeatedRowsOtherwise`.
 */
export const pageScript = (
  disturbance: Disturbance | undefined,
  rows: readonly unknown[],
  otherwise?: RowOtherwise,
): PageScript | undefined => {
  const pages = inPages(rows, conformancePageSize)
  const [first = [], second = [], ...others] = pages
  const asItIs = plain(pages, rows.length)
  const leading = (from: number, leadsTo: ScriptedPage['leadsTo']): PageScript => {
    return (pageNumber) => ({ ...asItIs(pageNumber), ...(pageNumber === from ? { leadsTo } : {}) })
  }
  switch (disturbance) {
    case 'emptyPageInTheMiddle':
      return plain([first, [], second, ...others], rows.length)
    case 'endlessEmptyPages':
      return (pageNumber) => ({
        rows: pageNumber === 1 ? first : [],
        leadsTo: 'the next',
        total: rows.length,
        pageCount: ENDLESS,
        pageSize: conformancePageSize,
      })
    case 'noPageCount': {
      const uneven = [first, second.slice(0, 1), second.slice(1), ...others]
      return (pageNumber) => ({
        rows: uneven[pageNumber - 1] ?? [],
        leadsTo: pageNumber <= uneven.length ? 'the next' : 'nowhere',
      })
    }
    case 'smallerPagesThanAsked': {
      const small = inPages(rows, smallerPageSize)
      return (pageNumber) => ({
        rows: small[pageNumber - 1] ?? [],
        leadsTo: pageNumber < small.length ? 'the next' : 'nowhere',
        pageSize: smallerPageSize,
      })
    }
    case 'repeatedToken':
      return leading(2, 'itself')
    case 'emptyToken':
      return leading(1, 'no name')
    case 'foreignNextLink':
      return leading(1, 'elsewhere')
    case 'repeatedRows':
      return plain([first, [...first.slice(0, 1), ...second], ...others], rows.length)
    case 'repeatedRowsOtherwise': {
      const [row] = first
      if (otherwise === undefined) {
        throw new Error('pageScript lacks its third argument: a function that gives another row of the same user')
      }
      return plain([first, [otherwise(row), ...second], ...others], rows.length)
    }
    case 'totalMoves':
      return (pageNumber) => ({ ...asItIs(pageNumber), total: rows.length + (pageNumber > 1 ? 1 : 0) })
    case 'undecodableRecord':
      return plain([[...first, undecodable], second, ...others], rows.length + 1)
    case 'undecodablePages': {
      const spoilt = Array.from({ length: undecodablePageCount }, () => [undecodable])
      return plain([first, ...spoilt, second, ...others], rows.length + undecodablePageCount)
    }
    default:
      return undefined
  }
}

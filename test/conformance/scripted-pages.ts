import { conformancePageSize, type Disturbance, unspeakable } from '../../src/testing/index.ts'

/** One page as a disturbance wants it. */
export interface ScriptedPage {
  readonly rows: readonly unknown[]
  /** Where it says that the next page is. */
  readonly leadsTo: 'the next' | 'nowhere' | 'itself' | 'no name' | 'elsewhere'
  readonly total: number
  readonly pageCount: number
}

/** A page number, 1 for the first, to the page that a vendor serves under a disturbance. */
export type PageScript = (pageNumber: number) => ScriptedPage

/** As good as endless to a suite that allows a hundred requests. */
const ENDLESS = 1_000_000

const inPages = (rows: readonly unknown[]): readonly (readonly unknown[])[] => {
  const pages: unknown[][] = []
  for (let at = 0; at < rows.length; at += conformancePageSize) pages.push(rows.slice(at, at + conformancePageSize))
  return pages
}

const plain =
  (pages: readonly (readonly unknown[])[], total: number): PageScript =>
  (pageNumber) => ({
    rows: pages[pageNumber - 1] ?? [],
    leadsTo: pageNumber < pages.length ? 'the next' : 'nowhere',
    total,
    pageCount: pages.length,
  })

/** The pages that a vendor serves under a disturbance of its paging; undefined for a disturbance of another kind. */
export const pageScript = (disturbance: Disturbance | undefined, rows: readonly unknown[]): PageScript | undefined => {
  const pages = inPages(rows)
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
      })
    case 'repeatedToken':
      return leading(2, 'itself')
    case 'emptyToken':
      return leading(1, 'no name')
    case 'foreignNextLink':
      return leading(1, 'elsewhere')
    case 'repeatedRows':
      return plain([first, [...first.slice(0, 1), ...second], ...others], rows.length)
    case 'totalMoves':
      return (pageNumber) => ({ ...asItIs(pageNumber), total: rows.length + (pageNumber > 1 ? 1 : 0) })
    case 'undecodableRecord':
      return plain([[...first, { id: { [unspeakable]: unspeakable } }], second, ...others], rows.length + 1)
    default:
      return undefined
  }
}

/** What a page says of itself and of the list. */
export interface CountedPage {
  /** Rows that came, decodable or not. */
  readonly rows: number
  /** Those that could be decoded. */
  readonly items: { readonly length: number }
  readonly pageSize?: number | undefined
  readonly pageCount?: number | undefined
  readonly total?: number | undefined
  /** Rows of the list up to the end of this page. */
  readonly covered: number
}

export interface Counted {
  readonly isLast: boolean
  /** The page count contradicted itself, or the page contradicts it, or it ends the list before its total. */
  readonly refuted: boolean
}

export interface PageCount {
  /** Enters a page that came and tells whether it is the last. */
  readonly enter: (asked: { readonly pageNumber: number; readonly pageSize: number }, page: CountedPage) => Counted
  /** How many pages there are of a size, as far as that is known and believed. */
  readonly of: (pageSize: number) => number | undefined
}

/**
 * Keeps what a list says of its number of pages, and believes nothing that a page refutes: neither a count that rows go
 * beyond nor one that shrinks. From then on, and without a count, the list ends with an empty page, never with a short
 * one. Without a total, pages that were short before the last one, or a last one that is full, are a reason to look whether
 * there is one more: vendors count pages of a size that they do not give. A single short page with a count of 1 is believed,
 * as a whole list that fits on one page looks the same. `hadShortPage`: before the first page that comes.
 */
export const createPageCount = ({ hadShortPage: hasHad = false } = {}): PageCount => {
  /** By page size: a count means nothing without it. */
  const counts = new Map<number, number>()
  let refuted = false
  let hasTotal = false
  let hadShortPage = hasHad

  return {
    enter: ({ pageNumber, pageSize }, page) => {
      hasTotal ||= page.total !== undefined
      const before = counts.get(pageSize)
      const count = page.pageCount ?? before
      if (count !== undefined) counts.set(pageSize, count)
      const isRefuted = count !== undefined && ((page.rows > 0 && pageNumber > count) || count < (before ?? 0))
      const isNews = isRefuted && !refuted
      refuted ||= isRefuted
      if (refuted || count === undefined) return { isLast: page.rows === 0, refuted: isNews }
      const isShort = page.rows < Math.min(pageSize, page.pageSize ?? pageSize)
      if (pageNumber < count) {
        hadShortPage ||= isShort
        return { isLast: false, refuted: false }
      }
      // Of a page that nothing could be read of, the list is not whole anyway, and more of it would bring no more.
      const mayGoOn = !hasTotal && page.items.length > 0 && (hadShortPage || !isShort)
      return { isLast: page.rows === 0 || !mayGoOn, refuted: page.covered < (page.total ?? 0) }
    },
    of: (pageSize) => (refuted ? undefined : counts.get(pageSize)),
  }
}

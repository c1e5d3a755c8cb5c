/** What a page says of itself and of the list. */
export interface CountedPage {
  /** Rows that came, decodable or not. */
  readonly rows: number
  readonly pageSize?: number | undefined
  readonly pageCount?: number | undefined
  readonly total?: number | undefined
}

export interface Counted {
  readonly isLast: boolean
  /** The page count contradicted itself, or the page contradicts it. */
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
 * one. Without a total, pages that were short before the last one are a reason to look whether there is one more.
 */
export const createPageCount = (): PageCount => {
  /** By page size: a count means nothing without it. */
  const counts = new Map<number, number>()
  let refuted = false
  let hasTotal = false
  let hadShortPage = false

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
      if (pageNumber < count) {
        hadShortPage ||= page.rows < Math.min(pageSize, page.pageSize ?? pageSize)
        return { isLast: false, refuted: false }
      }
      return { isLast: page.rows === 0 || hasTotal || !hadShortPage, refuted: false }
    },
    of: (pageSize) => (refuted ? undefined : counts.get(pageSize)),
  }
}

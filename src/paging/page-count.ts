/** What a page says about itself and the list. */
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
  /** The page count contradicts itself, or the page, or ends the list before its total. */
  readonly refuted: boolean
}

export interface PageCount {
  /** Enters a page that came. The result says whether it is the last one. */
  readonly enter: (asked: { readonly pageNumber: number; readonly pageSize: number }, page: CountedPage) => Counted
  /** How many pages of this size there are; undefined where no count was given or it was refuted. */
  readonly of: (pageSize: number) => number | undefined
}

/**
 * Keeps the page count that a list gives, until a page refutes it: rows come beyond it, or it shrinks. From then on, and
 * without a count, the list ends with an empty page, and never with a short one.
 *
 * Without a total, one more page is asked for after a full last page, and where a page before the last one was short: some
 * vendors count pages of another size than they give. A single short page with a count of 1 is believed, as a list that fits
 * on one page looks the same. `hadShortPage`: there was a short page before the first one that is entered.
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
      // Where nothing of the last page can be read, the list has a gap anyway, and one more page would not help.
      const mayGoOn = !hasTotal && page.items.length > 0 && (hadShortPage || !isShort)
      return { isLast: page.rows === 0 || !mayGoOn, refuted: page.covered < (page.total ?? 0) }
    },
    of: (pageSize) => (refuted ? undefined : counts.get(pageSize)),
  }
}

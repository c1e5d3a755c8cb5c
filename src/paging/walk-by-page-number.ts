import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import type { ListName } from './paged.ts'

export interface NumberedPage<A> extends Omit<FetchedPage<A>, 'continuation'> {
  /** Rows that came, decodable or not. */
  readonly rows: number
  /** The page size that was *returned*, which may be less than the one asked for. */
  readonly pageSize?: number | undefined
  readonly pageCount?: number | undefined
}

export interface PageNumberWalk<A> extends ListName {
  /** 1 for the first page; what {@link readPageNumber} made of a continuation. */
  readonly firstPage: number
  readonly fetch: (pageNumber: number) => TaskEither<LicenseError, NumberedPage<A>>
  /** How many pages may be under way at once, the awaited one included. */
  readonly readAhead: number
}

const isLast = (page: NumberedPage<unknown>, pageNumber: number, pageCount: number | undefined): boolean => {
  if (pageCount !== undefined) return pageNumber >= pageCount
  return page.rows === 0 || (page.pageSize !== undefined && page.rows < page.pageSize)
}

const unreadablePage = (pageNumber: number, error: LicenseError) => ({
  items: [],
  rows: 0,
  gaps: [{ what: `page ${pageNumber}`, reason: error.message, error }],
})

/**
 * Walks a list by page number. Once a page count is known, the pages after it are read ahead and still delivered in
 * order; without one, the pages come one at a time until the first empty page or one shorter than its own page size.
 * A page that came but cannot be read is a gap where the page count says what comes after it; else it ends the walk.
 */
export async function* walkByPageNumber<A>(list: PageNumberWalk<A>): Walk<A> {
  const underWay = new Map<number, ReturnType<TaskEither<LicenseError, NumberedPage<A>>>>()
  let pageCount: number | undefined
  for (let pageNumber = list.firstPage; ; pageNumber++) {
    const horizon = Math.min(pageCount ?? pageNumber, pageNumber + list.readAhead - 1)
    for (let ahead = pageNumber; ahead <= horizon; ahead++) {
      if (!underWay.has(ahead)) underWay.set(ahead, list.fetch(ahead)())
    }
    const result = await (underWay.get(pageNumber) ?? list.fetch(pageNumber)())
    underWay.delete(pageNumber)
    const skippable = E.isLeft(result) && result.left._tag === 'InvalidResponse' && pageCount !== undefined
    if (E.isLeft(result) && !skippable) return yield result
    const {
      rows,
      pageSize,
      pageCount: latest,
      ...page
    } = E.isLeft(result) ? { ...unreadablePage(pageNumber, result.left), pageSize: undefined, pageCount } : result.right
    pageCount = latest ?? pageCount
    if (isLast({ ...page, rows, pageSize }, pageNumber, pageCount)) return yield E.right(page)
    yield E.right({ ...page, continuation: String(pageNumber + 1) })
  }
}

/** The page number in a continuation of {@link walkByPageNumber}, or undefined where it is none. */
export const readPageNumber = (continuation: string | undefined): number | undefined => {
  if (continuation === undefined) return 1
  return /^[1-9]\d{0,8}$/.test(continuation) ? Number(continuation) : undefined
}

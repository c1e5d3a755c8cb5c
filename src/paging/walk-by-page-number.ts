import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'

export interface NumberedPage<A> extends Omit<FetchedPage<A>, 'continuation'> {
  /** Rows that came, decodable or not. */
  readonly rows: number
  /** The page size that was *returned*, which may be less than the one asked for. */
  readonly pageSize?: number | undefined
  readonly pageCount?: number | undefined
}

/** A page number means nothing without the page size that was asked for, so that a continuation carries both. */
export interface PagePosition {
  /** 1 for the first page. */
  readonly pageNumber: number
  readonly pageSize: number
}

export interface PageNumberWalk<A> {
  readonly from: PagePosition
  readonly fetch: (position: PagePosition) => TaskEither<LicenseError, NumberedPage<A>>
  /** How many pages may be under way at once, the awaited one included. */
  readonly readAhead: number
}

const isLast = (page: NumberedPage<unknown>, pageNumber: number, pageCount: number | undefined): boolean => {
  if (pageCount !== undefined) return pageNumber >= pageCount
  return page.rows === 0 || (page.pageSize !== undefined && page.rows < page.pageSize)
}

const unreadablePage = (pageNumber: number, error: LicenseError): NumberedPage<never> => ({
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
  const { pageSize } = list.from
  const underWay = new Map<number, Promise<Either<LicenseError, NumberedPage<A>>>>()
  const fetch = (pageNumber: number) => {
    const page = underWay.get(pageNumber) ?? list.fetch({ pageNumber, pageSize })()
    underWay.set(pageNumber, page)
    return page
  }
  let pageCount: number | undefined
  for (let pageNumber = list.from.pageNumber; ; pageNumber++) {
    const horizon = Math.min(pageCount ?? pageNumber, pageNumber + list.readAhead - 1)
    for (let ahead = pageNumber; ahead <= horizon; ahead++) fetch(ahead)
    const result = await fetch(pageNumber)
    underWay.delete(pageNumber)
    if (E.isLeft(result) && (result.left._tag !== 'InvalidResponse' || pageCount === undefined)) return yield result
    const page = E.isLeft(result) ? unreadablePage(pageNumber, result.left) : result.right
    pageCount = page.pageCount ?? pageCount
    if (isLast(page, pageNumber, pageCount)) return yield E.right(page)
    yield E.right({ ...page, continuation: `${pageNumber + 1}/${pageSize}` })
  }
}

/** Where a continuation of {@link walkByPageNumber} leads, the start where there is none, undefined where it is not one. */
export const readPagePosition = (continuation: string | undefined, pageSize: number): PagePosition | undefined => {
  if (continuation === undefined) return { pageNumber: 1, pageSize }
  const [, number, size] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(continuation) ?? []
  return number === undefined || size === undefined ? undefined : { pageNumber: Number(number), pageSize: Number(size) }
}

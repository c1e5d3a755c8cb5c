import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { asksForLess, type PageAsk, smallerPage } from './ask-for-less.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { createPageCount } from './page-count.ts'
import { continuationOf, type PagePosition, rowsBefore } from './page-position.ts'

export interface NumberedPage<A> extends Omit<FetchedPage<A>, 'continuation' | 'reread'> {
  /** Rows that came, decodable or not. */
  readonly rows: number
  /** The page size that was *returned*, which may be less than the one asked for. */
  readonly pageSize?: number | undefined
  readonly pageCount?: number | undefined
}

/** Which page is asked for, and how. */
export interface NumberedPageAsk extends PageAsk {
  /** 1 for the first page. */
  readonly pageNumber: number
}

export interface PageNumberWalk<A> {
  readonly from: PagePosition
  readonly fetch: (ask: NumberedPageAsk) => TaskEither<LicenseError, NumberedPage<A>>
  /** How many pages may be under way at once, the awaited one included. */
  readonly readAhead: number
}

interface Place {
  readonly pageNumber: number
  readonly pageSize: number
}

/** A page of the queue; under way once it has a `page`. */
interface QueuedPage<A> extends Place {
  page?: Promise<Either<LicenseError, NumberedPage<A>>>
}

const unreadablePage = (pageNumber: number, error: LicenseError): NumberedPage<never> => ({
  items: [],
  rows: 0,
  gaps: [{ what: `page ${pageNumber}`, reason: error.message, error }],
})

/** The page that a row is on; `before`: rows before it. */
const pageAt = (before: number, pageSize: number): Place => ({
  pageNumber: Math.floor(before / pageSize) + 1,
  pageSize,
})

/** Rows before a page, and up to its end, where all pages are full. */
const startOf = ({ pageNumber, pageSize }: Place): number => (pageNumber - 1) * pageSize
const endOf = ({ pageNumber, pageSize }: Place): number => pageNumber * pageSize

/**
 * Walks a list by page number. Once a page count is known, the pages after it are read ahead and still delivered in
 * order; without one, the pages come one at a time until the first empty one.
 * A page that came but cannot be read is a gap where the page count says what comes after it; else it ends the walk.
 * A page that is too much for the vendor is asked for in halves, down to a sixteenth of the first page size (or of the
 * most rows that the vendor gives on a page, where that is less), and the walk goes on from the same row with pages of
 * that size.
 */
export async function* walkByPageNumber<A>(list: PageNumberWalk<A>): Walk<A> {
  const { from, readAhead } = list
  const count = createPageCount({ hadShortPage: rowsBefore(from) < startOf(from) })
  /** In the order in which they are delivered. */
  let queue: QueuedPage<A>[] = []
  let next: Place = from
  let covered = rowsBefore(from)
  let underWay = 0
  let mostRows = 0
  let givesLess = false
  /** Nothing but the next page is asked for until one of a smaller size has come. */
  let isTrial = false

  /** Where the vendor gives fewer rows than are asked for, the first thing to ask is for no more than it gives. */
  const lessThan = (pageSize: number) => {
    if (!givesLess) return smallerPage(pageSize, from.pageSize)
    return mostRows < pageSize ? mostRows : smallerPage(pageSize, mostRows)
  }

  const start = (queued: QueuedPage<A>): Promise<Either<LicenseError, NumberedPage<A>>> => {
    const { pageNumber, pageSize } = queued
    underWay++
    const page = list.fetch({ pageNumber, pageSize, divisible: lessThan(pageSize) !== undefined })()
    queued.page = page.finally(() => {
      underWay--
    })
    return queued.page
  }
  const queueUp = () => {
    queue.push(next)
    next = { ...next, pageNumber: next.pageNumber + 1 }
  }
  const readOn = () => {
    const known = count.of(next.pageSize) ?? 0
    while (queue.length === 0 || (queue.length < readAhead && next.pageNumber <= known)) queueUp()
    for (const queued of isTrial ? queue.slice(0, 1) : queue) {
      if (underWay >= readAhead) return
      if (queued.page === undefined) start(queued)
    }
  }
  /** Puts smaller pages in place of one and of those after it that are not under way yet. */
  const divide = (asked: QueuedPage<A>, smaller: number, after: readonly QueuedPage<A>[]) => {
    const size = Math.min(smaller, next.pageSize)
    isTrial = true
    queue = []
    next = pageAt(covered, size)
    // Where pages are not full, nothing tells where those that are under way begin.
    if (givesLess) return
    const waiting = after.findIndex(({ page }) => page !== undefined)
    const kept = waiting === -1 ? [] : after.slice(waiting)
    const [following] = kept
    const replaced = after[after.length - kept.length - 1] ?? asked
    const end = following === undefined ? endOf(replaced) : startOf(following)
    while (startOf(next) < end) queueUp()
    queue.push(...kept)
    const last = kept.at(-1)
    if (last !== undefined) next = pageAt(endOf(last), size)
  }

  while (true) {
    readOn()
    const [asked, ...after] = queue
    if (asked === undefined) return
    const result = await (asked.page ?? start(asked))
    const { pageNumber, pageSize } = asked
    if (E.isLeft(result)) {
      const smaller = asksForLess(result.left) ? lessThan(pageSize) : undefined
      if (smaller !== undefined) {
        divide(asked, smaller, after)
        continue
      }
    }
    const known = count.of(pageSize)
    if (E.isLeft(result) && (result.left._tag !== 'InvalidResponse' || known === undefined)) return yield result
    const page = E.isLeft(result) ? unreadablePage(pageNumber, result.left) : result.right
    // Rows that a smaller page begins with may be the last ones of the page before.
    const reread = Math.min(page.rows, Math.max(0, covered - startOf(asked)))
    covered += E.isLeft(result) && !givesLess ? pageSize : page.rows - reread
    const { isLast, refuted } = E.isLeft(result)
      ? { isLast: known !== undefined && pageNumber >= known, refuted: false }
      : count.enter(asked, { ...page, covered })
    mostRows = Math.max(mostRows, page.rows)
    givesLess ||= page.rows > 0 && page.rows < pageSize
    isTrial = false
    queue = after
    const fetched = { ...page, ...(refuted ? { changed: true } : {}), ...(reread === 0 ? {} : { reread }) }
    if (isLast) return yield E.right(fetched)
    const following = after[0] ?? next
    yield E.right({ ...fetched, continuation: continuationOf({ ...following, rowsBefore: covered }) })
  }
}

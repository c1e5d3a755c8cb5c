import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { asksForLess, type PageAsk, smallerPage } from './ask-for-less.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { createPageCount } from './page-count.ts'
import { continuationOf, type PagePosition, rowsBefore } from './page-position.ts'

/** What is no item and not counted in `undecodable` is no row: the rows of a page are counted by these. */
export interface NumberedPage<A> extends Omit<FetchedPage<A>, 'continuation' | 'reread' | 'remainingPages'> {
  /** The page size that the answer names, which may be less than the one that was asked for. */
  readonly pageSize?: number | undefined
  /** How many pages the vendor says there are, at the page size that was asked for. Default: it does not say. */
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
  /** Pages that are asked for at once, including the awaited one. */
  readonly readAhead: number
}

interface Place {
  readonly pageNumber: number
  readonly pageSize: number
}

/** A page in the queue. Once it has a `page`, it is under way. */
interface QueuedPage<A> extends Place {
  page?: Promise<Either<LicenseError, NumberedPage<A>>>
}

/** Where the vendor fails at more pages than this, it is not the pages. */
const MAX_FAILED_PAGES = 3

/** Whether the vendor answers that it fails at this page, again and again: others may come. */
const failsAtPage = (error: LicenseError): boolean => error._tag === 'Unavailable' && (error.status ?? 0) >= 500

const unreadablePage = (pageNumber: number, error: LicenseError): NumberedPage<never> => ({
  items: [],
  gaps: [{ what: `page ${pageNumber}`, reason: error.message, error }],
})

/** The page that a row is on. `before`: how many rows are before it. */
const pageAt = (before: number, pageSize: number): Place => ({
  pageNumber: Math.floor(before / pageSize) + 1,
  pageSize,
})

/** Rows that came, including those that could not be decoded. */
const rowsOn = ({ items, undecodable = 0 }: NumberedPage<unknown>): number => items.length + undecodable

/** How many rows are before a page, and up to its end, where all pages are full. */
const startOf = ({ pageNumber, pageSize }: Place): number => (pageNumber - 1) * pageSize
const endOf = ({ pageNumber, pageSize }: Place): number => pageNumber * pageSize

/**
 * Walks a list by page number. Once a page count is known, further pages are read ahead, and still delivered in order.
 * Without a count, pages are read one at a time up to the first empty one.
 * A page that came and cannot be read, or that the vendor fails at, is a gap where the page count says what comes after it.
 * Else it ends the walk, and so does the fourth page that the vendor fails at.
 * A page that is too much for the vendor is asked for in halves, down to a sixteenth of the first page size (or of the most
 * rows that the vendor gives on a page, where that is less). The walk goes on from the same row with pages of that size.
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
  let failedPages = 0
  /** After the page size was reduced, only the next page is asked for, until one of that size has come. */
  let isTrial = false

  /** Where the vendor gives fewer rows than it is asked for, it is first asked for no more than it gives. */
  const lessThan = (pageSize: number) => {
    if (!givesLess) return smallerPage(pageSize, from.pageSize)
    return mostRows < pageSize ? mostRows : smallerPage(pageSize, mostRows)
  }

  const start = (queued: QueuedPage<A>): Promise<Either<LicenseError, NumberedPage<A>>> => {
    const { pageNumber, pageSize } = queued
    underWay++
    const page = list.fetch({ pageNumber, pageSize, divisible: lessThan(pageSize) !== undefined })()
    const ended = page.finally(() => {
      underWay--
    })
    // A failure of the program reaches the caller who comes to this page. Without such a caller, it must not end the process.
    ended.catch(() => {})
    queued.page = ended
    return ended
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
  /** Replaces a page, and those after it that are not under way yet, by smaller ones. */
  const divide = (asked: QueuedPage<A>, smaller: number, after: readonly QueuedPage<A>[]) => {
    const size = Math.min(smaller, next.pageSize)
    isTrial = true
    queue = []
    // Where pages are known to be full, a short one before it, as the last one is, is not asked for again.
    next = pageAt(mostRows < asked.pageSize ? covered : Math.max(covered, startOf(asked)), size)
    // Where pages are not full, it is unknown where those that are under way begin.
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
    if (E.isLeft(result)) {
      const fails = failsAtPage(result.left)
      if (fails) failedPages++
      const isOfPage = result.left._tag === 'InvalidResponse' || (fails && failedPages <= MAX_FAILED_PAGES)
      if (!isOfPage || known === undefined) return yield result
    }
    const page = E.isLeft(result) ? unreadablePage(pageNumber, result.left) : result.right
    const rows = rowsOn(page)
    // Rows that a smaller page begins with may be the last ones of the page before.
    const reread = Math.min(rows, Math.max(0, covered - startOf(asked)))
    covered += E.isLeft(result) && !givesLess ? pageSize : rows - reread
    const { isLast, refuted } = E.isLeft(result)
      ? { isLast: known !== undefined && pageNumber >= known, refuted: false }
      : count.enter(asked, { ...page, rows, covered })
    mostRows = Math.max(mostRows, rows)
    // Where it has given as many before, this page is just short.
    givesLess ||= rows > 0 && mostRows < pageSize
    isTrial = false
    queue = after
    const fetched = { ...page, ...(refuted ? { changed: true } : {}), ...(reread === 0 ? {} : { reread }) }
    if (isLast) return yield E.right(fetched)
    const following = after[0] ?? next
    const pageCount = count.of(pageSize)
    const remaining = pageCount === undefined ? {} : { remainingPages: Math.max(0, pageCount - pageNumber) }
    yield E.right({ ...fetched, ...remaining, continuation: continuationOf({ ...following, rowsBefore: covered }) })
  }
}

import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../model/license-error.ts'
import { createTextNumbers, type TextNumbers } from '../model/text-numbers.ts'
import { withoutRaw } from '../model/without-raw.ts'
import { problemInRequest } from './call-checks.ts'
import type { Clock } from './clock.ts'
import { cutPage } from './cut-page.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { foreignContinuation } from './foreign-continuation.ts'
import { type ListEvents, type ListRequest, openListReport, type WalkProgress } from './list-events.ts'
import { openLedger } from './open-ledger.ts'
import { type ListPage, type Paged, pagedFrom } from './paged.ts'
import { continuationTo, type PlacedList, placeBehind, placeOf, searchFor } from './place-in-list.ts'
import type { PageRequest } from './request.ts'
import { type CallBounds, callBoundsOf, openScope, type RequestScope } from './request-scope.ts'
import { createRowMemory } from './row-memory.ts'
import { stoppedByCaller } from './scope-end.ts'

/** Where an iteration of a list begins, and how long it may last. */
export interface WalkStart {
  readonly scope: RequestScope
  /** Where to begin: a continuation of this walk. Default: with the first page. */
  readonly continuation?: string | undefined
  /** The caller goes on with a list, also in the middle of its first page, and may want only the next page. */
  readonly resumed: boolean
  /** The keys of the rows that have come. Others that the walk keeps of the same users can be kept in them, too. */
  readonly ids: TextNumbers
  /** For walks that deliver their items only after many requests: how far they have come. */
  readonly progress: (soFar: WalkProgress) => void
}

/** A list, by the walk that fetches its pages. The rest of a list is made of it: ledger, repeated rows, continuations. */
export interface ListSource<A> extends PlacedList {
  readonly clock: Clock
  /** What hears of the pages: for the list of a provider, `events` of its access to the vendor's API. Default: nothing does. */
  readonly events?: ListEvents | undefined
  /** Walks the list page by page. Called once for each iteration. */
  readonly walk: (start: WalkStart) => Walk<A>
  /**
   * Rows with the same key are the same row. Absent: the walk never repeats a row, and pages are delivered as they come,
   * whatever page size the caller asks for: without keys, a list cannot be resumed in the middle of a page.
   */
  readonly keyOf?: ((item: A) => string) | undefined
  /**
   * What must be the same in two rows with the same key, as words in any order: for users, what they hold. Where it differs,
   * the list is a mismatch. Default: nothing is compared.
   */
  readonly contentOf?: ((item: A) => readonly string[]) | undefined
  /** Why the list cannot be resumed. Its pages then have no continuation, and asking for one is `Unsupported`. Default: it can be. */
  readonly notResumable?: string | undefined
}

/** A vendor may send pages with nothing new, but not forever. */
const MAX_PAGES_WITHOUT_NEWS = 10
/** The same for pages of unreadable records. It may be one page, sent for every number that is asked for. */
const MAX_UNREADABLE_PAGES = 100

const NEVER_CUT = Number.POSITIVE_INFINITY

/** Items on a delivered page, at most. */
const cutSize = <A>({ keyOf, notResumable }: ListSource<A>, { pageSize }: PageRequest): number =>
  pageSize === undefined || (keyOf === undefined && notResumable === undefined)
    ? NEVER_CUT
    : Math.max(1, Math.floor(pageSize))

const goesOn = ({ continuation, more }: FetchedPage<unknown>): boolean => continuation !== undefined || more === true

const pagedWithin = <A>(source: ListSource<A>, request: ListRequest, callOf: () => CallBounds): Paged<A> =>
  pagedFrom(source, request, async function* (): AsyncGenerator<Either<LicenseError, ListPage<A>>> {
    const { provider, operation, keyOf, notResumable } = source
    const problem = problemInRequest(request)
    if (problem !== undefined) {
      return yield E.left({ _tag: 'RequestRejected', provider, operation, message: problem })
    }
    const place = placeOf(source, request.continuation)
    const resumed = request.continuation !== undefined
    if (resumed && notResumable !== undefined) {
      return yield E.left({ _tag: 'Unsupported', provider, operation, message: notResumable })
    }
    if (place === undefined) return yield E.left(foreignContinuation(source))
    const scope = openScope(request, source.clock, callOf())
    const ledger = openLedger({ resumed })
    const report = openListReport(source, source.events, request.onProgress)
    const ids = request.ids ?? createTextNumbers()
    const memory = createRowMemory(source, ids)
    const size = cutSize(source, request)
    let withoutNews = 0
    let unreadable = 0
    /** The walk's continuation to the page that is delivered. */
    let page = place.page
    const search = searchFor(place.behind, keyOf)
    const invalid = (message: string) =>
      E.left({ _tag: 'InvalidResponse' as const, provider, operation, message, issues: [] })

    try {
      for await (const step of source.walk({ scope, continuation: page, resumed, ids, progress: report.walked })) {
        if (E.isLeft(step)) return yield step
        const fetched = request.includeRaw ? step.right : { ...step.right, items: step.right.items.map(withoutRaw) }
        const directory = fetched.directory?.()
        const { rows, lost } = search.enter(fetched.items, goesOn(fetched))
        const cuts = cutPage(fetched.items, rows, size, memory)
        const news = cuts.reduce((sum, { items }) => sum + items.length, 0)
        const changed = fetched.changed === true || lost || cuts.some(({ contradicting }) => contradicting.length > 0)
        for (const [number, { items, numbers, contradicting, end }] of cuts.entries()) {
          // A caller who has stopped gets no pages that were read ahead.
          if (request.signal?.aborted) return yield E.left(stoppedByCaller(source))
          if (number > 0) ledger.deliver(items.length)
          else {
            const rest = { ...fetched, changed, items: fetched.items.slice(rows) }
            ledger.enter(rest, items.length, news - items.length)
          }
          const isCut = number < cuts.length - 1
          const last = fetched.items[end - 1]
          const next =
            isCut && last !== undefined && keyOf !== undefined
              ? { page, behind: placeBehind(end, keyOf(last)) }
              : fetched.continuation !== undefined && { page: fetched.continuation, behind: search.left() }
          const isEnd = !isCut && !goesOn(fetched)
          const soFar = ledger.read(isEnd)
          report.delivered(items.length, soFar, isEnd ? 0 : fetched.remainingPages)
          yield E.right({
            items,
            ...(request.ids === undefined ? {} : { numbers }),
            ...(contradicting.length === 0 ? {} : { contradicting }),
            ledger: soFar,
            ...(directory === undefined ? {} : { directory }),
            ...(next === false || notResumable !== undefined ? {} : { continuation: continuationTo(source, next) }),
          })
        }
        // A page of records that cannot be decoded is a gap in the ledger, but it is not empty.
        const bringsNews = news > 0 || (fetched.undecodable ?? 0) > 0
        withoutNews = bringsNews ? 0 : withoutNews + 1
        unreadable = news > 0 ? 0 : unreadable + 1
        if (!goesOn(fetched)) return
        if (unreadable > MAX_UNREADABLE_PAGES) {
          const message = `the list says that there is more, but ${unreadable} pages in a row had nothing that can be read`
          return yield invalid(message)
        }
        if (withoutNews > MAX_PAGES_WITHOUT_NEWS) {
          const message = `the list says that there is more, but ${withoutNews} pages in a row brought nothing new`
          return yield invalid(message)
        }
        page = fetched.continuation
      }
    } finally {
      scope.close()
    }
  })

/**
 * Makes a {@link Paged} of a walk. It keeps the ledger, delivers a repeated row once, ends a list that never ends, and cuts
 * pages to the size that the caller asks for, without further requests.
 */
export const createPaged = <A>(source: ListSource<A>, request: ListRequest = {}): Paged<A> => {
  const begin = () => callBoundsOf(request, source.clock)
  return {
    ...pagedWithin(source, request, begin),
    asOneCall: () => {
      let call: CallBounds | undefined
      return pagedWithin(source, request, () => {
        call ??= begin()
        return call
      })
    },
  }
}

import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../model/license-error.ts'
import type { Clock } from './clock.ts'
import { cutPage } from './cut-page.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { foreignContinuation } from './foreign-continuation.ts'
import { openLedger } from './open-ledger.ts'
import { type Page, type Paged, pagedFrom } from './paged.ts'
import { continuationTo, type PlacedList, placeBehind, placeOf, searchFor } from './place-in-list.ts'
import type { PageRequest } from './request.ts'
import { type CallBounds, callBoundsOf, openScope, type RequestScope } from './request-scope.ts'
import { createRowMemory } from './row-memory.ts'
import { stoppedByCaller } from './scope-end.ts'

export interface WalkStart {
  readonly scope: RequestScope
  /** Where to begin: a continuation of this walk. Default: with the first page. */
  readonly continuation?: string | undefined
  /** The caller goes on with a list, and may want no more than the next page: also in the middle of the first one. */
  readonly resumed: boolean
}

export interface ListSource<A> extends PlacedList {
  readonly clock: Clock
  /** Goes from page to page; called once for every iteration. */
  readonly walk: (start: WalkStart) => Walk<A>
  /**
   * What makes two rows the same row. Absent: the walk cannot repeat one, and its pages are delivered as they come,
   * whatever page size the caller asks for, as nothing tells where on a page to go on.
   */
  readonly keyOf?: (item: A) => string
  /**
   * What must not differ between two rows that are the same, as words in any order: for users, what they hold. Where it differs, the
   * list is a mismatch. Default: nothing is compared.
   */
  readonly contentOf?: (item: A) => readonly string[]
  /** Why the list cannot be gone on with: its pages have no continuation, and one is `Unsupported`. Default: it can. */
  readonly notResumable?: string | undefined
}

/** A vendor may send pages that bring nothing new, but not for ever. */
const MAX_PAGES_WITHOUT_NEWS = 10
/** Nor pages of records that nobody can read: the same one, it may be, for every number that is asked for. */
const MAX_UNREADABLE_PAGES = 100

const NEVER_CUT = Number.POSITIVE_INFINITY

/** How many items a delivered page has at the most. */
const cutSize = <A>({ keyOf, notResumable }: ListSource<A>, { pageSize }: PageRequest): number =>
  pageSize === undefined || (keyOf === undefined && notResumable === undefined)
    ? NEVER_CUT
    : Math.max(1, Math.floor(pageSize))

const goesOn = ({ continuation, more }: FetchedPage<unknown>): boolean => continuation !== undefined || more === true

const pagedWithin = <A>(source: ListSource<A>, request: PageRequest, callOf: () => CallBounds): Paged<A> =>
  pagedFrom(source, request, async function* (): AsyncGenerator<Either<LicenseError, Page<A>>> {
    const { provider, operation, keyOf, notResumable } = source
    const place = placeOf(source, request.continuation)
    const resumed = request.continuation !== undefined
    if (resumed && notResumable !== undefined) {
      return yield E.left({ _tag: 'Unsupported', provider, operation, message: notResumable })
    }
    if (place === undefined) return yield E.left(foreignContinuation(source))
    const scope = openScope(request, source.clock, callOf())
    const ledger = openLedger({ resumed })
    const recognize = createRowMemory(source)
    const size = cutSize(source, request)
    let withoutNews = 0
    let unreadable = 0
    /** What leads to the page that is delivered. */
    let page = place.page
    const search = searchFor(place.behind, keyOf)
    const invalid = (message: string) =>
      E.left({ _tag: 'InvalidResponse' as const, provider, operation, message, issues: [] })

    try {
      for await (const step of source.walk({ scope, continuation: page, resumed })) {
        if (E.isLeft(step)) return yield step
        const fetched = step.right
        const { rows, lost } = search.enter(fetched.items, goesOn(fetched))
        const cuts = cutPage(fetched.items, rows, size, recognize)
        const news = cuts.reduce((sum, { items }) => sum + items.length, 0)
        const changed = fetched.changed === true || lost || cuts.some(({ contradicting }) => contradicting.length > 0)
        for (const [number, { items, contradicting, end }] of cuts.entries()) {
          // Pages that were read ahead are of no use to somebody who has stopped.
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
          yield E.right({
            items,
            ...(contradicting.length === 0 ? {} : { contradicting }),
            ledger: ledger.read(!isCut && !goesOn(fetched)),
            ...(fetched.directory === undefined ? {} : { directory: fetched.directory }),
            ...(next === false || notResumable !== undefined ? {} : { continuation: continuationTo(source, next) }),
          })
        }
        // A page full of records that cannot be decoded is a loss, and in the ledger, but it is not empty.
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
 * Makes a {@link Paged} of a walk: keeps the ledger, delivers a repeated row once, ends what does not end, and cuts its
 * pages to the size that the caller asks for, which costs no request more.
 */
export const createPaged = <A>(source: ListSource<A>, request: PageRequest = {}): Paged<A> => {
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

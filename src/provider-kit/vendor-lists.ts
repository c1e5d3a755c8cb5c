import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Decoder } from '../model/decoder.ts'
import { isRecord } from '../model/is-record.ts'
import type { Gap } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { holdingWords, type LicensedUser } from '../model/licensed-user.ts'
import type { PageAsk } from '../paging/ask-for-less.ts'
import { createPaged, type ListSource, type WalkStart } from '../paging/create-paged.ts'
import type { FetchedPage } from '../paging/fetched-page.ts'
import { foreignContinuation } from '../paging/foreign-continuation.ts'
import type { ListRequest } from '../paging/list-events.ts'
import { readPagePosition } from '../paging/page-position.ts'
import type { Paged } from '../paging/paged.ts'
import { clampPageSize } from '../paging/request.ts'
import type { RequestScope } from '../paging/request-scope.ts'
import { type NumberedPage, type NumberedPageAsk, walkByPageNumber } from '../paging/walk-by-page-number.ts'
import { type TokenPage, walkByToken } from '../paging/walk-by-token.ts'
import type { ApiAccess } from './api-access.ts'
import { type DecodedRecords, decodeRecords, gapsOf } from './decode.ts'

/** A list of a vendor, apart from how its pages are fetched. */
export interface VendorList<A> extends Pick<ListSource<A>, 'operation' | 'of' | 'keyOf' | 'notResumable'> {
  /**
   * What must be the same in two rows with the same key, as words in any order. Where it differs, the list is a mismatch. Default:
   * of users, what they hold; of others, nothing is compared.
   */
  readonly contentOf?: ((item: A) => readonly string[]) | undefined
}

const holdsLicenses = (item: unknown): item is Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'> =>
  isRecord(item) && Array.isArray(item.licenseIds) && Array.isArray(item.pendingLicenseIds)

const contentOfUser = (item: unknown): readonly string[] => (holdsLicenses(item) ? holdingWords(item) : [])

const namedList = <A, N>({ contentOf = contentOfUser, ...list }: VendorList<A>, named: N) => ({
  ...list,
  contentOf,
  ...named,
})

/** The rows to ask the vendor for on a page. The `pageSize` of a caller's request is another thing: it cuts what is delivered. */
export interface PageSizes {
  /** By the provider's configuration. Default: `usual`. */
  readonly configured?: number | undefined
  /** The vendor gives no more. */
  readonly most: number
  /** Default: `most`. */
  readonly usual?: number | undefined
}

/** So many rows are asked for. */
export const rowsToAsk = ({ configured, most, usual }: PageSizes): number => clampPageSize(configured, most, usual)

/** An iteration that begins. `resumed`: its caller goes on with a list, and may want only the next page. */
export type ListStart = Pick<WalkStart, 'scope' | 'resumed' | 'ids'>

/** The page of a list that is asked for next. */
export interface TokenPageAsk extends Partial<PageAsk> {
  /** `next` of the page before. Absent: the first page. */
  readonly cursor?: string | undefined
  /**
   * May be told `next` of this page where the head of the answer has it (see `onHead` of a request): then the next page is asked
   * for while this one is read. Only for a `fetch` that gives the same page in whatever order it is asked: the next page may be
   * dropped, and asked for again. Default: pages are fetched one after the other.
   */
  readonly onNext?: ((cursor: string) => void) | undefined
}

/** A list whose every page leads to the next: how to fetch one. */
export interface TokenList<A> extends VendorList<A> {
  /** Absent: pages cannot be asked for by size, and `fetch` gets none. */
  readonly pageSize?: PageSizes | undefined
  /** Called once for each iteration. Makes the function that fetches a page. */
  readonly fetch: (start: ListStart) => (ask: TokenPageAsk) => TaskEither<LicenseError, TokenPage<A>>
}

/** A list whose every page leads to the next, by a cursor or a next link. Continuations are these cursors. */
export const byToken = <A>(
  { provider, clock, events }: Pick<ApiAccess, 'provider' | 'clock' | 'events'>,
  { pageSize, fetch, ...list }: TokenList<A>,
  request: ListRequest = {},
): Paged<A> => {
  const named = namedList(list, { provider, clock, events })
  return createPaged(
    {
      ...named,
      walk: (start) => {
        const fetchPage = fetch(start)
        return walkByToken({
          ...named,
          from: start.continuation,
          pageSize: pageSize === undefined ? undefined : rowsToAsk(pageSize),
          fetch: (cursor, ask, onNext) => fetchPage({ cursor, ...ask, onNext }),
        })
      },
    },
    request,
  )
}

/** A list whose pages are asked for by number: how to fetch one. */
export interface NumberedList<A> extends VendorList<A> {
  readonly pageSize: PageSizes
  /** Called once for each iteration. Makes the function that fetches a page. */
  readonly fetch: (start: ListStart) => (ask: NumberedPageAsk) => TaskEither<LicenseError, NumberedPage<A>>
}

/**
 * So many pages more than may be under way wait for a place, so that none is free for long while others are delivered. Measured:
 * with more, a list of 100,000 users is read no sooner, and with none 7 % later.
 */
const MOST_WAITING = 2

/** A list that is paged by number. Where the vendor gives a page count, pages are read ahead, and few more than the budget allows. */
export const byPageNumber = <A>(
  { provider, clock, events, budget }: Pick<ApiAccess, 'provider' | 'clock' | 'events' | 'budget'>,
  { pageSize, fetch, ...list }: NumberedList<A>,
  request: ListRequest = {},
): Paged<A> => {
  const named = namedList(list, { provider, clock, events })
  return createPaged(
    {
      ...named,
      walk: async function* (start) {
        const from = readPagePosition(start.continuation, rowsToAsk(pageSize))
        if (from === undefined) return yield E.left(foreignContinuation(named))
        yield* walkByPageNumber({
          from,
          readAhead: budget.concurrency + Math.min(MOST_WAITING, budget.concurrency),
          fetch: fetch(start),
        })
      },
    },
    request,
  )
}

/** A list that the vendor gives as a whole: how to fetch it. */
export interface OnePageList<A> extends VendorList<A> {
  readonly fetch: (scope: RequestScope) => TaskEither<LicenseError, FetchedPage<A>>
}

/** A list that the vendor gives on one page, so that there is nothing to go on with. */
export const onOnePage = <A>(
  { provider, clock, events }: Pick<ApiAccess, 'provider' | 'clock' | 'events'>,
  { fetch, ...list }: OnePageList<A>,
  request: ListRequest = {},
): Paged<A> => {
  const named = namedList(list, { provider, clock, events })
  return createPaged(
    {
      ...named,
      walk: async function* ({ scope, continuation }) {
        yield continuation === undefined ? await fetch(scope)() : E.left(foreignContinuation(named))
      },
    },
    request,
  )
}

/**
 * The items and gaps of a page of decoded records, and how many are `undecodable`. `what` names the page in its gaps. `licenseId`: the license that it is about,
 * where a gap says nothing about the others.
 */
export const pageOf = <A, B>(
  decoded: DecodedRecords<A>,
  what: string,
  itemOf: (record: A) => B,
  licenseId?: string,
): { readonly items: readonly B[]; readonly undecodable: number; readonly gaps: readonly Gap[] } => ({
  items: decoded.records.map(itemOf),
  undecodable: decoded.undecodable,
  gaps: gapsOf(decoded, what, licenseId),
})

/** Several answers as one page: a list that the vendor gives in parts, which are read together. */
export const pageOfAll = <A>(
  pages: readonly Pick<FetchedPage<A>, 'items' | 'undecodable' | 'gaps' | 'omits' | 'remarks'>[],
): FetchedPage<A> => ({
  items: pages.flatMap(({ items }) => items),
  undecodable: pages.reduce((sum, { undecodable = 0 }) => sum + undecodable, 0),
  gaps: pages.flatMap(({ gaps = [] }) => gaps),
  omits: pages.flatMap(({ omits = [] }) => omits),
  remarks: pages.flatMap(({ remarks = [] }) => remarks),
})

/** What a vendor says of the page of a list by token. A next token that is empty or `null` is none. */
export interface TokenRows {
  readonly rows: readonly unknown[]
  readonly next?: string | null | undefined
  /** How many rows the whole list has, as the vendor counts them. */
  readonly total?: number | null | undefined
}

/** A page of a list by token, of its rows as the vendor sends them, for vendors that end a list with an empty token. */
export const tokenPageOf = <A, B>(
  codec: Decoder<A>,
  { rows, next, total }: TokenRows,
  what: string,
  itemOf: (record: A) => B,
): TokenPage<B> => ({
  ...pageOf(decodeRecords(codec, rows), what, itemOf),
  next: next || undefined,
  total: total ?? undefined,
})

import type { Either } from 'fp-ts/lib/Either.js'
import type { Gap, Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'

/** One page as a walk yields it, before it is entered into the ledger. */
export interface FetchedPage<A> {
  readonly items: readonly A[]
  /** Records of this page that could not be decoded. */
  readonly undecodable?: number | undefined
  readonly gaps?: readonly Gap[] | undefined
  /** The vendor's own total of the list. Absent: the vendor gives none. */
  readonly total?: number | undefined
  /** What this list never names, though it is about it. */
  readonly omits?: readonly string[] | undefined
  /** What else is to be said of the list, as sentences for people. It makes nothing partial. */
  readonly remarks?: readonly string[] | undefined
  /** The ledger so far of the directory that the items are joined with. Called when the page is delivered: it may be read ahead. */
  readonly directory?: (() => Ledger | undefined) | undefined
  /** How many pages of the vendor it stands for, in a walk over many lists. Default: 1. */
  readonly pages?: number | undefined
  /** Rows that came again within those pages. */
  readonly repeated?: number | undefined
  /** How many of its first rows were asked for before. That they come again says nothing about the list. Default: 0. */
  readonly reread?: number | undefined
  /** The list, or one of those lists, changed while it was read. Default: nothing shows that it did. */
  readonly changed?: boolean | undefined
  /** How many pages of the vendor come after it. Absent: unknown. */
  readonly remainingPages?: number | undefined
  /** Leads to the next page. Present exactly where there is more and the list can be resumed. */
  readonly continuation?: string | undefined
  /** There is more, and the list cannot be resumed. */
  readonly more?: true | undefined
}

/**
 * Yields pages up to the last one, which has no continuation, or up to a failure. Also a walk that fails before its first
 * page yields the failure: in an async generator, `return yield E.left(foreignContinuation(list))`.
 */
export type Walk<A> = AsyncIterable<Either<LicenseError, FetchedPage<A>>>

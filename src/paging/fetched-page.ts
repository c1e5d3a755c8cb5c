import type { Either } from 'fp-ts/lib/Either.js'
import type { Gap, Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'

/** What one step of a walk brought, before it is entered into the ledger. */
export interface FetchedPage<A> {
  readonly items: readonly A[]
  /** Records of this page that could not be decoded. */
  readonly undecodable?: number
  readonly gaps?: readonly Gap[]
  readonly total?: number
  readonly omits?: readonly string[]
  readonly directory?: Ledger
  /** Where this step stands for several pages of the vendor (a walk over many lists). Default: 1. */
  readonly pages?: number
  /** Rows that came again within those pages. */
  readonly repeated?: number
  /** So many of its first rows were asked for before: that they come again says nothing of the list. Default: 0. */
  readonly reread?: number
  /** The list, or one of those lists, changed while it was read. Default: nothing shows that it did. */
  readonly changed?: boolean
  /** Leads to what comes next. Present exactly where there is more, and it can be gone on with. */
  readonly continuation?: string
  /** There is more, of a list that cannot be gone on with. */
  readonly more?: true
}

/** A walk yields pages until one without continuation, or a failure, and then ends. */
export type Walk<A> = AsyncIterable<Either<LicenseError, FetchedPage<A>>>

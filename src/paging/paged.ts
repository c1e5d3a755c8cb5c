import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { isWhole, type Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import type { PageRequest } from './request.ts'

export interface Page<A> {
  readonly items: readonly A[]
  /** The account so far; final on the last page. */
  readonly ledger: Ledger
  /** The account of the directory that the items were joined with, where this list joins one. */
  readonly directory?: Ledger
  /** Resumes the list after this page; absent on the last page and nowhere else. */
  readonly continuation?: string
}

/**
 * A list that is fetched as it is read. Nothing is requested before iteration, every iteration starts afresh, and
 * `break` stops the requests that are under way.
 */
export interface Paged<A> extends AsyncIterable<A> {
  /** The pages. Never throws: a failure is a `Left`, and then it is the last thing yielded. */
  readonly pages: () => AsyncIterable<Either<LicenseError, Page<A>>>
}

/** Which list it is, for the errors that its iteration throws. */
export interface ListName {
  readonly provider: string
  readonly operation: string
}

const incomplete = ({ provider, operation }: ListName, ledger: Ledger): LicenseException =>
  new LicenseException({
    _tag: 'Incomplete',
    provider,
    operation,
    message:
      ledger.verdict === 'mismatch'
        ? 'the list moved while it was read, so rows may be missing; read it again'
        : `the list is not whole: ${ledger.gaps.map((gap) => `${gap.what} (${gap.reason})`).join('; ')}`,
    ledger,
  })

/** Gives pages the face of a {@link Paged}: iteration over items that never lets a short list look whole. */
export const pagedFrom = <A>(
  list: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  pages: Paged<A>['pages'],
): Paged<A> => ({
  pages,
  async *[Symbol.asyncIterator]() {
    let ledger: Ledger | undefined
    for await (const page of pages()) {
      if (E.isLeft(page)) throw new LicenseException(page.left)
      yield* page.right.items
      ledger = page.right.ledger
    }
    if (ledger !== undefined && !isWhole(ledger) && !request.allowPartial) throw incomplete(list, ledger)
  },
})

/** The same list with other items: `change` maps the items of one page. The ledger stays that of the list that is read. */
export const changeItems = <A, B>(
  list: Paged<A>,
  name: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  change: (items: readonly A[]) => readonly B[],
): Paged<B> =>
  pagedFrom(name, request, async function* () {
    for await (const page of list.pages()) {
      yield E.isLeft(page) ? page : E.right({ ...page.right, items: change(page.right.items) })
    }
  })

import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { gapLines, isWhole, type Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import { endedBy } from './open-ledger.ts'
import type { PageRequest } from './request.ts'

export interface Page<A> {
  readonly items: readonly A[]
  /**
   * Rows of items that were delivered before, which came again with another content (a user with other licenses). They
   * are no items; a caller that has the whole list unites them with it: see `collect`.
   */
  readonly contradicting?: readonly A[]
  /** The account so far; final on the last page. */
  readonly ledger: Ledger
  /** The account of the directory that the items were joined with, where this list joins one. */
  readonly directory?: Ledger
  /**
   * Resumes the list after this page, for few requests, however long the list is. Absent on the last page, and on every
   * page of a list that cannot be resumed: of users, see `resumeUsers` of the provider's capabilities.
   */
  readonly continuation?: string
  /** The list is the record of an earlier reading: to read it again brings the same. */
  readonly recorded?: true
}

/**
 * A list that is fetched as it is read. Nothing is requested before iteration, every iteration starts afresh, and
 * `break` stops the requests that are under way.
 */
export interface Paged<A> extends AsyncIterable<A> {
  /** The pages. Never throws: a failure is a `Left`, and then it is the last thing yielded. */
  readonly pages: () => AsyncIterable<Either<LicenseError, Page<A>>>
  /**
   * The same list as a part of one call: however often it is read, `deadlineMs` counts from the first reading. Absent: it
   * counts anew for every reading.
   */
  readonly asOneCall?: () => Pick<Paged<A>, 'pages'>
}

/** For callers that read a list more than once with one deadline for all of it. */
export const inOneCall = <A>(list: Pick<Paged<A>, 'pages' | 'asOneCall'>): Pick<Paged<A>, 'pages'> =>
  list.asOneCall?.() ?? list

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
    message: `the list is not to be relied on: ${gapLines(ledger).join('; ')}`,
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
    let ledger = endedBy(undefined, { what: 'the list', reason: 'it had no page' })
    for await (const page of pages()) {
      if (E.isLeft(page)) throw new LicenseException(page.left)
      yield* page.right.items
      ledger = page.right.ledger
    }
    if (!isWhole(ledger) && !request.allowPartial) throw incomplete(list, ledger)
  },
})

/**
 * The same list with other items. `begin` is called once for every iteration; what it gives makes the other items of each
 * page, of its items and all that it says. The ledger stays that of the list that is read.
 */
export const changeItems = <A, B>(
  list: Paged<A>,
  name: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  begin: () => (items: readonly A[], page: Page<A>) => readonly B[] | Promise<readonly B[]>,
): Paged<B> => {
  const changed = ({ pages }: Pick<Paged<A>, 'pages'>): Paged<B> =>
    pagedFrom(name, request, async function* () {
      const change = begin()
      for await (const page of pages()) {
        if (E.isLeft(page)) yield page
        else {
          // Rows that contradict others are no items of the other list; its verdict tells of them.
          const { items, contradicting: _, ...rest } = page.right
          yield E.right({ ...rest, items: await change(items, page.right) })
        }
      }
    })
  return { ...changed(list), asOneCall: () => changed(inOneCall(list)) }
}

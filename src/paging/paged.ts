import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { gapLines, isWhole, type Ledger, WHOLE_LIST } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import { endedBy } from './open-ledger.ts'
import type { PageRequest } from './request.ts'

/** One page of a list, with the ledger of all pages so far. */
export interface Page<A> {
  readonly items: readonly A[]
  /**
   * Rows that were delivered before and came again with another content, such as a user with other licenses. They are not
   * items. A caller that has all of the list unites them with it: see `collect`.
   */
  readonly contradicting?: readonly A[] | undefined
  /** The ledger so far. On the last page it is final. */
  readonly ledger: Ledger
  /** The ledger of the directory that the items were joined with. Absent: they were joined with none. */
  readonly directory?: Ledger | undefined
  /**
   * Resumes the list after this page, with few requests, however long the list is. Absent on the last page, and on every
   * page of a list that cannot be resumed. For users, see `resumeUsers` in the provider's capabilities.
   */
  readonly continuation?: string | undefined
  /** The list is the record of an earlier reading. Reading it again brings the same. */
  readonly recorded?: true | undefined
}

/** A page of a list, for the kit. */
export interface ListPage<A> extends Page<A> {
  /** The numbers of the items among the `ids` of the request, in the same order. Absent: it gave none. */
  readonly numbers?: readonly number[] | undefined
}

/**
 * A list that is fetched as it is read. Nothing is requested before iteration. Every iteration starts from the beginning,
 * and `break` stops the requests that are under way.
 */
export interface Paged<A> extends AsyncIterable<A> {
  /** The pages. Never throws: a failure is a `Left`, and then it is the last thing yielded. */
  readonly pages: () => AsyncIterable<Either<LicenseError, Page<A>>>
  /**
   * The same list as part of one call: `deadlineMs` counts from the first reading, however often the list is read. Absent:
   * it counts anew for each reading.
   */
  readonly asOneCall?: (() => Pick<Paged<A>, 'pages'>) | undefined
}

/** For callers that read a list more than once with one deadline for all of it. */
export const inOneCall = <A>(list: Pick<Paged<A>, 'pages' | 'asOneCall'>): Pick<Paged<A>, 'pages'> =>
  list.asOneCall?.() ?? list

/** The provider and the operation of a list, such as `listUsers`, which errors about it name. */
export interface ListName {
  readonly provider: string
  readonly operation: string
}

const incomplete = ({ provider, operation }: ListName, ledger: Ledger): LicenseException =>
  new LicenseException({
    _tag: 'Incomplete',
    provider,
    operation,
    message: gapLines(ledger).join('; '),
    ledger,
  })

/** Makes a {@link Paged} of pages. Iterating over its items throws if the list is partial. */
export const pagedFrom = <A>(
  list: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  pages: Paged<A>['pages'],
): Paged<A> => ({
  pages,
  async *[Symbol.asyncIterator]() {
    let ledger = endedBy(undefined, { what: WHOLE_LIST, reason: 'it had no page' })
    for await (const page of pages()) {
      if (E.isLeft(page)) throw new LicenseException(page.left)
      // Not `yield*`: delegation asks a list for its items by several promises each.
      for (const item of page.right.items) yield item
      ledger = page.right.ledger
    }
    if (!isWhole(ledger) && !request.allowPartial) throw incomplete(list, ledger)
  },
})

/**
 * The same list with other pages. `begin` is called once for each iteration, and gives the function that makes the new page
 * of each.
 */
export const changePages = <A, B>(
  list: Paged<A>,
  name: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  begin: () => (page: Page<A>) => Page<B> | Promise<Page<B>>,
): Paged<B> => {
  const changed = ({ pages }: Pick<Paged<A>, 'pages'>): Paged<B> =>
    pagedFrom(name, request, async function* () {
      const change = begin()
      for await (const page of pages()) {
        if (E.isLeft(page)) {
          yield page
          continue
        }
        // The numbers are those of the items that the page had.
        const { numbers: _, ...changedPage }: ListPage<B> = await change(page.right)
        yield E.right(changedPage)
      }
    })
  return { ...changed(list), asOneCall: () => changed(inOneCall(list)) }
}

/**
 * The same list with other items. `begin` is called once for each iteration, and gives the function that makes the new items
 * of each page. The ledger stays that of the original list.
 */
export const changeItems = <A, B>(
  list: Paged<A>,
  name: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  begin: () => (items: readonly A[], page: Page<A>) => readonly B[] | Promise<readonly B[]>,
): Paged<B> =>
  changePages(list, name, request, () => {
    const change = begin()
    return async (page) => {
      // Contradicting rows are not items of the new list. Its verdict says that there were some.
      const { items, contradicting: _, ...rest } = page
      return { ...rest, items: await change(items, page) }
    }
  })

/** The same list, whose items stay the same ones and get something more to say. */
export const completeItems = <A>(
  list: Paged<A>,
  name: ListName,
  request: Pick<PageRequest, 'allowPartial'>,
  complete: (item: A) => A,
): Paged<A> =>
  changePages(list, name, request, () => ({ items, contradicting, ...rest }) => ({
    ...rest,
    items: items.map(complete),
    ...(contradicting === undefined ? {} : { contradicting: contradicting.map(complete) }),
  }))

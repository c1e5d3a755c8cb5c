import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { asksForLess, type PageAsk, smallerPage } from './ask-for-less.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { foreignContinuation } from './foreign-continuation.ts'
import type { ListName } from './paged.ts'

/** A page of a list whose next page is named by a token or link. */
export interface TokenPage<A> extends Omit<FetchedPage<A>, 'continuation' | 'reread'> {
  /** Leads to the next page: a cursor or a next link. Absent on the last page. */
  readonly next?: string | undefined
  /** Why the next page cannot be asked for, though there is one, or may be. The list ends with this failure. */
  readonly endedBy?: LicenseError | undefined
}

export interface TokenWalk<A> extends ListName {
  /** Where to begin: a continuation of the same list; absent for its first page. */
  readonly from?: string | undefined
  /** The size of the first page. Absent: pages cannot be asked for with fewer rows. */
  readonly pageSize?: number | undefined
  /**
   * Fetches the page that a token leads to. The first page has no token. `ask` is absent where the walk has no page size.
   * `onNext` may be told the token of the next page before the rows of this one are read.
   */
  readonly fetch: (
    token: string | undefined,
    ask: PageAsk | undefined,
    onNext: (token: string) => void,
  ) => TaskEither<LicenseError, TokenPage<A>>
}

/** A page that is asked for before the caller wants it. */
interface PageAhead<A> {
  readonly token: string
  readonly page: Promise<E.Either<LicenseError, TokenPage<A>>>
}

/**
 * Walks a list whose every page leads to the next: by cursor, by `Link: rel=next`, or in one page.
 * From the second page on, the next one is asked for while the caller is still busy with the one before.
 * A token that is empty or came before would lead in circles, and is an error.
 * A page that is too much for the vendor is asked for in halves, down to a sixteenth of the first page size. The walk goes
 * on from the same token with pages of that size.
 */
export async function* walkByToken<A>({ provider, operation, from, pageSize: first, fetch }: TokenWalk<A>): Walk<A> {
  const wrongToken = (next: string): LicenseError => ({
    _tag: 'InvalidResponse',
    provider,
    operation,
    message: next === '' ? 'the next page has an empty token' : 'the next page is one that was read before',
    issues: [],
  })
  if (from === '') return yield E.left(foreignContinuation({ provider, operation }))
  const seen = new Set(from === undefined ? [] : [from])
  let token = from
  let pageSize = first
  let ahead: PageAhead<A> | undefined

  const smallerSize = () => (pageSize === undefined || first === undefined ? undefined : smallerPage(pageSize, first))
  const ask = (at: string | undefined) => {
    const size = pageSize === undefined ? undefined : { pageSize, divisible: smallerSize() !== undefined }
    return fetch(at, size, readAhead)()
  }
  const readAhead = (next: string): void => {
    // One page is all that some callers want. Who went on to another one will want the one after it, too.
    if (token === from || ahead !== undefined || next === '' || seen.has(next)) return
    // Not at once: that page may tell what comes after it, which is not asked for yet.
    ahead = { token: next, page: Promise.resolve().then(() => ask(next)) }
  }

  while (true) {
    const isAhead = ahead !== undefined && ahead.token === token
    const asked = isAhead ? ahead?.page : undefined
    ahead = undefined
    const result = await (asked ?? ask(token))
    if (E.isLeft(result)) {
      const smaller = smallerSize()
      if (smaller === undefined || !asksForLess(result.left)) return yield result
      pageSize = smaller
      continue
    }
    const { next, endedBy, ...page } = result.right
    const failure = endedBy ?? (next === '' || (next !== undefined && seen.has(next)) ? wrongToken(next) : undefined)
    if (failure !== undefined) {
      // There is more, so that this is not the last page. A caller who tries again asks for this page once more.
      yield E.right({ ...page, continuation: token ?? '' })
      return yield E.left(failure)
    }
    if (next === undefined) return yield E.right(page)
    readAhead(next)
    yield E.right({ ...page, continuation: next })
    seen.add(next)
    token = next
  }
}

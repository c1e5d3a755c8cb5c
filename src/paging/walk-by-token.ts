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
   * It may tell `onNext` the token of the next page before the rows of this one are read. Then pages must not depend on the order
   * in which they are fetched: the next one is fetched beside this one, and is dropped if this one leads elsewhere after all.
   */
  readonly fetch: (
    token: string | undefined,
    ask: PageAsk | undefined,
    onNext: (token: string) => void,
  ) => TaskEither<LicenseError, TokenPage<A>>
}

/** A page that was asked for. */
interface AskedPage<A> {
  readonly token: string | undefined
  readonly page: Promise<E.Either<LicenseError, TokenPage<A>>>
  /** Calls `act` with the token of the next page, if that is told before the rows are read: at once, where it was. */
  readonly whenTold: (act: (next: string) => void) => void
}

/**
 * Walks a list whose every page leads to the next: by cursor, by `Link: rel=next`, or in one page.
 * From the second page on, a next page that is told early (`onNext`) is asked for at once.
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
  let ahead: AskedPage<A> | undefined

  const smallerSize = () => (pageSize === undefined || first === undefined ? undefined : smallerPage(pageSize, first))
  const askFor = (at: string | undefined): AskedPage<A> => {
    let told: string | undefined
    let onTold: ((next: string) => void) | undefined
    const ask = pageSize === undefined ? undefined : { pageSize, divisible: smallerSize() !== undefined }
    const page = fetch(at, ask, (next) => {
      told ??= next
      onTold?.(told)
    })()
    // A failure of the program reaches the caller who comes to this page. Without such a caller, it must not end the process.
    page.catch(() => {})
    return {
      token: at,
      page,
      whenTold: (act) => {
        onTold = act
        if (told !== undefined) act(told)
      },
    }
  }
  /** Asks for the page after the one that the caller waits for. */
  const readAhead = (next: string): void => {
    // One page is all that some callers want. From the second one on, the whole list is.
    if (token === from || ahead !== undefined || next === '' || seen.has(next)) return
    ahead = askFor(next)
  }

  while (true) {
    const asked = ahead !== undefined && ahead.token === token ? ahead : askFor(token)
    ahead = undefined
    asked.whenTold(readAhead)
    const result = await asked.page
    // From here on, a repeat of the request would tell of a page that is known.
    asked.whenTold(() => {})
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
    yield E.right({ ...page, continuation: next })
    seen.add(next)
    token = next
  }
}

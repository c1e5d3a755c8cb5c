import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import { foreignContinuation } from './foreign-continuation.ts'
import type { ListName } from './paged.ts'

export interface TokenPage<A> extends Omit<FetchedPage<A>, 'continuation'> {
  /** Leads to the next page: a cursor or a next link. Absent on the last page. */
  readonly next?: string | undefined
  /** Why what comes next cannot be asked for, though there is more, or may be: the list ends with this failure. */
  readonly endedBy?: LicenseError | undefined
}

export interface TokenWalk<A> extends ListName {
  /** Where to begin: a continuation of the same list; absent for its first page. */
  readonly from?: string | undefined
  /** Fetches the page that a token leads to; the first page has none. */
  readonly fetch: (token: string | undefined) => TaskEither<LicenseError, TokenPage<A>>
}

/**
 * Walks a list whose every page leads to the next: by cursor, by `Link: rel=next`, or in one page.
 * A token that is empty or was seen before would walk in circles, and is an error.
 */
export async function* walkByToken<A>({ provider, operation, from, fetch }: TokenWalk<A>): Walk<A> {
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
  while (true) {
    const result = await fetch(token)()
    if (E.isLeft(result)) return yield result
    const { next, endedBy, ...page } = result.right
    const failure = endedBy ?? (next === '' || (next !== undefined && seen.has(next)) ? wrongToken(next) : undefined)
    if (failure !== undefined) {
      // More was promised, so that this page is not the last; to try again, ask for it once more.
      yield E.right({ ...page, continuation: token ?? '' })
      return yield E.left(failure)
    }
    if (next === undefined) return yield E.right(page)
    yield E.right({ ...page, continuation: next })
    seen.add(next)
    token = next
  }
}

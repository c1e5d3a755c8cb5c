import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import type { FetchedPage, Walk } from './fetched-page.ts'
import type { ListName } from './paged.ts'

export interface TokenPage<A> extends Omit<FetchedPage<A>, 'continuation'> {
  /** Leads to the next page: a cursor or a next link. Absent on the last page. */
  readonly next?: string | undefined
}

export interface TokenWalk<A> extends ListName {
  /** The token of the first page to fetch. */
  readonly first: string
  readonly fetch: (token: string) => TaskEither<LicenseError, TokenPage<A>>
}

/**
 * Walks a list whose every page leads to the next: by cursor, by `Link: rel=next`, or in one page.
 * A token that is empty or was seen before would walk in circles, and is an error.
 */
export async function* walkByToken<A>(list: TokenWalk<A>): Walk<A> {
  const seen = new Set([list.first])
  let token = list.first
  while (true) {
    const result = await list.fetch(token)()
    if (E.isLeft(result)) return yield result
    const { next, ...page } = result.right
    if (next === undefined) return yield E.right(page)
    if (next === '' || seen.has(next)) {
      yield E.right({ ...page, continuation: token })
      return yield E.left({
        _tag: 'InvalidResponse',
        provider: list.provider,
        operation: list.operation,
        message: next === '' ? 'the next page has an empty token' : 'the next page is one that was read before',
        issues: [],
      })
    }
    yield E.right({ ...page, continuation: next })
    seen.add(next)
    token = next
  }
}

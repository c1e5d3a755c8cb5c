import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { foreignContinuation } from '../paging/foreign-continuation.ts'
import type { ListRequest } from '../paging/list-events.ts'
import type { Paged } from '../paging/paged.ts'
import type { TokenPage } from '../paging/walk-by-token.ts'
import type { ApiAccess } from './api-access.ts'
import { byToken, type ListStart, type TokenList, type TokenPageAsk } from './vendor-lists.ts'

/** A list of a vendor that comes in several parts, each with pages of its own. */
export interface ListInParts<A> extends Omit<TokenList<A>, 'fetch'> {
  /** The parts, in their order. Names without a colon: `active`, `inactive`. */
  readonly parts: readonly [string, ...string[]]
  /**
   * Called once for each iteration. Makes the function that fetches a page of a part. `cursor`, `next` and `total` are those of
   * the part.
   */
  readonly fetch: (start: ListStart) => (part: string, ask: TokenPageAsk) => TaskEither<LicenseError, TokenPage<A>>
}

/**
 * Several lists of a vendor that are one list, one after the other: users by status, for example. It is complete if the totals
 * of all parts together are what came, and it has changed if the total of a part has. Continuations are a part, and the
 * cursor in it.
 */
export const byTokenInParts = <A>(
  access: Pick<ApiAccess, 'provider' | 'clock' | 'events'>,
  { parts, fetch, ...list }: ListInParts<A>,
  request: ListRequest = {},
): Paged<A> => {
  const foreign = foreignContinuation({ provider: access.provider, operation: list.operation })
  const partIn = (cursor: string): readonly [part: string, cursor: string | undefined] => {
    const colon = cursor.indexOf(':')
    return colon < 0 ? [cursor, undefined] : [cursor.slice(0, colon), cursor.slice(colon + 1)]
  }
  const fetchOfParts = (start: ListStart) => {
    const fetchPage = fetch(start)
    const totals = new Map<string, number | undefined>()
    return ({ cursor: at = parts[0], onNext: _, ...ask }: TokenPageAsk): TaskEither<LicenseError, TokenPage<A>> => {
      const [part, cursor] = partIn(at)
      const place = parts.indexOf(part)
      if (place < 0 || cursor === '') return TE.left(foreign)
      return pipe(
        // The totals count by the order of pages, so that none is read ahead.
        fetchPage(part, { ...ask, cursor }),
        TE.map(({ next, total, changed = false, ...page }) => {
          const before = totals.get(part)
          totals.set(part, total)
          const sum = parts.reduce((all, one) => all + (totals.get(one) ?? Number.NaN), 0)
          const nextPart = next === undefined ? parts[place + 1] : `${part}:${next}`
          return {
            ...page,
            next: nextPart,
            changed: changed || (before !== undefined && total !== undefined && before !== total),
            total: nextPart === undefined && !Number.isNaN(sum) ? sum : undefined,
          }
        }),
      )
    }
  }
  return byToken(access, { ...list, fetch: fetchOfParts }, request)
}

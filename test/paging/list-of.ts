import * as E from 'fp-ts/lib/Either.js'
import type { Ledger, LicenseError } from '../../src/model/index.ts'
import {
  type Clock,
  createPaged,
  type FetchedPage,
  type ListSource,
  type Paged,
  type PageRequest,
  systemClock,
} from '../../src/paging/index.ts'

export const name = { provider: 'vendor-1', operation: 'GET /rows' }

export const unavailable: LicenseError = { _tag: 'Unavailable', ...name, message: 'it is down', attempts: 5 }
export const invalid: LicenseError = { _tag: 'InvalidResponse', ...name, message: 'it is HTML', issues: [] }

/** A page with more behind it. */
export const middle = (items: readonly string[], details: Partial<FetchedPage<string>> = {}) =>
  E.right({ items, continuation: 'more', ...details })

export const last = (items: readonly string[], details: Partial<FetchedPage<string>> = {}) =>
  E.right({ items, ...details })

export type Step = E.Either<LicenseError, FetchedPage<string>>

/** A list that goes through the given steps; its rows are their own keys. */
export const listOf = (
  steps: readonly Step[],
  request: PageRequest = {},
  source: Partial<ListSource<string>> = {},
): Paged<string> =>
  createPaged(
    {
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: async function* () {
        yield* steps
      },
      ...source,
    },
    request,
  )

/** The pages of a list, failures by their tag. */
export const pagesOf = async (list: Paged<string>): Promise<readonly (readonly string[] | string)[]> => {
  const pages: (readonly string[] | string)[] = []
  for await (const page of list.pages()) pages.push(E.isLeft(page) ? page.left._tag : page.right.items)
  return pages
}

/** The account that a list ends with. */
export const ledgerOf = async (list: Paged<string>) => {
  let ledger: Ledger | undefined
  for await (const page of list.pages()) if (E.isRight(page)) ledger = page.right.ledger
  return ledger
}

/** A clock that stands still until it is told to go on. */
export const stoppedClock = (now = 1_000_000): Clock => ({ now: () => now, sleep: async () => {} })

/** What the first page of a list can be resumed with. */
export const firstContinuation = async (list: Paged<string>): Promise<string | undefined> => {
  for await (const page of list.pages()) return E.isRight(page) ? page.right.continuation : undefined
  return undefined
}

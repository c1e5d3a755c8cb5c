import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf, within } from '../paging/request-scope.ts'
import { boundedProvider } from './bounded-provider.ts'
import type { LicenseProvider, UserReference } from './license-provider.ts'
import { lookUpEach, lookupOf, type UserLookup, unlessAllFailed } from './user-lookup.ts'

/** `clock`: for the deadline. Default: the system's. */
export interface FindUsersOptions extends RequestOptions {
  readonly clock?: Clock | undefined
}

/**
 * Looks up many users, with any provider: with its own `findUsers` where it has one, else one by one. One result for each
 * reference, in their order. A `Left` only where nothing could be read at all.
 */
export const findUsers =
  (
    provider: LicenseProvider,
    users: readonly UserReference[],
    { clock = systemClock, ...options }: FindUsersOptions = {},
  ): TaskEither<LicenseError, readonly UserLookup[]> =>
  async () => {
    const bounded = boundedProvider(provider, clock)
    if (bounded.findUsers !== undefined) return bounded.findUsers(users, options)()
    const scope = scopeOf(options, clock)
    const getUser = (user: UserReference) => bounded.getUser(user, within(scope, clock))
    return unlessAllFailed(await lookUpEach(users, (user) => T.map(lookupOf)(getUser(user)))())
  }

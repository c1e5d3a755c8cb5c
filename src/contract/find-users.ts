import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { type OptionChecks, problemInOptions } from '../model/option-checks.ts'
import { aClock, callChecks } from '../paging/call-checks.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import type { RequestOptions } from '../paging/request.ts'
import { scopeOf, within } from '../paging/request-scope.ts'
import { boundedProvider } from './bounded-provider.ts'
import { problemInReferences } from './checked-calls.ts'
import { isProvider, PROVIDER_EXPECTED } from './given-provider.ts'
import type { LicenseProvider, UserReference } from './license-provider.ts'
import { lookUpEach, lookupOf, type UserLookup, unlessAllFailed } from './user-lookup.ts'

/** `clock`: for the deadline. Default: the system's. */
export interface FindUsersOptions extends RequestOptions {
  readonly clock?: Clock | undefined
}

const optionChecks: OptionChecks<FindUsersOptions> = { ...callChecks, clock: aClock }

const rejected = (provider: string, message: string): LicenseError => ({
  _tag: 'RequestRejected',
  provider,
  operation: 'findUsers',
  message,
})

/**
 * Looks up many users, with any provider: with its own `findUsers` where it has one, else one by one. One result for each
 * reference, in their order. A `Left` only if nothing could be read at all, or if an argument is wrong (`RequestRejected`).
 */
export const findUsers =
  (
    provider: LicenseProvider,
    users: readonly UserReference[],
    given: FindUsersOptions = {},
  ): TaskEither<LicenseError, readonly UserLookup[]> =>
  async () => {
    if (!isProvider(provider)) return E.left(rejected('unknown', `provider: expected ${PROVIDER_EXPECTED}`))
    const problem = problemInReferences(users) ?? problemInOptions(optionChecks, given)
    if (problem !== undefined) return E.left(rejected(provider.id, problem))
    const { clock = systemClock, ...options } = given
    const bounded = boundedProvider(provider, clock)
    if (bounded.findUsers !== undefined) return bounded.findUsers(users, options)()
    const scope = scopeOf(options, clock)
    const getUser = (user: UserReference) => bounded.getUser(user, within(scope, clock))
    return unlessAllFailed(await lookUpEach(users, (user) => T.map(lookupOf)(getUser(user)))())
  }

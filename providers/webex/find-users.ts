import * as E from 'fp-ts/lib/Either.js'
import type * as T from 'fp-ts/lib/Task.js'
import {
  Lookups,
  type RequestScope,
  type UserLookup,
  type UserReference,
  Values,
} from '../../src/provider-kit/index.ts'
import { type HolderSources, lookUpHolders } from './look-up-holders.ts'
import { createPeopleFinder, type PeopleSources } from './look-up-people.ts'

/** Users, with all that they hold: one result for each reference, in their order. */
export type UsersFinder = (users: readonly UserReference[], scope: RequestScope) => T.Task<readonly UserLookup[]>

type Failed = Extract<UserLookup, { kind: 'failed' }>

/** Whether the people do not have a user, or not the user's licenses. Then the list of holders may. */
const isUnfound = (lookup: UserLookup | undefined): lookup is Failed =>
  lookup?.kind === 'failed' && (lookup.error._tag === 'NotFound' || lookup.error._tag === 'PermissionDenied')

/**
 * Finds users. Each is looked up among the people of the organization; all that are not there, in one walk over the
 * holders of all licenses, the only list with external users. A user in a gap is `failed`, never `notFound`.
 */
export const createUsersFinder = (sources: PeopleSources & HolderSources): UsersFinder => {
  const people = createPeopleFinder(sources)
  return (users, scope) => async () => {
    const emails = new Set(users.flatMap((user) => ('email' in user ? Values.foldedText(user.email) : [])))
    const lookUp = await people.byEmail(emails, scope)
    const asked = await Lookups.lookUpEach(users, (user) =>
      'id' in user ? people.byId(user.id, scope) : lookUp(user.email, scope),
    )()
    const unfound = users.filter((_, place) => isUnfound(asked[place]))
    if (unfound.length === 0) return asked
    const end = asked.find((lookup): lookup is Failed => lookup.kind === 'failed' && Lookups.endsTheCall(lookup.error))
    const holding = end === undefined ? await lookUpHolders(sources, unfound, scope) : E.left(end.error)
    return users.flatMap((user, place) => {
      const lookup = asked[place]
      if (lookup === undefined) return []
      if (!isUnfound(lookup)) return lookup
      return E.isLeft(holding) ? { kind: 'failed' as const, error: holding.left } : holding.right(user, lookup.error)
    })
  }
}

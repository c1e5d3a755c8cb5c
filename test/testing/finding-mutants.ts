import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { findUsers, toReadonlyArray, type UserLookup } from '../../src/provider-kit/index.ts'
import { type Mutant, type Mutate, withUsers } from './mutant.ts'

const withLookups =
  (change: (lookups: readonly UserLookup[]) => readonly UserLookup[]): Mutate =>
  (provider) => ({
    ...provider,
    findUsers: (users, options) => TE.map(change)(findUsers(provider, users, options)),
  })

/** Whom it does not find it looks for in the whole list, each by themselves. */
const walksForEach: Mutate = (provider) => ({
  ...provider,
  findUsers: (users, options) => async () => {
    const found = await findUsers(provider, users, options)()
    for (const lookup of E.isRight(found) ? found.right : []) {
      if (lookup.kind === 'notFound') await toReadonlyArray(provider.listUsers({ ...options, pageSize: 1 }))()
    }
    return found
  },
})

/** Wrong ways of looking for users. */
export const findingMutants: readonly Mutant[] = [
  {
    defect: 'gives a promise where a task is to be started',
    killedBy: 'get-user/by-id',
    saying: 'the provider gave a Promise in place of a TaskEither',
    mutate: (provider) => ({ ...provider, getUser: (user, options) => provider.getUser(user, options)() as never }),
  },
  {
    defect: 'reads all users for each whom it does not find',
    killedBy: 'find-users/requests',
    saying: 'requests were made for 20 users, 70 are enough',
    mutate: walksForEach,
  },
  {
    defect: 'gives whom it found in another order',
    killedBy: 'find-users/by-id',
    saying: 'reference 0 of 4 is notFound, and should be user ',
    mutate: withLookups((lookups) => [...lookups].reverse()),
  },
  {
    defect: 'leaves out unknown users',
    killedBy: 'find-users/by-id',
    saying: '3 results came for 4 references',
    mutate: withLookups((lookups) => lookups.filter(({ kind }) => kind !== 'notFound')),
  },
  {
    defect: 'looks for the first users only',
    killedBy: 'find-users/by-id',
    saying: '50 results came for ',
    mutate: withLookups((lookups) => lookups.slice(0, 50)),
  },
  {
    defect: 'takes the first of several users for the one that is meant',
    killedBy: 'find-users/by-email',
    saying: 'is found, and 2 users have it',
    mutate: withLookups((lookups) =>
      lookups.map((lookup) => {
        const [user] = lookup.kind === 'ambiguous' ? lookup.candidates : []
        return user === undefined ? lookup : { kind: 'found', user }
      }),
    ),
  },
  {
    defect: 'tells the department of a user in the list alone',
    killedBy: 'find-users/as-listed',
    saying: '.department is undefined, not "Engines" as in the list',
    mutate: withUsers((users) => users.map((user) => ({ ...user, department: 'Engines' }))),
  },
  {
    defect: 'means by an address whom getUser does not mean',
    killedBy: 'find-users/as-get-user',
    saying: 'getUser gives user-08 for an address that is Conflict to findUsers',
    mutate: (provider) => ({
      ...provider,
      // As one that knows of users who hold something alone.
      getUser: (user, options) =>
        provider.getUser('email' in user && user.email.startsWith('USER-08@') ? { id: 'user-08' } : user, options),
    }),
  },
  {
    defect: 'finds users by addresses that Unicode folds to theirs',
    killedBy: 'find-users/by-email',
    saying: 'is found, and should be notFound',
    mutate: (provider) => ({
      ...provider,
      findUsers: (users, options) =>
        provider.findUsers?.(
          users.map((user) => ('email' in user ? { email: user.email.toLowerCase() } : user)),
          options,
        ) ?? TE.right([]),
    }),
  },
  {
    defect: 'finds users without what they hold',
    killedBy: 'find-users/by-id',
    saying: 'licenseIds',
    mutate: withLookups((lookups) =>
      lookups.map((lookup) =>
        lookup.kind === 'found' ? { ...lookup, user: { ...lookup.user, licenseIds: [] } } : lookup,
      ),
    ),
  },
  {
    defect: 'answers notFound for a user that it could not look up',
    killedBy: 'find-users/bad-credentials',
    saying: 'findUsers succeeded with wrong credentials',
    mutate: (provider) => ({
      ...provider,
      findUsers: (users) => TE.right(users.map((): UserLookup => ({ kind: 'notFound' }))),
    }),
  },
]

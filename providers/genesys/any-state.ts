import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import type { GenesysClient, UserExpansion } from './client.ts'
import type { User } from './codecs.ts'

type Answer<A> = TaskEither<LicenseError, A>

/** The list of users refuses an id that it does not like, or does not take one. */
const CANNOT_BE_ASKED = 'cannot be asked'

/** In the list of users, which alone is documented to know those who are inactive. Undefined: it does not name the user. */
const listed = (
  client: GenesysClient,
  userId: string,
  scope: RequestScope,
  expansion: UserExpansion,
): Answer<User | undefined | typeof CANNOT_BE_ASKED> =>
  // An id with a comma would be two.
  userId.includes(',')
    ? TE.right(CANNOT_BE_ASKED)
    : pipe(
        client.getUsers({ ...expansion, id: [userId], state: 'any' }, scope),
        TE.map(({ records, undecodable }) =>
          // The record that cannot be read may be the one.
          undecodable > 0 ? CANNOT_BE_ASKED : records.find(({ id }) => id === userId),
        ),
        TE.orElse((error) =>
          error._tag === 'NotFound' || error._tag === 'RequestRejected' ? TE.right(CANNOT_BE_ASKED) : TE.left(error),
        ),
      )

/**
 * One user, in whatever state. The record of one user is documented for active ones, which is the default, and for deleted ones,
 * of whom it is not certain that the list of users has them.
 */
export const getUserInAnyState = (
  client: GenesysClient,
  userId: string,
  scope: RequestScope,
  expansion: UserExpansion = {},
): Answer<User> => {
  const deleted = client.getUser(userId, scope, { ...expansion, state: 'deleted' })
  return pipe(
    listed(client, userId, scope, expansion),
    TE.flatMap((user) => {
      if (user === undefined) return deleted
      if (user !== CANNOT_BE_ASKED) return TE.right(user)
      return pipe(
        client.getUser(userId, scope, expansion),
        TE.orElse((error) => (error._tag === 'NotFound' ? deleted : TE.left(error))),
      )
    }),
  )
}

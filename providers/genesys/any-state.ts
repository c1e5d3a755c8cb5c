import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import type { GenesysClient, UserExpansion } from './client.ts'
import type { User } from './codecs.ts'

/** In the list of users, which knows those who are inactive too. The record of one user is documented for active and deleted ones. */
const listed = (
  client: GenesysClient,
  userId: string,
  scope: RequestScope,
  expansion: UserExpansion,
): TaskEither<LicenseError, User | undefined> =>
  // An id with a comma would be two.
  userId.includes(',')
    ? TE.right(undefined)
    : pipe(
        client.getUsers({ ...expansion, id: [userId], state: 'any' }, scope),
        TE.map(({ records }) => records.find(({ id }) => id === userId)),
        TE.orElse((error) =>
          error._tag === 'NotFound' || error._tag === 'RequestRejected' ? TE.right(undefined) : TE.left(error),
        ),
      )

/**
 * One user, in whatever state. By default the vendor documents its answer for active users alone: the others are looked for in
 * the list of users, and then among the deleted ones.
 */
export const getUserInAnyState = (
  client: GenesysClient,
  userId: string,
  scope: RequestScope,
  expansion: UserExpansion = {},
): TaskEither<LicenseError, User> =>
  pipe(
    client.getUser(userId, scope, expansion),
    TE.orElse((error) =>
      error._tag !== 'NotFound'
        ? TE.left(error)
        : pipe(
            listed(client, userId, scope, expansion),
            TE.flatMap((user) =>
              user === undefined ? client.getUser(userId, scope, { ...expansion, state: 'deleted' }) : TE.right(user),
            ),
          ),
    ),
  )

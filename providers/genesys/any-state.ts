import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import type { GenesysClient, UserExpansion } from './client.ts'
import type { User } from './codecs.ts'

/** One user, deleted or not. By default the vendor's answer leaves deleted users out: they are asked for separately. */
export const getUserInAnyState = (
  client: GenesysClient,
  userId: string,
  scope: RequestScope,
  expansion: UserExpansion = {},
): TaskEither<LicenseError, User> =>
  pipe(
    client.getUser(userId, scope, expansion),
    TE.orElse((error) =>
      error._tag === 'NotFound' ? client.getUser(userId, scope, { ...expansion, state: 'deleted' }) : TE.left(error),
    ),
  )

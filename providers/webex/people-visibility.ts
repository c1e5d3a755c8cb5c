import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import type { Person } from './codecs.ts'
import { isAboutCredential } from './failures.ts'
import { organizationKey } from './own-organization.ts'

export interface WatchedPeople {
  /** The same client. */
  readonly client: WebexClient
  /** Whether the last answer about people was that these credentials are not shown any; false before the first one. */
  readonly areHidden: () => boolean
  /** The bare uuid of the organization that the people belong to; undefined before one was read. */
  readonly organizationUuid: () => string | undefined
}

/**
 * Takes note of whether the credentials are shown people, for want of a way to ask for their scopes, and of the
 * organization that the people belong to.
 */
export const watchPeople = (client: WebexClient): WatchedPeople => {
  let hidden = false
  let organization: string | undefined
  const watched =
    <Ask extends readonly unknown[], A>(
      read: (...ask: Ask) => TaskEither<LicenseError, A>,
      firstOf: (answer: A) => Person | undefined,
    ) =>
    (...ask: Ask): TaskEither<LicenseError, A> =>
    async () => {
      const answer = await read(...ask)()
      if (E.isRight(answer)) {
        hidden = false
        const orgId = firstOf(answer.right)?.orgId
        if (typeof orgId === 'string' && orgId.trim() !== '') organization ??= organizationKey(orgId)
      } else if (isAboutCredential(answer.left)) hidden = true
      return answer
    }
  return {
    client: {
      ...client,
      listPeople: watched(client.listPeople, ({ records }) => records[0]),
      getPersonDetails: watched(client.getPersonDetails, identity),
    },
    areHidden: () => hidden,
    organizationUuid: () => organization,
  }
}

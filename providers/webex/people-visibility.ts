import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import { isAboutCredential } from './failures.ts'

export interface WatchedPeople {
  /** The same client. */
  readonly client: WebexClient
  /** Whether the last answer about people was that these credentials are not shown any; false before the first one. */
  readonly areHidden: () => boolean
}

/** Takes note of whether the credentials are shown people, for want of a way to ask for their scopes. */
export const watchPeople = (client: WebexClient): WatchedPeople => {
  let hidden = false
  const watched =
    <Ask extends readonly unknown[], A>(read: (...ask: Ask) => TaskEither<LicenseError, A>) =>
    (...ask: Ask): TaskEither<LicenseError, A> =>
    async () => {
      const answer = await read(...ask)()
      if (E.isRight(answer)) hidden = false
      else if (isAboutCredential(answer.left)) hidden = true
      return answer
    }
  return {
    client: {
      ...client,
      listPeople: watched(client.listPeople),
      getPersonDetails: watched(client.getPersonDetails),
    },
    areHidden: () => hidden,
  }
}

import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
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
  const watched = <A>(answer: TaskEither<LicenseError, A>): TaskEither<LicenseError, A> =>
    pipe(
      answer,
      TE.bimap(
        (error) => {
          if (isAboutCredential(error)) hidden = true
          return error
        },
        (people) => {
          hidden = false
          return people
        },
      ),
    )
  return {
    client: {
      ...client,
      listPeople: (...ask) => watched(client.listPeople(...ask)),
      getPersonDetails: (...ask) => watched(client.getPersonDetails(...ask)),
    },
    areHidden: () => hidden,
  }
}

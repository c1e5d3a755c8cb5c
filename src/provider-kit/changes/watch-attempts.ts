import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AssignmentChange } from '../../contract/assignment-change.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { Sent, VendorChanges } from './change-adapter.ts'

/** What the vendor answered to one request that carries changes. */
export type Answered = Omit<Extract<Sent, { kind: 'answered' }>, 'kind'>

/**
 * Makes `send` of an adapter whose requests go through the kit's transport. `request` sends one, in the scope that it is given:
 * the scope watches whether a request was sent, and whether the vendor may have carried out any attempt at it. An earlier
 * attempt without an answer may have been carried out although the last one was refused. `isAboutCredential`: see `about` of
 * `Sent`.
 */
export const sending =
  (
    isAboutCredential: (error: LicenseError) => boolean,
    request: (changes: readonly AssignmentChange[], scope: RequestScope) => TaskEither<LicenseError, Answered>,
  ): VendorChanges['send'] =>
  async (changes, scope) => {
    const seen = { sent: 0, refused: 0 }
    const answer = await request(changes, {
      ...scope,
      onAttempt: (what) => {
        seen[what] += 1
      },
    })()
    if (E.isRight(answer)) return { kind: 'answered', ...answer.right }
    const error = answer.left
    if (seen.sent === 0) return { kind: 'unsent', error }
    const about = isAboutCredential(error) ? 'credential' : 'changes'
    return { kind: 'failed', error, mayHaveTakenEffect: seen.sent > seen.refused, about }
  }

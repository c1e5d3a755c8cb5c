import type { LicenseError } from '../../model/license-error.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { Sent } from './change-adapter.ts'

/** The transport's attempts at one request that carries changes. */
export interface WatchedAttempts {
  /** The scope to send the request in. */
  readonly scope: RequestScope
  /** What became of the request where it failed. `about`: see `Sent`. */
  readonly failure: (error: LicenseError, about: Extract<Sent, { kind: 'failed' }>['about']) => Sent
}

/**
 * Watches whether a request was sent, and whether the vendor may have carried out any attempt at it. An earlier attempt without
 * an answer may have been carried out although the last one was refused.
 */
export const watchAttempts = (scope: RequestScope): WatchedAttempts => {
  const seen = { sent: 0, refused: 0 }
  return {
    scope: {
      ...scope,
      onAttempt: (what) => {
        seen[what] += 1
      },
    },
    failure: (error, about) =>
      seen.sent === 0
        ? { kind: 'unsent', error }
        : { kind: 'failed', error, mayHaveTakenEffect: seen.sent > seen.refused, about },
  }
}

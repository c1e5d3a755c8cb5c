import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { Clock } from '../../paging/clock.ts'
import { stoppedByCaller } from '../../paging/scope-end.ts'
import { type AccessToken, type Credentials, fixedCredentials, mintedCredentials } from './credentials.ts'
import type { WaitEvent } from './events.ts'
import { backoff, type RetryPolicy } from './retry-policy.ts'
import { createSecretBook } from './secret-book.ts'
import { attemptsText } from './vendor-failure.ts'

/** What a caller's function that gets tokens is asked for. */
export interface AccessTokenRequest {
  /** The token that the vendor has refused. Absent: there is none yet, or it was about to expire. */
  readonly rejected?: string | undefined
  /** Fires when no call waits for the token any longer: all of them have ended by their signals or deadlines. */
  readonly signal: AbortSignal
}

/** Why a caller's function has no token. */
export interface AccessTokenFailure {
  /** For people. It becomes part of a message, in which secrets and e-mail addresses are masked. */
  readonly reason: string
  /** Trying again may help: the function is called again, as the retry policy says. Default: false. */
  readonly transient?: boolean | undefined
}

/**
 * A caller's function that gets tokens. Called when there is none, and again when the vendor refuses one or it is about to expire,
 * once for all requests that wait. What it throws, or rejects with, is not shown, as it may have a secret in it: a reason that is
 * to be told is returned.
 */
export type AccessTokenSource = (request: AccessTokenRequest) => Promise<string | AccessToken | AccessTokenFailure>

/** What tokens from a caller's function are asked for with. */
export interface TokenSourceOptions {
  readonly provider: string
  readonly clock: Clock
  readonly policy: RetryPolicy
  readonly random: () => number
  /** Hears of waits before another attempt. */
  readonly emit: (event: WaitEvent) => void
}

const Token = t.union([t.string, t.type({ token: t.string })], 'access token')
const Failure = t.type({ reason: t.string }, 'access token failure')

const operation = 'access token source'

/** Tokens from the caller's function. */
export const sourcedCredentials = (source: AccessTokenSource, options: TokenSourceOptions): Credentials => {
  const { provider, clock, policy, random, emit } = options
  const secrets = createSecretBook()
  const failed = (message: string): LicenseError => ({
    _tag: 'AuthenticationFailed',
    provider,
    operation,
    message: `the access token source ${message}`,
  })

  const ask = async (rejected: string | undefined, signal: AbortSignal): Promise<Either<LicenseError, AccessToken>> => {
    for (let attempts = 1; ; attempts++) {
      let given: string | AccessToken | AccessTokenFailure
      try {
        given = await source({ rejected, signal })
      } catch {
        return E.left(failed('failed'))
      }
      if (Token.is(given)) return E.right(typeof given === 'string' ? { token: given } : given)
      if (!Failure.is(given)) return E.left(failed('gave no token'))
      const reason = secrets.mask(given.reason, rejected === undefined ? [] : [rejected])
      if (given.transient !== true) return E.left(failed(`failed: ${reason}`))
      const { message } = failed(`failed, ${attemptsText(attempts)}: ${reason}`)
      if (attempts >= policy.attempts) return E.left({ _tag: 'Unavailable', provider, operation, message, attempts })
      const ms = backoff(policy, attempts, random)
      emit({ type: 'wait', provider, operation, reason: 'retry', ms })
      await clock.sleep(ms, signal)
      if (signal.aborted) return E.left(stoppedByCaller({ provider, operation }))
    }
  }

  return mintedCredentials({ clock, secrets, abandons: true, mint: (rejected, signal) => () => ask(rejected, signal) })
}

/** Credentials of one token, or of a function that gets tokens. */
export const givenCredentials = (given: string | AccessTokenSource, options: TokenSourceOptions): Credentials =>
  typeof given === 'string' ? fixedCredentials(given) : sourcedCredentials(given, options)

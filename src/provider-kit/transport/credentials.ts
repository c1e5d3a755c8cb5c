import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { LicenseError } from '../../model/license-error.ts'
import { type Clock, elapsedOn } from '../../paging/clock.ts'
import { createSecretBook, type SecretBook } from './secret-book.ts'

/** A token, and how long it lives. */
export interface AccessToken {
  readonly token: string
  /** How long it is valid from now, in milliseconds. Absent: unknown. */
  readonly lifetimeMs?: number | undefined
  /** It may be an old one, so that its refusal says nothing about the next one. Default: false. */
  readonly mayBeOld?: boolean | undefined
}

/** The access token of one credential, shared by all requests that use it. */
export interface Credentials {
  /** The token to send now, or why there is none. */
  readonly current: () => Promise<Either<LicenseError, string>>
  /** The vendor accepted this token. */
  readonly accepted: (token: string) => void
  /**
   * The vendor refused this token. The result says whether to try again with the then current one. `replayOnce`: the refused
   * token was new, so that after a second new one there is no further try.
   */
  readonly rejected: (token: string) => 'replay' | 'replayOnce' | 'giveUp'
  /** All secrets that they ever had. Default: the tokens that were sent. */
  readonly secrets?: SecretBook | undefined
}

/** One token that cannot be replaced. */
export const fixedCredentials = (token: string): Credentials => ({
  current: async () => E.right(token),
  accepted: () => {},
  rejected: () => 'giveUp',
  secrets: createSecretBook(token),
})

/**
 * A caller's function that gets tokens. Called when there is none, and again when the vendor refuses one, with the refused
 * token. Called once for all requests that wait.
 */
export type AccessTokenSource = (rejected?: string) => Promise<string | AccessToken>

const Given = t.union([t.string, t.type({ token: t.string })], 'access token')

/** Tokens from the caller's function. What it throws is not shown, as it may have a secret in it. */
export const sourcedCredentials = (provider: string, source: AccessTokenSource, clock: Clock): Credentials => {
  const failed = (message: string): LicenseError => ({
    _tag: 'AuthenticationFailed',
    provider,
    operation: 'access token source',
    message,
  })
  return mintedCredentials({
    clock,
    mint: (rejected) =>
      pipe(
        TE.tryCatch(
          async () => source(rejected),
          () => failed('the access token source failed'),
        ),
        TE.filterOrElse(Given.is, () => failed('the access token source gave no token')),
        TE.map((given) => (typeof given === 'string' ? { token: given } : given)),
      ),
  })
}

/** Credentials of one token, or of a function that gets tokens. */
export const givenCredentials = (provider: string, given: string | AccessTokenSource, clock: Clock): Credentials =>
  typeof given === 'string' ? fixedCredentials(given) : sourcedCredentials(provider, given, clock)

export interface MintedCredentialsOptions {
  readonly clock: Clock
  /** Gets a token, in place of the rejected one if there was one. Called once for all requests that wait. */
  readonly mint: (rejected: string | undefined) => TaskEither<LicenseError, AccessToken>
  /** How long before it expires a token is replaced, in milliseconds; at most half of its lifetime. Default: 60,000. */
  readonly renewBeforeMs?: number | undefined
  /** Secrets that are needed to get tokens. New tokens are added. Default: an empty book. */
  readonly secrets?: SecretBook | undefined
}

interface Held {
  readonly token: string
  readonly renewAt: number
  /** It is new, and the vendor has not accepted it yet: if it is refused, the next one may be refused too. */
  fresh: boolean
}

const DEFAULT_RENEW_BEFORE_MS = 60_000

/** How long a failure is kept and no token is asked for: the lists of one run share it, and vendors throttle requests for tokens. */
const REMEMBER_FAILURE_MS = 30_000

/** Gets a token when there is none, before the present one expires, and when it is refused. */
export const mintedCredentials = (options: MintedCredentialsOptions): Credentials => {
  const { clock, renewBeforeMs = DEFAULT_RENEW_BEFORE_MS, secrets = createSecretBook() } = options
  const now = () => elapsedOn(clock)
  const hold = ({ token, lifetimeMs, mayBeOld }: AccessToken): Held => ({
    token,
    renewAt:
      lifetimeMs === undefined
        ? Number.POSITIVE_INFINITY
        : now() + Math.max(lifetimeMs - renewBeforeMs, lifetimeMs / 2),
    fresh: mayBeOld !== true,
  })
  let held: Held | undefined
  let lastRejected: string | undefined
  let refusedFresh: string | undefined
  let minting: Promise<Either<LicenseError, string>> | undefined
  let failure: { readonly error: LicenseError; readonly until: number } | undefined

  const mintOnce = () => {
    minting ??= options
      .mint(lastRejected)()
      .then((result) => {
        minting = undefined
        if (E.isLeft(result)) {
          failure = { error: result.left, until: now() + REMEMBER_FAILURE_MS }
          return result
        }
        lastRejected = undefined
        secrets.add(result.right.token)
        held = hold(result.right)
        return E.right(result.right.token)
      })
    return minting
  }

  const mintOrFail = async () => (failure !== undefined && now() < failure.until ? E.left(failure.error) : mintOnce())

  return {
    current: async () => (held !== undefined && now() < held.renewAt ? E.right(held.token) : mintOrFail()),
    accepted: (token) => {
      if (held?.token === token) held.fresh = false
    },
    rejected: (token) => {
      if (held?.token === token) {
        if (held.fresh) refusedFresh = token
        lastRejected = token
        held = undefined
      }
      return token === refusedFresh ? 'replayOnce' : 'replay'
    },
    secrets,
  }
}

import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { LicenseError } from '../../model/license-error.ts'
import { type Clock, elapsedOn } from '../../paging/clock.ts'
import { createSecretBook, type SecretBook } from './secret-book.ts'

export interface AccessToken {
  readonly token: string
  /** How long it lives from now, in milliseconds, where that is known. */
  readonly lifetimeMs?: number | undefined
  /** It is not new, so that its refusal says nothing about the next one. Default: false. */
  readonly mayBeOld?: boolean
}

/** The access token of one credential, shared by all requests that use it. */
export interface Credentials {
  /** The token to send now. Resolves to a failure where none is to be had. */
  readonly current: () => Promise<Either<LicenseError, string>>
  /** The vendor took this token. */
  readonly accepted: (token: string) => void
  /**
   * The vendor refused this token: whether another try with the then current one makes sense. `replayOnce`: this one was
   * new, so that where another new one is refused too there is no point in a third.
   */
  readonly rejected: (token: string) => 'replay' | 'replayOnce' | 'giveUp'
  /** All secrets that they have ever held. Default: the tokens that were sent. */
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
 * Somebody else's way to get tokens. Called when there is none and again, with the token that was refused, when the
 * vendor refuses one. Called once for all requests that wait.
 */
export type AccessTokenSource = (rejected?: string) => Promise<string | AccessToken>

const Given = t.union([t.string, t.type({ token: t.string })], 'access token')

/** Tokens from the caller's own source. What the source throws is not shown, as it may contain anything. */
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

/** One token, or a source of them. */
export const givenCredentials = (provider: string, given: string | AccessTokenSource, clock: Clock): Credentials =>
  typeof given === 'string' ? fixedCredentials(given) : sourcedCredentials(provider, given, clock)

export interface MintedCredentialsOptions {
  readonly clock: Clock
  /** Gets a token, in place of the rejected one where there was one. Called once for all who wait. */
  readonly mint: (rejected: string | undefined) => TaskEither<LicenseError, AccessToken>
  /** How long before its expiry a token is replaced, in milliseconds; at most half of its life. Default: 60,000. */
  readonly renewBeforeMs?: number | undefined
  /** What minting needs and must not be repeated; minted tokens are added to it. Default: an empty one. */
  readonly secrets?: SecretBook | undefined
}

interface Held {
  readonly token: string
  readonly renewAt: number
  /** New, and not yet taken by the vendor: if it is refused, the next one may well be too. */
  fresh: boolean
}

const DEFAULT_RENEW_BEFORE_MS = 60_000

/** So long nobody asks again after a failure: the lists of one run share it, and minting too often is throttled. */
const REMEMBER_FAILURE_MS = 30_000

/** Tokens that are minted when there is none, before the present one expires, and when the present one is refused. */
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

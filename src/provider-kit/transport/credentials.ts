import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
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
  /** The token to send now, or why there is none. `bounds`: they end when the request no longer waits for it. */
  readonly current: (bounds?: {
    readonly whenEnded: (act: () => void) => () => void
  }) => Promise<Either<LicenseError, string>>
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

type Bounds = Parameters<Credentials['current']>[0]

/** One token that cannot be replaced. */
export const fixedCredentials = (token: string): Credentials => ({
  current: async () => E.right(token),
  accepted: () => {},
  rejected: () => 'giveUp',
  secrets: createSecretBook(token),
})

export interface MintedCredentialsOptions {
  readonly clock: Clock
  /**
   * Gets a token, in place of the rejected one if there was one. Called once for all requests that wait. `signal`: see
   * `abandons`; without that, it never fires.
   */
  readonly mint: (rejected: string | undefined, signal: AbortSignal) => TaskEither<LicenseError, AccessToken>
  /**
   * When no request waits any longer, the signal of `mint` fires, and the next request has it called anew. Default: false: it is
   * left to end, as a token that a vendor has rotated would be lost.
   */
  readonly abandons?: boolean | undefined
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

/** A token that is being got, for all requests that wait. */
interface Minting {
  readonly outcome: Promise<Either<LicenseError, string>>
  readonly stop: AbortController
  /** How many requests wait for it. */
  waiting: number
}

const DEFAULT_RENEW_BEFORE_MS = 60_000

/** How long a failure is kept and no token is asked for: the lists of one run share it, and vendors throttle requests for tokens. */
const REMEMBER_FAILURE_MS = 30_000

/** Gets a token when there is none, before the present one expires, and when it is refused. */
export const mintedCredentials = (options: MintedCredentialsOptions): Credentials => {
  const { clock, renewBeforeMs = DEFAULT_RENEW_BEFORE_MS, secrets = createSecretBook(), abandons = false } = options
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
  let minting: Minting | undefined
  let failure: { readonly error: LicenseError; readonly until: number } | undefined

  const mint = async (stop: AbortController): Promise<Either<LicenseError, string>> => {
    const result = await options.mint(lastRejected, stop.signal)()
    if (E.isRight(result)) secrets.add(result.right.token)
    // No request waits for it any longer, and another token may have come since.
    if (stop.signal.aborted) return E.map(({ token }: AccessToken) => token)(result)
    minting = undefined
    if (E.isLeft(result)) {
      failure = { error: result.left, until: now() + REMEMBER_FAILURE_MS }
      return result
    }
    lastRejected = undefined
    held = hold(result.right)
    return E.right(result.right.token)
  }

  const begin = (): Minting => {
    const stop = new AbortController()
    return { outcome: mint(stop), stop, waiting: 0 }
  }

  /** A request that no longer waits. */
  const leave = (left: Minting) => {
    left.waiting--
    if (!abandons || left.waiting > 0 || minting !== left) return
    minting = undefined
    left.stop.abort()
  }

  const mintOnce = (bounds: Bounds): Promise<Either<LicenseError, string>> => {
    minting ??= begin()
    const awaited = minting
    awaited.waiting++
    return awaited.outcome.finally(bounds?.whenEnded(() => leave(awaited)))
  }

  const mintOrFail = async (bounds: Bounds) =>
    failure !== undefined && now() < failure.until ? E.left(failure.error) : mintOnce(bounds)

  return {
    current: async (bounds) => (held !== undefined && now() < held.renewAt ? E.right(held.token) : mintOrFail(bounds)),
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

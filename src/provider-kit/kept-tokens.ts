import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { LicenseError } from '../model/license-error.ts'
import { sha256Hex } from '../model/sha256.ts'
import type { PlaceOptions } from './api-access.ts'
import { describeStoreFailure, signInText, type TokenStore } from './token-store.ts'

/**
 * A client whose tokens are kept from one run to the next: those of a person who signs in, or of an app whose refresh token the
 * vendor rotates (OAuth 2, RFC 6749, 4.1 and 6).
 */
export interface KeptClient extends PlaceOptions {
  readonly clientId: string
  /** For clients that have a secret, and must send it in the form. Default: there is none. */
  readonly clientSecret?: string | undefined
  /** Where tokens are issued: `/oauth/token`. */
  readonly path: string
  /** Where they are kept. Default: nowhere. */
  readonly store?: TokenStore | undefined
  /** For clients that get refresh tokens. Absent: when the token of a person has expired, the person signs in again. */
  readonly refresh?:
    | {
        /** The first refresh token, as configured. Default: that of the person who has signed in. */
        readonly token?: string | undefined
        /** How long before it expires an access token is renewed, in milliseconds. */
        readonly beforeMs: number
      }
    | undefined
}

/** Tokens as they are now. */
export interface KeptTokens {
  readonly accessToken: string
  readonly refreshToken?: string | undefined
  /** Milliseconds since the epoch, where the vendor said how long the access token lives. */
  readonly expiresAt?: number | undefined
}

/**
 * The text in the store, with what the tokens belong to. `configured`: the SHA-256 of the refresh token that was configured when
 * it was written. `issuedBy`: where there are no refresh tokens, the login and the client.
 */
const Kept = t.union(
  [
    t.intersection([
      t.type({ accessToken: t.string, refreshToken: t.string, configured: t.string }),
      t.partial({ expiresAt: t.number }),
    ]),
    t.intersection([t.type({ accessToken: t.string, issuedBy: t.string }), t.partial({ expiresAt: t.number })]),
  ],
  'kept tokens',
)

/** The message, if it fails. */
type OrMessage<A> = TaskEither<string, A>

/** The tokens of earlier runs and of other processes. */
export interface KeptTokenStore {
  /** Undefined if there are none, or they belong to another client, or another refresh token has been configured since. */
  readonly load: OrMessage<KeptTokens | undefined>
  /** Keeps room for new tokens, before what they are got with is used up. */
  readonly ready: OrMessage<void>
  /** Gives the room back if no `save` follows. */
  readonly release: () => Promise<void>
  readonly save: (tokens: KeptTokens) => OrMessage<void>
  /** A renewal while no other process that shares the store has one. */
  readonly alone: <A>(renewal: TaskEither<LicenseError, A>) => OrMessage<Either<LicenseError, A>>
}

const UNREADABLE = 'the kept tokens could not be read'

const asking = <A>(what: string, ask: () => Promise<A>): OrMessage<A> =>
  TE.tryCatch(ask, (thrown) => describeStoreFailure(what, thrown))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The tokens in the store of a client. They are newer than the configured refresh token, unless another one was configured
 * since.
 */
export const keptTokensOf = ({ store, refresh, url, clientId }: KeptClient): KeptTokenStore => {
  const ownerNow = async () =>
    refresh === undefined ? { issuedBy: `${url} ${clientId}` } : { configured: await sha256Hex(refresh.token ?? '') }
  const advice =
    refresh?.token === undefined ? `sign in again${signInText(store)}` : 'delete it to use the configured token again'
  const damaged = `${UNREADABLE}: ${store?.place ?? 'the token store'} was damaged or edited; ${advice}`
  return {
    load: pipe(
      asking(UNREADABLE, async () => {
        const [text, owner] = await Promise.all([store?.read(), ownerNow()])
        return { text: text ?? undefined, owner }
      }),
      TE.flatMap(({ text, owner }): OrMessage<KeptTokens | undefined> => {
        if (text === undefined) return TE.right(undefined)
        const kept = parsed(text)
        if (!Kept.is(kept) || 'configured' in kept !== 'configured' in owner) return TE.left(damaged)
        const { accessToken, expiresAt } = kept
        if ('configured' in kept) {
          const { configured, refreshToken } = kept
          return TE.right(configured === owner.configured ? { accessToken, refreshToken, expiresAt } : undefined)
        }
        return TE.right(kept.issuedBy === owner.issuedBy ? { accessToken, expiresAt } : undefined)
      }),
    ),
    ready: asking('new tokens could not be kept, so Seatlens did not ask for any', async () => store?.ready?.()),
    release: async () => {
      await asking('', async () => store?.release?.())()
    },
    save: (tokens) =>
      asking('the new tokens could not be kept', async () =>
        store?.write(JSON.stringify({ ...tokens, ...(await ownerNow()) })),
      ),
    alone: (renewal) =>
      asking('the tokens could not be renewed alone', async () =>
        store?.alone === undefined ? renewal() : store.alone(renewal),
      ),
  }
}

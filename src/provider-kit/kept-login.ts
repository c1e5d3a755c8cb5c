import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Clock } from '../paging/clock.ts'
import type { ApiAccess, LoginOptions } from './api-access.ts'
import { lifetimeOf } from './client-login.ts'
import { type KeptClient, type KeptTokens, keptTokensOf } from './kept-tokens.ts'
import { signInText } from './token-store.ts'
import type { AccessToken } from './transport/credentials.ts'

/** What cannot be read of the lifetime must not cost the tokens: a refresh token that was rotated would be lost. */
export const IssuedTokens = t.intersection(
  [
    t.type({ access_token: t.string }),
    t.partial({ refresh_token: t.union([t.string, t.null, t.undefined], 'string'), expires_in: t.unknown }),
  ],
  'Tokens',
)

/** The tokens of an answer. `spent`: the refresh token that they were got with, if the answer has none. */
export const tokensIn = (
  { access_token: accessToken, refresh_token, expires_in }: t.TypeOf<typeof IssuedTokens>,
  { refresh }: KeptClient,
  clock: Clock,
  spent = '',
): KeptTokens => {
  const lifetimeMs = lifetimeOf(expires_in)
  return {
    accessToken,
    ...(refresh === undefined ? {} : { refreshToken: refresh_token || spent }),
    expiresAt: lifetimeMs === undefined ? undefined : clock.now() + lifetimeMs,
  }
}

/** For the token store. */
export const failingAs = ({ provider }: Pick<ApiAccess, 'provider'>) => {
  const failed = (message: string): LicenseError => ({
    _tag: 'AuthenticationFailed',
    provider,
    operation: 'token store',
    message,
  })
  return <A>(work: TaskEither<string, A>): TaskEither<LicenseError, A> => TE.mapLeft(failed)(work)
}

const NOT_SIGNED_IN = 'no user has signed in yet; sign in first'
const NO_REFRESH_TOKEN = 'no refresh token is configured, and none was kept; configure refreshToken, or sign in first'
const EXPIRED = 'the sign-in has expired; sign in again'
const REFUSED = 'the vendor refuses the token of the sign-in; sign in again'

/**
 * The login of a client whose tokens are kept in a token store. Where the vendor gives refresh tokens, access tokens are
 * refreshed, and what the vendor rotates is kept before it is used. Else the token of the person who has signed in is used until
 * it expires.
 */
export const keptLogin = (client: KeptClient): LoginOptions => {
  const { clientId, clientSecret, path, store: _, refresh, ...place } = client
  const store = keptTokensOf(client)
  const configured = refresh?.token
  const toSignIn = (message: string) => `${message}${signInText(client.store)}`
  return {
    ...place,
    secrets: [clientSecret, configured].flatMap((secret) => secret ?? []),
    renewBeforeMs: refresh?.beforeMs ?? 0,
    mint: ({ provider, clock, secrets, call }) => {
      let refreshToken = configured ?? ''
      /** Ours are newer than the kept ones, as they could not be kept. */
      let isUnkept = false
      /** The access token that was given out last. */
      let current: string | undefined
      const orFailure = failingAs({ provider })
      const lifetimeOfKept = ({ expiresAt }: KeptTokens) =>
        expiresAt === undefined ? undefined : expiresAt - clock.now()

      const refreshWith = (spent: string): TaskEither<LicenseError, AccessToken> => {
        const form = {
          grant_type: 'refresh_token',
          client_id: clientId,
          ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
          refresh_token: spent,
        }
        return pipe(
          orFailure(store.ready),
          TE.flatMap(() => call({ method: 'POST', path, form, repeatable: true }, IssuedTokens, {})),
          TE.orElseFirstTaskK(() => store.release),
          TE.flatMap((answer) => {
            const tokens = tokensIn(answer, client, clock, spent)
            const token = tokens.accessToken
            refreshToken = tokens.refreshToken ?? ''
            secrets.add(token, refreshToken)
            current = token
            isUnkept = true
            return pipe(
              orFailure(store.save(tokens)),
              TE.map(() => {
                isUnkept = false
                return { token, lifetimeMs: lifetimeOfKept(tokens) }
              }),
            )
          }),
        )
      }

      const useOf = (kept: KeptTokens): TaskEither<LicenseError, AccessToken> => {
        current = kept.accessToken
        return TE.right({ token: kept.accessToken, lifetimeMs: lifetimeOfKept(kept), mayBeOld: true })
      }

      const load = pipe(
        orFailure(store.load),
        TE.map((kept) => {
          if (kept !== undefined) secrets.add(kept.accessToken, ...(kept.refreshToken ? [kept.refreshToken] : []))
          return kept
        }),
      )

      const keptAlone = (rejected: string | undefined) => (kept: KeptTokens | undefined) => {
        if (kept === undefined) return orFailure(TE.left(toSignIn(NOT_SIGNED_IN)))
        if ((lifetimeOfKept(kept) ?? Number.POSITIVE_INFINITY) <= 0) return orFailure(TE.left(toSignIn(EXPIRED)))
        return kept.accessToken === rejected ? orFailure(TE.left(toSignIn(REFUSED))) : useOf(kept)
      }
      if (refresh === undefined) return (rejected) => pipe(load, TE.flatMap(keptAlone(rejected)))

      /** Kept tokens are those of another process's last renewal, or of ours: good where they are neither refused nor old. */
      const isGood = (kept: KeptTokens, rejected: string | undefined): boolean =>
        kept.accessToken !== rejected &&
        kept.accessToken !== current &&
        (lifetimeOfKept(kept) ?? Number.POSITIVE_INFINITY) > refresh.beforeMs

      /** The kept tokens where they are good, else what `otherwise` makes of them. */
      const keptOr = (
        rejected: string | undefined,
        otherwise: (kept: KeptTokens | undefined) => TaskEither<LicenseError, AccessToken>,
      ): TaskEither<LicenseError, AccessToken> =>
        pipe(
          load,
          TE.flatMap((kept) =>
            kept === undefined || isUnkept || !isGood(kept, rejected) ? otherwise(kept) : useOf(kept),
          ),
        )

      const renewed = (kept: KeptTokens | undefined): TaskEither<LicenseError, AccessToken> => {
        if (kept !== undefined && !isUnkept) return refreshWith(kept.refreshToken ?? '')
        return refreshToken === '' ? orFailure(TE.left(toSignIn(NO_REFRESH_TOKEN))) : refreshWith(refreshToken)
      }

      /** Only the refresh itself waits for those of other processes; then theirs may be what is asked for. */
      return (rejected) =>
        keptOr(rejected, () => pipe(orFailure(store.alone(keptOr(rejected, renewed))), TE.flatMap(TE.fromEither)))
    },
  }
}

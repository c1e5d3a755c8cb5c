import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccessToken, Http, LicenseError } from '../../src/provider-kit/index.ts'
import type { GenesysConfig } from './config.ts'
import { readLoginFailure } from './failures.ts'
import { keptToken } from './kept-token.ts'
import { urlsOf } from './regions.ts'

/** A configuration of a client with which a person signs in. */
export type PersonConfig = Extract<GenesysConfig, { readonly signIn: true }>

export const storeOf = (config: PersonConfig) =>
  keptToken(config.tokens, `${urlsOf(config).loginUrl} ${config.clientId}`)

export const personLoginOf = (config: PersonConfig) => {
  const { loginUrl } = urlsOf(config)
  return { url: loginUrl, readFailure: readLoginFailure(new URL(loginUrl).host) }
}

/**
 * The token of the person who has signed in. The vendor gives no refresh token to a client without a secret: when it has
 * expired, the person signs in again.
 */
export const signedInLogin = (config: PersonConfig): Http.LoginOptions => {
  const store = storeOf(config)
  return {
    ...personLoginOf(config),
    renewBeforeMs: 0,
    mint:
      ({ provider, clock, secrets }) =>
      (rejected) => {
        const failed = (message: string): LicenseError => ({
          _tag: 'AuthenticationFailed',
          provider,
          operation: 'token store',
          message,
        })
        return pipe(
          store.load,
          TE.mapLeft(failed),
          TE.flatMap((kept): TE.TaskEither<LicenseError, AccessToken> => {
            if (kept === undefined) return TE.left(failed('nobody has signed in yet; sign in first'))
            const { accessToken, expiresAt } = kept
            secrets.add(accessToken)
            const lifetimeMs = expiresAt === undefined ? undefined : expiresAt - clock.now()
            if (lifetimeMs !== undefined && lifetimeMs <= 0)
              return TE.left(failed('the sign-in has expired; sign in again'))
            if (accessToken === rejected)
              return TE.left(failed('the vendor refuses the token of the sign-in; sign in again'))
            return TE.right({ token: accessToken, lifetimeMs, mayBeOld: true })
          }),
        )
      },
  }
}

import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { ApiRequest, LoginOptions } from './api-access.ts'

/** The lifetime is only to renew it in time: what cannot be read as a number must not cost the token. */
const Token = t.intersection([t.type({ access_token: t.string }), t.partial({ expires_in: t.unknown })], 'OAuthToken')

/**
 * `expires_in` in milliseconds. The vendor gives seconds, as a number or as text; a token with an unknown lifetime is used until
 * it is refused.
 */
export const lifetimeOf = (expiresIn: unknown): number | undefined => {
  const seconds = typeof expiresIn === 'string' && /^\d+$/.test(expiresIn) ? Number(expiresIn) : expiresIn
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds * 1000) ? seconds * 1000 : undefined
}

/** How a client gets tokens for itself. */
export interface ClientLogin extends Pick<LoginOptions, 'url' | 'readFailure' | 'renewBeforeMs'> {
  /** Sent as Basic authentication. */
  readonly client: NonNullable<LoginOptions['client']>
  /** The path, and the grant in a form or in the query. */
  readonly request: Pick<ApiRequest, 'path' | 'form' | 'query'>
}

/** The login of a client (OAuth 2, RFC 6749, 4.4), which asks for a new token whenever it needs one. */
export const clientLogin = ({ request, ...login }: ClientLogin): LoginOptions => ({
  ...login,
  abandons: true,
  mint:
    ({ call }) =>
    (_, scope) =>
      pipe(
        call({ method: 'POST', ...request, repeatable: true }, Token, scope),
        TE.map(({ access_token, expires_in }) => ({ token: access_token, lifetimeMs: lifetimeOf(expires_in) })),
      ),
})

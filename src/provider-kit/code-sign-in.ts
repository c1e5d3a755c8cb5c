import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Decoder } from '../model/decoder.ts'
import type { Clock } from '../paging/clock.ts'
import { whenRun } from '../paging/request-scope.ts'
import { type LoginAccessOptions, openLogin } from './api-access.ts'
import type { SignIn } from './sign-in.ts'
import type { ProviderRuntime } from './transport/runtime.ts'

/** The tokens of a person, as an answer has them: what is kept, and the secrets in it. */
export interface RedeemedTokens<A> {
  readonly tokens: A
  readonly secrets: readonly string[]
}

/** Where tokens of a person are kept. `Left`: the message, if it fails. */
export interface SignInStore<A> {
  /** Keeps room for them, before the code is used up. */
  readonly ready: TaskEither<string, void>
  /** Gives the room back if no `save` follows. */
  readonly release: () => Promise<void>
  readonly save: (tokens: A) => TaskEither<string, void>
}

/** How a vendor does the authorization code flow with PKCE. `B`: its answer. `A`: what is kept of it. */
export interface CodeSignIn<A, B> extends Pick<SignIn, 'scopes' | 'scopesOfChanges'> {
  /** The page on which the person allows it. */
  readonly page: URL
  readonly clientId: string
  /** For clients that have a secret, and must send it. Default: there is none. */
  readonly clientSecret?: string | undefined
  /** Where the code is exchanged. */
  readonly login: LoginAccessOptions
  readonly path: string
  readonly codec: Decoder<B>
  readonly tokensOf: (answer: B, clock: Clock) => RedeemedTokens<A>
  readonly store: SignInStore<A>
}

/** The sign-in of a person by the authorization code flow (RFC 6749, 4.1) with PKCE (RFC 7636). */
export const codeSignIn = <A, B>(flow: CodeSignIn<A, B>, runtime: ProviderRuntime): SignIn => {
  const { clientId, clientSecret, store } = flow
  return {
    scopes: flow.scopes,
    scopesOfChanges: flow.scopesOfChanges,
    addressOf: ({ redirectUri, state, codeChallenge, scopes }) => {
      const url = new URL(flow.page)
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString()
      return url
    },
    redeem: (code, { redirectUri, codeVerifier }, options = {}) => {
      const ofClient = clientSecret === undefined ? [] : [clientSecret]
      const { secrets = [] } = flow.login
      const login = openLogin({ ...flow.login, secrets: [...secrets, ...ofClient, code, codeVerifier] }, runtime)
      const { provider, clock, secrets: book, call } = login
      const orFailure = TE.mapLeft((message: string) => ({
        _tag: 'AuthenticationFailed' as const,
        provider,
        operation: 'token store',
        message,
      }))
      const form = {
        grant_type: 'authorization_code',
        client_id: clientId,
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }
      return whenRun(options, clock, (scope) =>
        pipe(
          orFailure(store.ready),
          // A code can be used once.
          TE.flatMap(() => call({ method: 'POST', path: flow.path, form, repeatable: false }, flow.codec, scope)),
          TE.orElseFirstTaskK(() => store.release),
          TE.flatMap((answer) => {
            const redeemed = flow.tokensOf(answer, clock)
            book.add(...redeemed.secrets)
            return orFailure(store.save(redeemed.tokens))
          }),
        ),
      )
    },
  }
}

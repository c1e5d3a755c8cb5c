import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { whenRun } from '../paging/request-scope.ts'
import { type ConnectionOptions, openLogin } from './api-access.ts'
import type { Need } from './diagnosis/diagnosis.ts'
import { urlOf } from './json-api.ts'
import { failingAs, IssuedTokens, tokensIn } from './kept-login.ts'
import { type KeptClient, keptTokensOf } from './kept-tokens.ts'
import type { SignIn } from './sign-in.ts'
import type { ProviderRuntime } from './transport/runtime.ts'

/** How a person signs in to a client. */
export interface CodeSignIn extends Pick<ConnectionOptions, 'id' | 'retry'> {
  readonly client: KeptClient
  /** The page on which the person allows it, beside the path where tokens are issued: `/oauth/authorize`. */
  readonly page: string
  /** What tokens must be good for, as in the diagnosis: the first scope of each. Default: no scopes are asked for. */
  readonly needs?: readonly Need[] | undefined
}

/** Each once. One of each list is enough. */
const scopesFor = (needs: readonly Need[]): readonly string[] => [
  ...new Set(needs.flatMap(({ anyOf }) => anyOf.slice(0, 1))),
]

/** The sign-in of a person by the authorization code flow (RFC 6749, 4.1) with PKCE (RFC 7636). */
export const codeSignIn = ({ client, page, needs = [], id, retry }: CodeSignIn, runtime: ProviderRuntime): SignIn => {
  const { clientId, clientSecret, path, url, operationPrefix, readFailure } = client
  const store = keptTokensOf(client)
  return {
    scopes: scopesFor(needs.filter((need) => need.for.some((operation) => operation !== 'changeAssignments'))),
    scopesOfChanges: scopesFor(needs.filter((need) => need.for.includes('changeAssignments'))),
    addressOf: ({ redirectUri, state, codeChallenge, scopes }) => {
      const address = urlOf(url, page)
      address.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString()
      return address
    },
    redeem: (code, { redirectUri, codeVerifier }, options = {}) => {
      const ofClient = clientSecret === undefined ? [] : [clientSecret]
      const secrets = [...ofClient, code, codeVerifier]
      const login = openLogin({ id, retry, url, operationPrefix, readFailure, secrets }, runtime)
      const { clock, secrets: book, call } = login
      const orFailure = failingAs(login)
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
          TE.flatMap(() => call({ method: 'POST', path, form, repeatable: false }, IssuedTokens, scope)),
          TE.orElseFirstTaskK(() => store.release),
          TE.flatMap((answer) => {
            const tokens = tokensIn(answer, client, clock)
            book.add(tokens.accessToken, ...(tokens.refreshToken ? [tokens.refreshToken] : []))
            return orFailure(store.save(tokens))
          }),
        ),
      )
    },
  }
}

import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Calls, Http, type Need, type ProviderRuntime, type SignIn } from '../../src/provider-kit/index.ts'
import { placeOf, tokensOf } from './access.ts'
import { Tokens } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { readTokenFailure } from './failures.ts'
import { keptTokens } from './kept-tokens.ts'
import { needsOf } from './needs.ts'
import { checkedConfig } from './settings.ts'

/** The scopes of operations. One of each list is enough. */
const scopesFor = (needs: readonly Need[]): readonly string[] => [
  ...new Set(needs.flatMap(({ anyOf }) => anyOf.slice(0, 1))),
]

const isForChanges = (need: Need): boolean => need.for.includes('changeAssignments')

const authorizationUrl = (config: WebexConfig): URL => {
  const url = new URL(placeOf(config).url)
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, '')}/authorize`
  return url
}

/**
 * How an administrator signs in to an integration of Webex. The vendor documents the authorization code flow with PKCE, and
 * asks for the secret of the integration too.
 */
export const webexSignIn = (given: WebexConfig, runtime: ProviderRuntime): SignIn | undefined => {
  const config = checkedConfig(given)
  if ('accessToken' in config) return undefined
  const { clientId, clientSecret, refreshToken = '', tokens } = config
  const store = keptTokens(tokens, refreshToken)
  return {
    scopes: scopesFor(needsOf(config).filter((need) => !isForChanges(need))),
    scopesOfChanges: scopesFor(needsOf(config).filter(isForChanges)),
    addressOf: ({ redirectUri, state, codeChallenge, scopes }) => {
      const url = authorizationUrl(config)
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString()
      return url
    },
    redeem: (code, { redirectUri, codeVerifier }, options = {}) => {
      const login = Http.openLogin(
        {
          id: config.id ?? 'webex',
          retry: config.retry,
          ...placeOf(config),
          readFailure: readTokenFailure,
          secrets: [clientSecret, code, codeVerifier],
        },
        runtime,
      )
      const { provider, clock, secrets, call } = login
      const orFailure = TE.mapLeft((message: string) => ({
        _tag: 'AuthenticationFailed' as const,
        provider,
        operation: 'token store',
        message,
      }))
      const form = {
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }
      return Calls.whenRun(options, clock, (scope) =>
        pipe(
          orFailure(store.ready),
          // A code can be used once.
          TE.flatMap(() => call({ method: 'POST', path: '/access_token', form, repeatable: false }, Tokens, scope)),
          TE.orElseFirstTaskK(() => store.release),
          TE.flatMap((answer) => {
            const redeemed = tokensOf(answer, '', clock)
            secrets.add(redeemed.accessToken, redeemed.refreshToken)
            return orFailure(store.save(redeemed))
          }),
        ),
      )
    },
  }
}

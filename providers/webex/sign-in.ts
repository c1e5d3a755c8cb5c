import { Http, type Need, type ProviderRuntime, type SignIn } from '../../src/provider-kit/index.ts'
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
  return Http.codeSignIn(
    {
      scopes: scopesFor(needsOf(config).filter((need) => !isForChanges(need))),
      scopesOfChanges: scopesFor(needsOf(config).filter(isForChanges)),
      page: authorizationUrl(config),
      clientId,
      clientSecret,
      login: { id: config.id ?? 'webex', retry: config.retry, ...placeOf(config), readFailure: readTokenFailure },
      path: '/access_token',
      codec: Tokens,
      tokensOf: (answer, clock) => {
        const redeemed = tokensOf(answer, '', clock)
        return { tokens: redeemed, secrets: [redeemed.accessToken, redeemed.refreshToken] }
      },
      store: keptTokens(tokens, refreshToken),
    },
    runtime,
  )
}

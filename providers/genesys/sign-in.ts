import { Http, type ProviderRuntime, type SignIn } from '../../src/provider-kit/index.ts'
import { Token } from './codecs.ts'
import type { GenesysConfig } from './config.ts'
import { urlsOf } from './regions.ts'
import { checkedConfig } from './settings.ts'
import { personLoginOf, storeOf } from './signed-in.ts'

/**
 * How a person signs in to an OAuth client with the grant "Code Authorization", with PKCE and without its secret, as the
 * vendor's own client does. What the token may be used for is set at that client, and by the roles of the person.
 */
export const genesysSignIn = (given: GenesysConfig, runtime: ProviderRuntime): SignIn | undefined => {
  const config = checkedConfig(given)
  if (!('signIn' in config)) return undefined
  return Http.codeSignIn(
    {
      scopes: [],
      scopesOfChanges: [],
      page: new URL('/oauth/authorize', urlsOf(config).loginUrl),
      clientId: config.clientId,
      login: { id: config.id ?? 'genesys', retry: config.retry, ...personLoginOf(config) },
      path: '/oauth/token',
      codec: Token,
      tokensOf: ({ access_token: accessToken, expires_in }, clock) => {
        const lifetimeMs = Http.lifetimeOf(expires_in)
        const expiresAt = lifetimeMs === undefined ? undefined : clock.now() + lifetimeMs
        return { tokens: { accessToken, expiresAt }, secrets: [accessToken] }
      },
      store: storeOf(config),
    },
    runtime,
  )
}

import { Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import { loginPlaceOf } from './access.ts'
import type { GenesysConfig } from './config.ts'
import { checkedConfig } from './settings.ts'

/**
 * How a person signs in to an OAuth client with the grant "Code Authorization", with PKCE and without its secret, as the
 * vendor's own client does. What the token may be used for is set at that client, and by the roles of the person.
 */
export const genesysSignIn = (given: GenesysConfig, runtime: ProviderRuntime) => {
  const config = checkedConfig(given)
  if (!('signIn' in config)) return undefined
  const { id = 'genesys', retry, clientId, tokens: store } = config
  const client = { ...loginPlaceOf(config), clientId, store }
  return Http.codeSignIn({ id, retry, client, page: '/oauth/authorize' }, runtime)
}

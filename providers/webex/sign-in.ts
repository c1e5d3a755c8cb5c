import { Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import { tokenClientOf } from './access.ts'
import type { WebexConfig } from './config.ts'
import { needsOf } from './needs.ts'
import { checkedConfig } from './settings.ts'

/**
 * How an administrator signs in to an integration of Webex. The vendor documents the authorization code flow with PKCE, and
 * asks for the secret of the integration too.
 */
export const webexSignIn = (given: WebexConfig, runtime: ProviderRuntime) => {
  const config = checkedConfig(given)
  if ('accessToken' in config) return undefined
  const { id = 'webex', retry } = config
  const client = tokenClientOf(config)
  return Http.codeSignIn({ id, retry, client, page: '/authorize', needs: needsOf(config) }, runtime)
}

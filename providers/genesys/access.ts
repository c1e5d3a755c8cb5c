import { type Credentials, Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import type { GenesysConfig } from './config.ts'
import { readApiFailure, readLoginFailure, readRate } from './failures.ts'
import { urlsOf } from './regions.ts'
import { checkedConfig } from './settings.ts'
import { signedInLogin } from './signed-in.ts'

const loginOf = (url: string, id: string, secret: string) =>
  Http.clientLogin({
    url,
    readFailure: readLoginFailure(new URL(url).host),
    client: { id, secret },
    request: { path: '/oauth/token', form: { grant_type: 'client_credentials' } },
  })

const tokenOf = (config: GenesysConfig): Http.ConnectionOptions['token'] => {
  if ('accessToken' in config) return config.accessToken
  if ('signIn' in config) return signedInLogin(config)
  return loginOf(urlsOf(config).loginUrl, config.clientId, config.clientSecret)
}

const connectionOf = (config: GenesysConfig): Http.ConnectionOptions => ({
  id: config.id ?? 'genesys',
  retry: config.retry,
  token: tokenOf(config),
})

/**
 * The credentials of a configuration by themselves: handed to several providers as `runtime.credentials`, they mint a
 * token once for all of them.
 */
export const createGenesysCredentials = (config: GenesysConfig, runtime: ProviderRuntime = {}): Credentials =>
  Http.openCredentials(connectionOf(checkedConfig(config)), runtime)

/** A way into one organization. */
export const openGenesysAccess = (given: GenesysConfig, runtime: ProviderRuntime): Http.ApiAccess => {
  const config = checkedConfig(given)
  return Http.openApi(
    { ...connectionOf(config), url: urlsOf(config).apiUrl, readFailure: readApiFailure, readRate },
    runtime,
  )
}

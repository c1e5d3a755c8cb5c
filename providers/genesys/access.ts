import { Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import type { GenesysConfig } from './config.ts'
import { readApiFailure, readLoginFailure, readRate } from './failures.ts'
import { urlsOf } from './regions.ts'
import { checkedConfig } from './settings.ts'

/** The login host of an organization. */
export const loginPlaceOf = (config: GenesysConfig) => {
  const { loginUrl: url } = urlsOf(config)
  return { url, path: '/oauth/token', readFailure: readLoginFailure(new URL(url).host) }
}

/**
 * The vendor gives no refresh token to a client without a secret: when the token of a person has expired, the person signs in
 * again.
 */
const tokenOf = (config: GenesysConfig) => {
  if ('accessToken' in config) return config.accessToken
  const { path, ...place } = loginPlaceOf(config)
  const { clientId } = config
  if ('signIn' in config) return Http.keptLogin({ ...place, path, clientId, store: config.tokens })
  return Http.clientLogin({
    ...place,
    client: { id: clientId, secret: config.clientSecret },
    request: { path, form: { grant_type: 'client_credentials' } },
  })
}

const connectionOf = (config: GenesysConfig) => ({
  id: config.id ?? 'genesys',
  retry: config.retry,
  token: tokenOf(config),
})

/**
 * The credentials of a configuration by themselves: handed to several providers as `runtime.credentials`, they mint a
 * token once for all of them.
 */
export const createGenesysCredentials = (config: GenesysConfig, runtime: ProviderRuntime = {}) =>
  Http.openCredentials(connectionOf(checkedConfig(config)), runtime)

/** A way into one organization. */
export const openGenesysAccess = (given: GenesysConfig, runtime: ProviderRuntime): Http.ApiAccess => {
  const config = checkedConfig(given)
  return Http.openApi(
    { ...connectionOf(config), url: urlsOf(config).apiUrl, readFailure: readApiFailure, readRate },
    runtime,
  )
}

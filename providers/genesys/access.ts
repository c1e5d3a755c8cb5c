import { type Credentials, Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import type { GenesysConfig } from './config.ts'
import { readApiFailure, readLoginFailure, readRate } from './failures.ts'
import { type RegionUrls, urlsOfRegion } from './regions.ts'
import { checkedConfig } from './settings.ts'

const urlsOf = (config: GenesysConfig): RegionUrls => {
  const { apiUrl, loginUrl } = config
  if (apiUrl !== undefined && loginUrl !== undefined) return { apiUrl, loginUrl }
  const ofRegion = 'region' in config ? urlsOfRegion(config.region) : { apiUrl: '', loginUrl: '' }
  return { apiUrl: apiUrl ?? ofRegion.apiUrl, loginUrl: loginUrl ?? ofRegion.loginUrl }
}

const loginOf = (url: string, id: string, secret: string) =>
  Http.clientLogin({
    url,
    readFailure: readLoginFailure(new URL(url).host),
    client: { id, secret },
    request: { path: '/oauth/token', form: { grant_type: 'client_credentials' } },
  })

const connectionOf = (config: GenesysConfig): Http.ConnectionOptions => ({
  id: config.id ?? 'genesys',
  retry: config.retry,
  token:
    'accessToken' in config
      ? config.accessToken
      : loginOf(urlsOf(config).loginUrl, config.clientId, config.clientSecret),
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

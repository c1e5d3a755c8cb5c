import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Credentials, Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import { OAuthToken } from './codecs.ts'
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

/** Seconds, as a number or as text; a token with an unknown lifetime is used until it is refused. */
const lifetimeOf = (expiresIn: unknown): number | undefined => {
  const seconds = typeof expiresIn === 'string' && /^\d+$/.test(expiresIn) ? Number(expiresIn) : expiresIn
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds * 1000) ? seconds * 1000 : undefined
}

const loginOf = (url: string, id: string, secret: string): Http.LoginOptions => ({
  url,
  readFailure: readLoginFailure(new URL(url).host),
  client: { id, secret },
  mint: (login) => () =>
    pipe(
      login.call(
        { method: 'POST', path: '/oauth/token', form: { grant_type: 'client_credentials' }, repeatable: true },
        OAuthToken,
        {},
      ),
      TE.map(({ access_token, expires_in }) => ({ token: access_token, lifetimeMs: lifetimeOf(expires_in) })),
    ),
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

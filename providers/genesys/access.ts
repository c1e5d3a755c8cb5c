import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  Calls,
  type Credentials,
  Http,
  type ProviderRuntime,
  providerIdOf,
} from '../../src/provider-kit/index.ts'
import { OAuthToken } from './codecs.ts'
import { DEFAULT_ID, type GenesysConfig } from './config.ts'
import { readApiFailure, readLoginFailure, readRate } from './failures.ts'
import { type RegionUrls, urlsOfRegion } from './regions.ts'
import { checkedConfig } from './settings.ts'

/** A way into one organization. */
export interface GenesysAccess extends Http.ApiAccess {
  readonly apiUrl: string
}

const urlsOf = (config: GenesysConfig): RegionUrls => {
  const { apiUrl, loginUrl } = config
  if (apiUrl !== undefined && loginUrl !== undefined) return { apiUrl, loginUrl }
  const ofRegion = 'region' in config ? urlsOfRegion(config.region) : { apiUrl: '', loginUrl: '' }
  return { apiUrl: apiUrl ?? ofRegion.apiUrl, loginUrl: loginUrl ?? ofRegion.loginUrl }
}

const basicCredential = (clientId: string, clientSecret: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(`${clientId}:${clientSecret}`)))

/** What a configuration has that must not be repeated. */
const secretsIn = (config: GenesysConfig): readonly string[] => {
  if ('clientSecret' in config) return [config.clientSecret, basicCredential(config.clientId, config.clientSecret)]
  return typeof config.accessToken === 'string' ? [config.accessToken] : []
}

/** Seconds, as a number or as text; a token with an unknown lifetime is used until it is refused. */
const lifetimeOf = (expiresIn: unknown): number | undefined => {
  const seconds = typeof expiresIn === 'string' && /^\d+$/.test(expiresIn) ? Number(expiresIn) : expiresIn
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds * 1000) ? seconds * 1000 : undefined
}

/**
 * The credentials of a configuration by themselves: handed to several providers as `runtime.credentials`, they mint a
 * token once for all of them.
 */
export const createGenesysCredentials = (given: GenesysConfig, runtime: ProviderRuntime = {}): Credentials => {
  const config = checkedConfig(given)
  const provider = providerIdOf(config.id ?? DEFAULT_ID)
  const clock = Calls.clockOf(runtime)
  if ('accessToken' in config) return Http.givenCredentials(provider, config.accessToken, clock)
  const { loginUrl } = urlsOf(config)
  const credential = basicCredential(config.clientId, config.clientSecret)
  const secrets = Http.createSecretBook(...secretsIn(config))
  const login = Http.openLogin({
    id: provider,
    url: loginUrl,
    readFailure: readLoginFailure(new URL(loginUrl).host),
    secrets,
    retry: config.retry,
    runtime,
  })
  return Http.mintedCredentials({
    clock,
    secrets,
    mint: () =>
      pipe(
        Answers.callJson(provider, login)(
          {
            operation: 'POST /oauth/token',
            method: 'POST',
            url: Http.urlOf(loginUrl, '/oauth/token'),
            form: { grant_type: 'client_credentials' },
            headers: { authorization: `Basic ${credential}` },
            repeatable: true,
          },
          OAuthToken,
          {},
        ),
        TE.map(({ access_token, expires_in }) => ({
          token: access_token,
          lifetimeMs: lifetimeOf(expires_in),
        })),
      ),
  })
}

export const openGenesysAccess = (given: GenesysConfig, runtime: ProviderRuntime): GenesysAccess => {
  const config = checkedConfig(given)
  const { apiUrl } = urlsOf(config)
  const access = Http.openApi({
    id: config.id ?? DEFAULT_ID,
    url: apiUrl,
    credentials: () => createGenesysCredentials(config, runtime),
    secrets: secretsIn(config),
    readFailure: readApiFailure,
    readRate,
    retry: config.retry,
    runtime,
  })
  return { ...access, apiUrl }
}

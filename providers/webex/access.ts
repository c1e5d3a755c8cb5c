import { Http, type ProviderRuntime } from '../../src/provider-kit/index.ts'
import type { WebexConfig } from './config.ts'
import { readApiFailure, readTokenFailure } from './failures.ts'
import { type OwnOrganization, ownOrganization } from './own-organization.ts'
import { checkedConfig } from './settings.ts'
import { wakingOrganization } from './wake-organization.ts'

/** A way into one organization. */
export interface WebexAccess extends Http.ApiAccess {
  readonly apiUrl: string
  /** The identity service beside the API, with the same credentials. */
  readonly identity: Pick<Http.ApiAccess, 'call' | 'send'>
  readonly orgId?: string | undefined
  /** The organization of `orgId`; nothing of another one is shown or changed. */
  readonly organization: OwnOrganization
}

/** Tokens live for two weeks; a renewal that is some minutes early costs nothing. */
const RENEW_BEFORE_MS = 300_000

/** SCIM 2 is at the host of the API, and not under its version. */
const identityUrlOf = (apiUrl: string): string => {
  const base = apiUrl.replace(/(?<!\/)\/+$/, '')
  return `${base.endsWith('/v1') ? base.slice(0, -'/v1'.length) : base}/identity`
}

/** The addresses of the API: of all organizations but those of the US government, and of these (FedRAMP). */
export const API_ADDRESSES = ['https://webexapis.com/v1', 'https://api-usgov.webex.com/v1'] as const

/** The API, under whose address the tokens are issued too. */
export const placeOf = ({ apiUrl = API_ADDRESSES[0] }: WebexConfig) => ({
  url: apiUrl,
  operationPrefix: '/v1',
})

/** An integration or a service app, whose refresh token Webex may rotate. */
export const tokenClientOf = (config: Exclude<WebexConfig, { readonly accessToken: unknown }>) => ({
  ...placeOf(config),
  path: '/access_token',
  readFailure: readTokenFailure,
  clientId: config.clientId,
  clientSecret: config.clientSecret,
  store: config.tokens,
  refresh: { token: config.refreshToken, beforeMs: RENEW_BEFORE_MS },
})

const connectionOf = (config: WebexConfig) => ({
  id: config.id ?? 'webex',
  retry: config.retry,
  token: 'accessToken' in config ? config.accessToken : Http.keptLogin(tokenClientOf(config)),
})

/**
 * The credentials of a configuration by themselves, for partners with one token for many organizations: handed to several
 * providers as `runtime.credentials`, they are refreshed and rotated once for all of them.
 */
export const createWebexCredentials = (config: WebexConfig, runtime: ProviderRuntime = {}) =>
  Http.openCredentials(connectionOf(checkedConfig(config)), runtime)

export const openWebexAccess = (given: WebexConfig, runtime: ProviderRuntime): WebexAccess => {
  const config = checkedConfig(given)
  const connection = connectionOf(config)
  const place = placeOf(config)
  const api = Http.openApi({ ...connection, ...place, readFailure: readApiFailure }, runtime)
  const waking = wakingOrganization(api, config.orgId)
  const identity = Http.openApi(
    { ...connection, url: identityUrlOf(place.url), operationPrefix: '/identity', readFailure: readApiFailure },
    api.runtime,
  )
  return {
    ...waking(api),
    apiUrl: place.url,
    identity: waking(identity),
    orgId: config.orgId,
    organization: ownOrganization(config.orgId),
  }
}

import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import {
  type AccessToken,
  type Clock,
  type Credentials,
  Http,
  type LicenseError,
  type ProviderRuntime,
} from '../../src/provider-kit/index.ts'
import { Tokens, unitsOf } from './codecs.ts'
import type { WebexConfig, WebexCredentials } from './config.ts'
import { readApiFailure, readTokenFailure } from './failures.ts'
import { keptTokens, type WebexTokens } from './kept-tokens.ts'
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

/** Credentials that are refreshed. */
export type RefreshCredentials = Extract<WebexCredentials, { readonly clientId: string }>

/** The tokens of an answer. `spent`: the refresh token, where the answer has none. */
export const tokensOf = (
  { access_token: accessToken, refresh_token, expires_in }: t.TypeOf<typeof Tokens>,
  spent: string,
  clock: Clock,
): WebexTokens => {
  const seconds = unitsOf(expires_in)
  return {
    accessToken,
    refreshToken: refresh_token || spent,
    expiresAt: seconds === undefined ? undefined : clock.now() + seconds * 1000,
  }
}

const NOT_SIGNED_IN = 'no refresh token is configured, and none was kept; sign in first, or configure refreshToken'

/** Refreshes access tokens, and keeps what the vendor rotates before it is used. */
const refreshedBy = (credentials: RefreshCredentials): Http.LoginOptions['mint'] => {
  const { clientId, clientSecret, refreshToken: configured = '' } = credentials
  const store = keptTokens(credentials.tokens, configured)
  return ({ provider, clock, secrets, call }) => {
    let refreshToken = configured
    /** Ours are newer than the kept ones, as they could not be kept. */
    let isUnkept = false
    /** The access token that was given out last. */
    let current: string | undefined

    const orFailure: <A>(work: TaskEither<string, A>) => TaskEither<LicenseError, A> = TE.mapLeft((message) => ({
      _tag: 'AuthenticationFailed',
      provider,
      operation: 'token store',
      message,
    }))

    const refresh = (spent: string): TaskEither<LicenseError, AccessToken> =>
      pipe(
        orFailure(store.ready),
        TE.flatMap(() =>
          call(
            {
              method: 'POST',
              path: '/access_token',
              form: {
                grant_type: 'refresh_token',
                client_id: clientId,
                client_secret: clientSecret,
                refresh_token: spent,
              },
              repeatable: true,
            },
            Tokens,
            {},
          ),
        ),
        TE.orElseFirstTaskK(() => store.release),
        TE.flatMap((answer) => {
          const tokens = tokensOf(answer, spent, clock)
          const token = tokens.accessToken
          secrets.add(token, tokens.refreshToken)
          refreshToken = tokens.refreshToken
          current = token
          isUnkept = true
          return pipe(
            orFailure(store.save(tokens)),
            TE.map(() => {
              isUnkept = false
              const { expiresAt } = tokens
              return { token, lifetimeMs: expiresAt === undefined ? undefined : expiresAt - clock.now() }
            }),
          )
        }),
      )

    /** Kept tokens are those of another process's last renewal, or of ours: good where they are neither refused nor old. */
    const isGood = ({ accessToken, expiresAt }: WebexTokens, rejected: string | undefined): boolean =>
      accessToken !== rejected &&
      accessToken !== current &&
      (expiresAt === undefined || expiresAt - clock.now() > RENEW_BEFORE_MS)

    /** The kept tokens where they are good, else what `otherwise` makes of them. */
    const keptOr = (
      rejected: string | undefined,
      otherwise: (kept: WebexTokens | undefined) => TaskEither<LicenseError, AccessToken>,
    ): TaskEither<LicenseError, AccessToken> =>
      pipe(
        orFailure(store.load),
        TE.flatMap((kept): TaskEither<LicenseError, AccessToken> => {
          if (kept !== undefined) secrets.add(kept.accessToken, kept.refreshToken)
          if (kept === undefined || isUnkept || !isGood(kept, rejected)) return otherwise(kept)
          current = kept.accessToken
          const lifetimeMs = kept.expiresAt === undefined ? undefined : kept.expiresAt - clock.now()
          return TE.right({ token: kept.accessToken, lifetimeMs, mayBeOld: true })
        }),
      )

    const renewed = (kept: WebexTokens | undefined): TaskEither<LicenseError, AccessToken> => {
      if (kept !== undefined && !isUnkept) return refresh(kept.refreshToken)
      return refreshToken === '' ? orFailure(TE.left(NOT_SIGNED_IN)) : refresh(refreshToken)
    }

    /** Only the refresh itself waits for those of other processes; then theirs may be what is asked for. */
    return (rejected) =>
      keptOr(rejected, () => pipe(orFailure(store.alone(keptOr(rejected, renewed))), TE.flatMap(TE.fromEither)))
  }
}

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

const connectionOf = (config: WebexConfig): Http.ConnectionOptions => ({
  id: config.id ?? 'webex',
  retry: config.retry,
  token:
    'accessToken' in config
      ? config.accessToken
      : {
          ...placeOf(config),
          readFailure: readTokenFailure,
          secrets: [config.clientSecret, ...(config.refreshToken === undefined ? [] : [config.refreshToken])],
          renewBeforeMs: RENEW_BEFORE_MS,
          mint: refreshedBy(config),
        },
})

/**
 * The credentials of a configuration by themselves, for partners with one token for many organizations: handed to several
 * providers as `runtime.credentials`, they are refreshed and rotated once for all of them.
 */
export const createWebexCredentials = (config: WebexConfig, runtime: ProviderRuntime = {}): Credentials =>
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

import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import {
  type AccessToken,
  Answers,
  Calls,
  type Credentials,
  Http,
  type LicenseError,
  type ProviderRuntime,
  providerIdOf,
  type SecretBook,
} from '../../src/provider-kit/index.ts'
import { Tokens, unitsOf } from './codecs.ts'
import { DEFAULT_API_URL, DEFAULT_ID, type WebexConfig, type WebexCredentials, type WebexTokens } from './config.ts'
import { readApiFailure, readTokenFailure } from './failures.ts'
import { type OwnOrganization, ownOrganization } from './own-organization.ts'
import { checkedConfig } from './settings.ts'

/** A way into one organization. */
export interface WebexAccess extends Http.ApiAccess {
  readonly apiUrl: string
  readonly orgId?: string
  /** The organization of `orgId`; nothing of another one is shown or changed. */
  readonly organization: OwnOrganization
}

/** What a configuration has that must not be repeated. */
const secretsIn = (config: WebexConfig): readonly string[] => {
  if ('refreshToken' in config) return [config.clientSecret, config.refreshToken]
  return typeof config.accessToken === 'string' ? [config.accessToken] : []
}

const Kept = t.intersection(
  [
    t.type({ accessToken: t.string, refreshToken: t.string }),
    t.partial({ expiresAt: t.union([t.number, t.undefined]) }),
  ],
  'kept tokens',
)

/** What a keeper of the caller gives, who may work without types. */
const keptTokens = (given: unknown): WebexTokens | undefined => {
  if (given === undefined || Kept.is(given)) return given
  throw new Http.TokenStoreFailure('the token keeper gave something else than tokens')
}

/** Tokens live for two weeks; a renewal that is some minutes early costs nothing. */
const RENEW_BEFORE_MS = 300_000

const OPERATION = 'POST /v1/access_token'

type RefreshCredentials = Extract<WebexCredentials, { readonly refreshToken: string }>

/** Refreshes access tokens, and keeps what the vendor rotates before it is used. */
const refreshedCredentials = (
  provider: string,
  apiUrl: string,
  credentials: RefreshCredentials,
  transport: Http.Transport,
  clock: { readonly now: () => number },
  secrets: SecretBook,
): ((rejected: string | undefined) => TaskEither<LicenseError, AccessToken>) => {
  const { clientId, clientSecret, tokens: keeper } = credentials
  const call = Answers.callJson(provider, transport)
  let refreshToken = credentials.refreshToken
  /** Ours are newer than the kept ones, as they could not be kept. */
  let isUnkept = false
  /** The access token that was given out last. */
  let current: string | undefined

  const failed =
    (what: string) =>
    (thrown: unknown): LicenseError => ({
      _tag: 'AuthenticationFailed',
      provider,
      operation: 'token keeper',
      message: Http.describeStoreFailure(what, thrown),
    })
  const load = (): TaskEither<LicenseError, WebexTokens | undefined> =>
    TE.tryCatch(async () => keptTokens(await keeper?.load()), failed('the kept tokens could not be read'))
  const save = (tokens: WebexTokens): TaskEither<LicenseError, void> =>
    TE.tryCatch(async () => keeper?.save(tokens), failed('the new tokens could not be kept'))

  const ready = (): TaskEither<LicenseError, void> =>
    TE.tryCatch(async () => keeper?.ready?.(), failed('new tokens could not be kept, so Seatlens did not ask for any'))

  const release = async (): Promise<void> => {
    await keeper?.release?.().catch(() => {})
  }

  const refresh = (spent: string): TaskEither<LicenseError, AccessToken> =>
    pipe(
      ready(),
      TE.flatMap(() =>
        call(
          {
            operation: OPERATION,
            method: 'POST',
            url: Http.urlOf(apiUrl, '/access_token'),
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
      TE.orElseFirstTaskK(() => release),
      TE.flatMap(({ access_token: token, refresh_token, expires_in }) => {
        const seconds = unitsOf(expires_in)
        const lifetimeMs = seconds === undefined ? undefined : seconds * 1000
        const tokens: WebexTokens = {
          accessToken: token,
          refreshToken: refresh_token || spent,
          expiresAt: lifetimeMs === undefined ? undefined : clock.now() + lifetimeMs,
        }
        secrets.add(token, tokens.refreshToken)
        refreshToken = tokens.refreshToken
        current = token
        isUnkept = true
        return pipe(
          save(tokens),
          TE.map(() => {
            isUnkept = false
            return { token, lifetimeMs }
          }),
        )
      }),
    )

  /** Kept tokens are those of another process's last renewal, or of ours: good where they are neither refused nor old. */
  const isGood = ({ accessToken, expiresAt }: WebexTokens, rejected: string | undefined): boolean =>
    accessToken !== rejected &&
    accessToken !== current &&
    (expiresAt === undefined || expiresAt - clock.now() > RENEW_BEFORE_MS)

  return (rejected) =>
    pipe(
      load(),
      TE.flatMap((kept): TaskEither<LicenseError, AccessToken> => {
        if (kept !== undefined) secrets.add(kept.accessToken, kept.refreshToken)
        if (kept === undefined || isUnkept) return refresh(refreshToken)
        if (!isGood(kept, rejected)) return refresh(kept.refreshToken)
        current = kept.accessToken
        const lifetimeMs = kept.expiresAt === undefined ? undefined : kept.expiresAt - clock.now()
        return TE.right({ token: kept.accessToken, lifetimeMs, mayBeOld: true })
      }),
    )
}

/**
 * The credentials of a configuration by themselves, for partners with one token for many organizations: handed to several
 * providers as `runtime.credentials`, they are refreshed and rotated once for all of them.
 */
export const createWebexCredentials = (given: WebexConfig, runtime: ProviderRuntime = {}): Credentials => {
  const config = checkedConfig(given)
  const provider = providerIdOf(config.id ?? DEFAULT_ID)
  const apiUrl = config.apiUrl ?? DEFAULT_API_URL
  const clock = Calls.clockOf(runtime)
  if ('accessToken' in config) return Http.givenCredentials(provider, config.accessToken, clock)
  const secrets = Http.createSecretBook(...secretsIn(config))
  const transport = Http.openLogin({
    id: provider,
    url: apiUrl,
    readFailure: readTokenFailure,
    secrets,
    retry: config.retry,
    runtime,
  })
  return Http.mintedCredentials({
    clock,
    renewBeforeMs: RENEW_BEFORE_MS,
    secrets,
    mint: refreshedCredentials(provider, apiUrl, config, transport, clock, secrets),
  })
}

export const openWebexAccess = (given: WebexConfig, runtime: ProviderRuntime): WebexAccess => {
  const config = checkedConfig(given)
  const apiUrl = config.apiUrl ?? DEFAULT_API_URL
  return {
    ...Http.openApi({
      id: config.id ?? DEFAULT_ID,
      url: apiUrl,
      credentials: () => createWebexCredentials(config, runtime),
      secrets: secretsIn(config),
      readFailure: readApiFailure,
      retry: config.retry,
      runtime,
    }),
    apiUrl,
    ...(config.orgId === undefined ? {} : { orgId: config.orgId }),
    organization: ownOrganization(config.orgId),
  }
}

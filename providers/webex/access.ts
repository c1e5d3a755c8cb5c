import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type AccessToken,
  type Credentials,
  callJson,
  clockOf,
  createRequestBudget,
  createTransport,
  fixedCredentials,
  type LicenseError,
  mintedCredentials,
  type ProviderRuntime,
  type RequestBudget,
  sourcedCredentials,
  type Transport,
  urlOf,
} from '../../src/provider-kit/index.ts'
import { Tokens, unitsOf } from './codecs.ts'
import { DEFAULT_API_URL, DEFAULT_ID, type WebexConfig, type WebexCredentials, type WebexTokens } from './config.ts'
import { readApiFailure, readTokenFailure } from './failures.ts'

/** A way into one organisation: where it is, how to get there, and what may be spent on it. */
export interface WebexAccess {
  readonly provider: string
  readonly apiUrl: string
  readonly orgId?: string
  readonly transport: Transport
  readonly budget: RequestBudget
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
  transport: Transport,
  clock: { readonly now: () => number },
): ((rejected: string | undefined) => TaskEither<LicenseError, AccessToken>) => {
  const { clientId, clientSecret, tokens: keeper } = credentials
  let refreshToken: string | undefined

  const failed = (message: string) => (): LicenseError => ({
    _tag: 'AuthenticationFailed',
    provider,
    operation: OPERATION,
    message,
  })
  const load = (): TaskEither<LicenseError, WebexTokens | undefined> =>
    TE.tryCatch(async () => keeper?.load(), failed('the kept tokens could not be read'))
  const save = (tokens: WebexTokens): TaskEither<LicenseError, void> =>
    TE.tryCatch(async () => keeper?.save(tokens), failed('the new tokens could not be kept'))

  const refresh = (current: string): TaskEither<LicenseError, AccessToken> =>
    pipe(
      callJson(provider, transport)(
        {
          operation: OPERATION,
          method: 'POST',
          url: urlOf(apiUrl, '/access_token'),
          form: {
            grant_type: 'refresh_token',
            client_id: clientId,
            client_secret: clientSecret,
            refresh_token: current,
          },
          secrets: [clientSecret, current],
          repeatable: true,
        },
        Tokens,
        {},
      ),
      TE.flatMap(({ access_token: token, refresh_token, expires_in }) => {
        const seconds = unitsOf(expires_in)
        const lifetimeMs = seconds === undefined ? undefined : seconds * 1000
        const tokens: WebexTokens = {
          accessToken: token,
          refreshToken: refresh_token || current,
          expiresAt: lifetimeMs === undefined ? undefined : clock.now() + lifetimeMs,
        }
        refreshToken = tokens.refreshToken
        return pipe(
          save(tokens),
          TE.map(() => ({ token, lifetimeMs })),
        )
      }),
    )

  const stillGood = (kept: WebexTokens | undefined): Either<string, AccessToken> => {
    const lifetimeMs = kept?.expiresAt === undefined ? undefined : kept.expiresAt - clock.now()
    refreshToken = kept?.refreshToken ?? credentials.refreshToken
    return kept === undefined || (lifetimeMs !== undefined && lifetimeMs <= RENEW_BEFORE_MS)
      ? E.left(refreshToken)
      : E.right({ token: kept.accessToken, lifetimeMs, mayBeOld: true })
  }

  return () =>
    refreshToken !== undefined
      ? refresh(refreshToken)
      : pipe(
          load(),
          TE.map(stillGood),
          TE.flatMap(E.match(refresh, (kept): TaskEither<LicenseError, AccessToken> => TE.right(kept))),
        )
}

const credentialsOf = (
  provider: string,
  apiUrl: string,
  config: WebexConfig,
  runtime: ProviderRuntime,
): Credentials => {
  const clock = clockOf(runtime)
  if ('accessToken' in config) {
    return typeof config.accessToken === 'string'
      ? fixedCredentials(config.accessToken)
      : sourcedCredentials(provider, config.accessToken, clock)
  }
  const transport = createTransport({
    provider,
    origins: [new URL(apiUrl).origin],
    budget: createRequestBudget({ concurrency: 1, clock }),
    readFailure: readTokenFailure,
    policy: config.retry,
    runtime,
  })
  return mintedCredentials({
    clock,
    renewBeforeMs: RENEW_BEFORE_MS,
    mint: refreshedCredentials(provider, apiUrl, config, transport, clock),
  })
}

export const openWebexAccess = (config: WebexConfig, runtime: ProviderRuntime): WebexAccess => {
  const provider = config.id ?? DEFAULT_ID
  const apiUrl = config.apiUrl ?? DEFAULT_API_URL
  const budget = runtime.budget ?? createRequestBudget({ clock: clockOf(runtime) })
  return {
    provider,
    apiUrl,
    ...(config.orgId === undefined ? {} : { orgId: config.orgId }),
    budget,
    transport: createTransport({
      provider,
      origins: [new URL(apiUrl).origin],
      credentials: credentialsOf(provider, apiUrl, config, runtime),
      budget,
      readFailure: readApiFailure,
      policy: config.retry,
      runtime,
    }),
  }
}

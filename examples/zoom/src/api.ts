import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import { ErrorBody, Token } from './codecs.ts'

/** `id`: default `zoom`. `displayName`: default `Zoom`. */
export interface ZoomConfig extends kit.ProviderConfig {
  readonly accountId: string
  /** Of a Server-to-Server OAuth app. */
  readonly clientId: string
  readonly clientSecret: string
  /** The account has Zoom Phone. Default: false; then nothing of it is read. */
  readonly phone?: boolean | undefined
  readonly apiUrl?: string | undefined
  readonly loginUrl?: string | undefined
  /** Users per page. Default and maximum: 300. */
  readonly pageSize?: number | undefined
}

export interface ZoomAccess extends kit.Http.ApiAccess {
  /** For `POST /users/features`, of which an account has one in 10 seconds. */
  readonly features: kit.Http.ApiAccess
}

/** Codes that say more than the status 400. Zoom does not document them for every operation, so that others do as well. */
const MEANINGS: Readonly<Record<string, kit.Answers.VendorFailure['meaning']>> = {
  124: 'authentication',
  200: 'permission',
  1001: 'notFound',
  4711: 'permission',
}

const readFailure = kit.Answers.failureReader(ErrorBody, ({ code, message }, { status }) => ({
  code: code == null ? undefined : `${code}`,
  message: message ?? undefined,
  missing: /scopes?: ?\[([^\]]+)\]/i.exec(message ?? '')?.[1]?.split(/[\s,]+/),
  meaning: status >= 400 && status < 429 ? MEANINGS[`${code}`] : undefined,
}))

const readLoginFailure = kit.Answers.failureReader(ErrorBody, ({ reason }, { status }) => ({
  message: reason ?? undefined,
  meaning: status === 400 ? 'authentication' : undefined,
}))

export const openZoom = (config: ZoomConfig, runtime: kit.ProviderRuntime): ZoomAccess => {
  const { id = 'zoom', retry, accountId, clientId, clientSecret, apiUrl = 'https://api.zoom.us/v2' } = config
  const query = { grant_type: 'account_credentials', account_id: accountId }
  const login: kit.Http.LoginOptions = {
    url: config.loginUrl ?? 'https://zoom.us',
    readFailure: readLoginFailure,
    client: { id: clientId, secret: clientSecret },
    mint: ({ call }) => () =>
      pipe(
        call({ method: 'POST', path: '/oauth/token', query, repeatable: true }, Token, {}),
        TE.map(({ access_token: token, expires_in: seconds }) => ({ token, lifetimeMs: seconds * 1000 })),
      ),
  }
  const options = { id, retry, url: apiUrl, readFailure, token: login }
  const shared = { ...runtime, credentials: runtime.credentials ?? kit.Http.openCredentials(options, runtime) }
  const pace = { requests: 1, inMs: 10_000 }
  const budget = kit.createRequestBudget({ clock: runtime.clock, concurrency: 1, pace })
  return { ...kit.Http.openApi(options, shared), features: kit.Http.openApi(options, { ...shared, budget }) }
}

import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import { ErrorBody, Token } from './codecs.ts'

/** Of a Server-to-Server OAuth app. `id`: default `zoom`. `displayName`: default `Zoom`. */
export interface ZoomConfig extends kit.ProviderConfig {
  readonly accountId: string
  readonly clientId: string
  readonly clientSecret: string
  /** The account has Zoom Phone. Default: false; then nothing of it is read. */
  readonly phone?: boolean | undefined
  readonly apiUrl?: string | undefined
  readonly loginUrl?: string | undefined
  /** Users per page. Default and maximum: 300. */
  readonly pageSize?: number | undefined
}

/** `features`: for `POST /users/features`, of which an account has one in 10 seconds. */
export interface ZoomAccess extends kit.Http.ApiAccess {
  readonly features: kit.Http.ApiAccess
}

/** With 400, the code 4711 is a missing scope, and 200 a permission or plan. Refusals with 401, 403 and 404 say it themselves. */
const readFailure = kit.Answers.failureReader(ErrorBody, ({ code, message }, { status }) => ({
  code: code == null ? undefined : `${code}`,
  message: message ?? undefined,
  missing: /scopes?: ?\[([^\]]+)\]/i.exec(message ?? '')?.[1]?.split(/[\s,]+/),
  meaning: status === 400 && (code === 200 || code === 4711) ? 'permission' : undefined,
}))

const readLoginFailure = kit.Answers.failureReader(ErrorBody, ({ reason }, { status }) => ({
  message: reason ?? undefined,
  meaning: status === 400 ? 'authentication' : undefined,
}))

export const openZoom = (config: ZoomConfig, runtime: kit.ProviderRuntime): ZoomAccess => {
  const { id = 'zoom', retry, accountId, clientId, clientSecret, apiUrl = 'https://api.zoom.us/v2' } = config
  const query = { grant_type: 'account_credentials', account_id: accountId }
  const token: kit.Http.LoginOptions = {
    url: config.loginUrl ?? 'https://zoom.us',
    readFailure: readLoginFailure,
    client: { id: clientId, secret: clientSecret },
    mint: (login) => () =>
      pipe(
        login.call({ method: 'POST', path: '/oauth/token', query, repeatable: true }, Token, {}),
        TE.map(({ access_token, expires_in }) => ({ token: access_token, lifetimeMs: expires_in * 1000 })),
      ),
  }
  const options = { id, retry, url: apiUrl, readFailure, token }
  const shared = { ...runtime, credentials: runtime.credentials ?? kit.Http.openCredentials(options, runtime) }
  const pace = { requests: 1, inMs: 10_000 }
  const budget = kit.createRequestBudget({ clock: runtime.clock, concurrency: 1, pace })
  return { ...kit.Http.openApi(options, shared), features: kit.Http.openApi(options, { ...shared, budget }) }
}

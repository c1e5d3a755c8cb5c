import * as kit from 'seatlens/provider-kit'
import { ErrorBody } from './codecs.ts'

const { Fields } = kit
export const settings = {
  accountId: Fields.plainText({ description: 'The account id of the app.', variable: 'ZOOM_ACCOUNT_ID' }),
  clientId: Fields.plainText({ description: 'Of a Server-to-Server OAuth app.', variable: 'ZOOM_CLIENT_ID' }),
  clientSecret: Fields.secretText({ description: 'Its secret.', variable: 'ZOOM_CLIENT_SECRET' }),
  phone: Fields.flag({ description: 'The account has Zoom Phone. Default: false; then nothing of it is read.' }),
  apiUrl: Fields.webAddress({ description: 'Default: https://api.zoom.us/v2' }),
  loginUrl: Fields.webAddress({ description: 'Default: https://zoom.us' }),
  pageSize: Fields.positiveInteger({ description: 'Users per page. Default and maximum: 300.' }),
}
export const required = ['accountId', 'clientId', 'clientSecret'] as const
type Required = { readonly [Name in (typeof required)[number]]: string }
/** `id`: default `zoom`. `displayName`: default `Zoom`. The rest: see the settings. */
export type ZoomConfig = kit.ProviderConfig & kit.Fields.SettingValues<typeof settings> & Required
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
export const openZoom = (config: ZoomConfig, runtime: kit.ProviderRuntime) => {
  const { id = 'zoom', retry, accountId, clientId, clientSecret, apiUrl = 'https://api.zoom.us/v2' } = config
  const token = kit.Http.clientLogin({
    url: config.loginUrl ?? 'https://zoom.us',
    client: { id: clientId, secret: clientSecret },
    request: { path: '/oauth/token', query: { grant_type: 'account_credentials', account_id: accountId } },
    readFailure: readLoginFailure,
  })
  const options = { id, retry, url: apiUrl, readFailure, token }
  const api = kit.Http.openApi(options, runtime)
  // An account may send `POST /users/features` once in 10 seconds, as they arrive.
  const pace = { requests: 1, inMs: 10_500 }
  const budget = kit.createRequestBudget({ clock: runtime.clock, concurrency: 1, pace })
  return { ...api, features: kit.Http.openApi(options, { ...api.runtime, budget }) }
}
export type ZoomAccess = ReturnType<typeof openZoom>

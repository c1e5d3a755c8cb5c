import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Answers, defineProvider, type Fields, Http, type ProviderHost } from '../../src/provider-kit/index.ts'
import { createWebexCredentials } from './access.ts'
import type { WebexConfig, WebexTokenKeeper } from './config.ts'
import { createWebexProvider } from './provider.ts'
import { createReview } from './review-changes.ts'
import { problemsOfValues, settings } from './settings.ts'

const Kept = t.intersection(
  [t.type({ accessToken: t.string, refreshToken: t.string, configured: t.string }), t.partial({ expiresAt: t.number })],
  'kept tokens',
)

const fingerprint = async (secret: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Kept tokens are newer than the configured one, unless another one was configured since. */
const keeperIn = (store: Http.TokenStore, configuredToken: string): WebexTokenKeeper => ({
  load: async () => {
    const kept = await store.read()
    if (kept === undefined) return undefined
    const read = pipe(
      E.tryCatch(
        (): unknown => JSON.parse(kept),
        () => ['not JSON'],
      ),
      E.flatMap((value) => Answers.decode(Kept, value)),
    )
    if (E.isLeft(read)) {
      throw new Http.TokenStoreFailure(
        `${store.place} is not what was kept; without it, the configured token is tried again`,
      )
    }
    const { accessToken, refreshToken, expiresAt, configured } = read.right
    return configured === (await fingerprint(configuredToken)) ? { accessToken, refreshToken, expiresAt } : undefined
  },
  ready: store.ready,
  ...(store.release === undefined ? {} : { release: store.release }),
  save: async (tokens) => store.write(JSON.stringify({ ...tokens, configured: await fingerprint(configuredToken) })),
})

/** To be called with values that have passed all checks. */
const configOf = (
  id: string,
  {
    accessToken,
    clientId = '',
    clientSecret = '',
    refreshToken = '',
    tokenFile,
    ...rest
  }: Fields.SettingValues<typeof settings>,
  host: ProviderHost,
): WebexConfig => ({
  id,
  ...(accessToken === undefined
    ? { clientId, clientSecret, refreshToken, tokens: keeperIn(host.openTokenStore(tokenFile), refreshToken) }
    : { accessToken }),
  ...(rest.orgId === undefined ? {} : { orgId: rest.orgId }),
  ...(rest.apiUrl === undefined ? {} : { apiUrl: rest.apiUrl }),
  ...(rest.pageSize === undefined ? {} : { pageSize: rest.pageSize }),
  ...(rest.userSource === undefined ? {} : { userSource: rest.userSource }),
})

/** Cisco Webex, as the command line sees it. */
export const webexDefinition = defineProvider({
  type: 'webex',
  displayName: 'Webex',
  settings,
  check: problemsOfValues,
  create: (id, values, host) => createWebexProvider(configOf(id, values, host), host),
  credential: {
    key: ({ apiUrl, accessToken, clientId, clientSecret, refreshToken }) => [
      apiUrl,
      accessToken,
      clientId,
      clientSecret,
      refreshToken,
    ],
    open: (id, values, host) => createWebexCredentials(configOf(id, values, host), host),
  },
  reviewChanges: createReview(),
  startSimulator: async (options) => {
    const { startWebexSimulator } = await import('./simulator/index.ts')
    return startWebexSimulator(options)
  },
})

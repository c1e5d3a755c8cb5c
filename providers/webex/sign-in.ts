import { Http, type ProviderRuntime, type SignIn } from '../../src/provider-kit/index.ts'
import { placeOf, tokensOf } from './access.ts'
import { Tokens } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { readTokenFailure } from './failures.ts'
import { keptTokens } from './kept-tokens.ts'
import { checkedConfig } from './settings.ts'

/** What reading needs, as it is configured. See "Permissions" in `docs/administrators`. */
const scopesOf = ({ userSource = 'both', scim, devices, hybridMemberships }: WebexConfig): readonly string[] => [
  'spark-admin:licenses_read',
  'spark-admin:workspaces_read',
  ...(userSource === 'licenses' ? [] : ['spark-admin:people_read']),
  ...(devices === true ? ['spark-admin:devices_read'] : []),
  ...(hybridMemberships === true ? ['spark-admin:resource_group_memberships_read'] : []),
  ...(scim === true ? ['identity:people_read'] : []),
]

const authorizationUrl = (config: WebexConfig): URL => {
  const url = new URL(placeOf(config).url)
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, '')}/authorize`
  return url
}

/**
 * How an administrator signs in to an integration of Webex. The vendor documents the authorization code flow with PKCE, and
 * asks for the secret of the integration too.
 */
export const webexSignIn = (given: WebexConfig, runtime: ProviderRuntime): SignIn | undefined => {
  const config = checkedConfig(given)
  if ('accessToken' in config) return undefined
  const { clientId, clientSecret, refreshToken = '', tokens } = config
  return Http.codeSignIn(
    {
      scopes: scopesOf(config),
      scopesOfChanges: ['spark-admin:people_write', 'spark-admin:people_read'],
      page: authorizationUrl(config),
      clientId,
      clientSecret,
      login: { id: config.id ?? 'webex', retry: config.retry, ...placeOf(config), readFailure: readTokenFailure },
      path: '/access_token',
      codec: Tokens,
      tokensOf: (answer, clock) => {
        const redeemed = tokensOf(answer, '', clock)
        return { tokens: redeemed, secrets: [redeemed.accessToken, redeemed.refreshToken] }
      },
      store: keptTokens(tokens, refreshToken),
    },
    runtime,
  )
}

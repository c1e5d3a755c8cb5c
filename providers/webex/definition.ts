import { defineProvider } from '../../src/provider-kit/index.ts'
import { createWebexCredentials } from './access.ts'
import { diagnoseWebex } from './diagnosis.ts'
import { webexForecast } from './forecast.ts'
import { ORGANIZATIONS_READ, webexOrganizations } from './organizations.ts'
import { createWebexProvider } from './provider.ts'
import { createReview } from './review-changes.ts'
import { problemsOfValues, settings } from './settings.ts'
import { webexSignIn } from './sign-in.ts'

/** Cisco Webex, as the command line sees it. */
export const webexDefinition = defineProvider({
  type: 'webex',
  displayName: 'Webex',
  settings,
  ways: [
    { title: 'a service app, with a refresh token', fields: ['clientId', 'clientSecret', 'refreshToken'] },
    { title: 'you sign in, by an integration', fields: ['clientId', 'clientSecret'], signIn: true },
    { title: 'an access token, such as a personal one for 12 hours', fields: ['accessToken'] },
  ],
  check: problemsOfValues,
  configOf: (id, values, host) => {
    const { accessToken, clientId = '', clientSecret = '', refreshToken, tokenFile, ...others } = values
    return {
      id,
      ...others,
      ...(accessToken === undefined
        ? { clientId, clientSecret, refreshToken, tokens: host.openTokenStore(tokenFile) }
        : { accessToken }),
    }
  },
  create: createWebexProvider,
  forecast: webexForecast,
  credential: {
    key: ({ apiUrl, accessToken, clientId, clientSecret, refreshToken }) => [
      apiUrl,
      accessToken,
      clientId,
      clientSecret,
      refreshToken,
    ],
    open: createWebexCredentials,
  },
  organizations: { setting: 'orgId', open: webexOrganizations, scopes: ORGANIZATIONS_READ },
  signIn: webexSignIn,
  diagnosis: diagnoseWebex,
  reviewChanges: createReview(),
  startSimulator: async (options) => {
    const { startWebexSimulator } = await import('./simulator/index.ts')
    const { organizations = 1 } = options
    const managed = Array.from({ length: organizations - 1 }, () => ({}))
    const started = await startWebexSimulator({ ...options, managed })
    const partner = organizations === 1 ? {} : { orgs: 'all' }
    const simulator = { ...started, configuration: { ...started.configuration, ...partner } }
    if (options.story === undefined) return simulator
    const { storyLicenses, storyLimits } = await import('./simulator/story-licenses.ts')
    const licenses = storyLicenses(simulator.organization, options.story.today)
    return { ...simulator, configuration: { ...simulator.configuration, licenses, limits: storyLimits } }
  },
})

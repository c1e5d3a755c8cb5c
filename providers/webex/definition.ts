import { defineProvider } from '../../src/provider-kit/index.ts'
import { createWebexCredentials } from './access.ts'
import { webexForecast } from './forecast.ts'
import { createWebexProvider } from './provider.ts'
import { createReview } from './review-changes.ts'
import { problemsOfValues, settings } from './settings.ts'
import { webexSignIn } from './sign-in.ts'

/** Cisco Webex, as the command line sees it. */
export const webexDefinition = defineProvider({
  type: 'webex',
  displayName: 'Webex',
  settings,
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
  signIn: webexSignIn,
  reviewChanges: createReview(),
  startSimulator: async (options) => {
    const { startWebexSimulator } = await import('./simulator/index.ts')
    const simulator = await startWebexSimulator(options)
    if (options.story === undefined) return simulator
    const { storyLicenses, storyLimits } = await import('./simulator/story-licenses.ts')
    const licenses = storyLicenses(simulator.organization, options.story.today)
    return { ...simulator, configuration: { ...simulator.configuration, licenses, limits: storyLimits } }
  },
})

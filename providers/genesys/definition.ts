import { defineProvider } from '../../src/provider-kit/index.ts'
import { createGenesysCredentials } from './access.ts'
import { genesysForecast } from './forecast.ts'
import { createGenesysProvider } from './provider.ts'
import { reviewChanges } from './review-changes.ts'
import { billingOf, problemsOfValues, settings } from './settings.ts'

/** Genesys Cloud, as the command line sees it. */
export const genesysDefinition = defineProvider({
  type: 'genesys',
  displayName: 'Genesys Cloud',
  settings,
  check: problemsOfValues,
  configOf: (id, { region, clientId = '', clientSecret = '', accessToken, apiUrl, loginUrl, billing, ...reading }) => ({
    id,
    ...(region === undefined ? { apiUrl: apiUrl ?? '', loginUrl: loginUrl ?? '' } : { region, apiUrl, loginUrl }),
    ...(accessToken === undefined ? { clientId, clientSecret } : { accessToken }),
    ...reading,
    ...(billing === undefined ? {} : { billing: billingOf(billing) }),
  }),
  create: createGenesysProvider,
  forecast: genesysForecast,
  credential: {
    key: ({ region, apiUrl, loginUrl, clientId, clientSecret, accessToken }) => [
      region,
      apiUrl,
      loginUrl,
      clientId,
      clientSecret,
      accessToken,
    ],
    open: createGenesysCredentials,
  },
  reviewChanges,
  startSimulator: async (options) => {
    const { startGenesysSimulator } = await import('./simulator/index.ts')
    const { seededProducts } = await import('./simulator/seeded-contracts.ts')
    const { storyLicenses, storyLimits } = await import('./simulator/story-contracts.ts')
    const simulator = await startGenesysSimulator(options)
    const bought =
      options.story === undefined
        ? { billing: { source: 'contracts' }, licenses: seededProducts(options.users) }
        : {
            billing: { source: 'contracts', priceUnit: 'seat-month' },
            // Since when users are there, so that those who were never active can be told from new ones.
            directory: 'extended',
            licenses: storyLicenses(),
            limits: storyLimits,
          }
    return { ...simulator, configuration: { ...simulator.configuration, ...bought } }
  },
})

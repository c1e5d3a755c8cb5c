import { defineProvider } from '../../src/provider-kit/index.ts'
import { createGenesysCredentials } from './access.ts'
import { createGenesysProvider } from './provider.ts'
import { reviewChanges } from './review-changes.ts'
import { problemsOfValues, settings } from './settings.ts'

/** Genesys Cloud, as the command line sees it. */
export const genesysDefinition = defineProvider({
  type: 'genesys',
  displayName: 'Genesys Cloud',
  settings,
  check: problemsOfValues,
  configOf: (id, { region, clientId = '', clientSecret = '', accessToken, apiUrl, loginUrl, ...reading }) => ({
    id,
    ...(region === undefined ? { apiUrl: apiUrl ?? '', loginUrl: loginUrl ?? '' } : { region, apiUrl, loginUrl }),
    ...(accessToken === undefined ? { clientId, clientSecret } : { accessToken }),
    ...reading,
  }),
  create: createGenesysProvider,
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
    const { purchasedSeats } = await import('./simulator/purchased-seats.ts')
    const simulator = await startGenesysSimulator(options)
    return { ...simulator, configuration: { ...simulator.configuration, licenses: purchasedSeats(options.users) } }
  },
})

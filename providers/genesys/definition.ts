import { defineProvider, type Fields } from '../../src/provider-kit/index.ts'
import { createGenesysCredentials } from './access.ts'
import type { GenesysConfig } from './config.ts'
import { createGenesysProvider } from './provider.ts'
import { reviewChanges } from './review-changes.ts'
import { problemsOfValues, settings } from './settings.ts'

/** To be called with values that have passed all checks. */
const configOf = (
  id: string,
  {
    region,
    clientId = '',
    clientSecret = '',
    accessToken,
    apiUrl,
    loginUrl,
    pageSize,
  }: Fields.SettingValues<typeof settings>,
): GenesysConfig => ({
  id,
  ...(region === undefined
    ? { apiUrl: apiUrl ?? '', loginUrl: loginUrl ?? '' }
    : { region, ...(apiUrl === undefined ? {} : { apiUrl }), ...(loginUrl === undefined ? {} : { loginUrl }) }),
  ...(accessToken === undefined ? { clientId, clientSecret } : { accessToken }),
  ...(pageSize === undefined ? {} : { pageSize }),
})

/** Genesys Cloud, as the command line sees it. */
export const genesysDefinition = defineProvider({
  type: 'genesys',
  displayName: 'Genesys Cloud',
  settings,
  check: problemsOfValues,
  create: (id, values, host) => createGenesysProvider(configOf(id, values), host),
  credential: {
    key: ({ region, apiUrl, loginUrl, clientId, clientSecret, accessToken }) => [
      region,
      apiUrl,
      loginUrl,
      clientId,
      clientSecret,
      accessToken,
    ],
    open: (id, values, host) => createGenesysCredentials(configOf(id, values), host),
  },
  reviewChanges,
  startSimulator: async (options) => {
    const { startGenesysSimulator } = await import('./simulator/index.ts')
    const { purchasedSeats } = await import('./simulator/purchased-seats.ts')
    const simulator = await startGenesysSimulator(options)
    return { ...simulator, configuration: { ...simulator.configuration, licenses: purchasedSeats(options.users) } }
  },
})

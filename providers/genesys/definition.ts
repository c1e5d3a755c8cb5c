import { defineProvider, type Fields, type TokenStore } from '../../src/provider-kit/index.ts'
import { createGenesysCredentials } from './access.ts'
import type { GenesysCredentials } from './config.ts'
import { diagnoseGenesys } from './diagnosis.ts'
import { genesysForecast } from './forecast.ts'
import { createGenesysProvider } from './provider.ts'
import { reviewChanges } from './review-changes.ts'
import { billingOf, problemsOfValues, settings } from './settings.ts'
import { genesysSignIn } from './sign-in.ts'

type CredentialValues = Pick<
  Fields.SettingValues<typeof settings>,
  'clientId' | 'clientSecret' | 'accessToken' | 'signIn'
>

/** The credentials of values in which nothing is wrong. */
const credentialsOf = (
  { clientId = '', clientSecret = '', accessToken, signIn }: CredentialValues,
  openTokens: () => TokenStore,
): GenesysCredentials => {
  if (accessToken !== undefined) return { accessToken }
  return signIn === true ? { signIn, clientId, tokens: openTokens() } : { clientId, clientSecret }
}

/** Genesys Cloud, as the command line sees it. */
export const genesysDefinition = defineProvider({
  type: 'genesys',
  displayName: 'Genesys Cloud',
  settings,
  ways: [
    { title: 'an OAuth client with the grant Client Credentials', fields: ['region', 'clientId', 'clientSecret'] },
    {
      title: 'you sign in, by an OAuth client with the grant Code Authorization',
      fields: ['region', 'clientId'],
      sets: { signIn: true },
      signIn: true,
    },
    { title: 'an access token', fields: ['region', 'accessToken'] },
  ],
  check: problemsOfValues,
  configOf: (id, values, host) => {
    const { region, apiUrl, loginUrl, billing, clientId, clientSecret, accessToken, signIn, tokenFile, ...reading } =
      values
    return {
      id,
      ...(region === undefined ? { apiUrl: apiUrl ?? '', loginUrl: loginUrl ?? '' } : { region, apiUrl, loginUrl }),
      ...credentialsOf({ clientId, clientSecret, accessToken, signIn }, () => host.openTokenStore(tokenFile)),
      ...reading,
      ...(billing === undefined ? {} : { billing: billingOf(billing) }),
    }
  },
  create: createGenesysProvider,
  signIn: genesysSignIn,
  forecast: genesysForecast,
  credential: {
    key: ({ region, apiUrl, loginUrl, clientId, clientSecret, accessToken, tokenFile }) => [
      region,
      apiUrl,
      loginUrl,
      clientId,
      clientSecret,
      accessToken,
      tokenFile,
    ],
    open: createGenesysCredentials,
  },
  diagnosis: diagnoseGenesys,
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

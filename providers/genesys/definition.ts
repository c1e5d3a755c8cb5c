import {
  addressProblem,
  type ConfigurationProblem,
  defineProvider,
  secretText,
  text,
  textMatching,
  webAddress,
} from '../../src/provider-kit/index.ts'
import type { GenesysConfig, GenesysPlace } from './config.ts'
import { createGenesysProvider } from './provider.ts'
import { REGION } from './regions.ts'

const settings = {
  region: textMatching(
    REGION,
    'a Genesys Cloud domain such as "mypurecloud.ie", or an AWS region such as "eu-west-1"',
    {
      description: "The organisation's region: its domain or its AWS name.",
      variable: 'GENESYS_REGION',
    },
  ),
  clientId: text({
    description: 'The id of an OAuth client that uses the client credentials grant.',
    variable: 'GENESYS_CLIENT_ID',
  }),
  clientSecret: secretText({ description: 'The secret of that OAuth client.', variable: 'GENESYS_CLIENT_SECRET' }),
  accessToken: secretText({ description: 'An access token, in place of clientId and clientSecret.' }),
  apiUrl: webAddress(addressProblem, { description: 'The address of the Platform API. Default: from the region.' }),
  loginUrl: webAddress(addressProblem, { description: 'The address of the login host. Default: from the region.' }),
}

/** Genesys Cloud, as the command line sees it. */
export const genesysDefinition = defineProvider({
  type: 'genesys',
  displayName: 'Genesys Cloud',
  settings,
  check: ({ region, apiUrl, loginUrl, clientId, clientSecret, accessToken }) => {
    const problems: ConfigurationProblem[] = []
    if (region === undefined && (apiUrl === undefined || loginUrl === undefined)) {
      problems.push({ field: 'region', expected: `${settings.region.expected}, unless apiUrl and loginUrl are given` })
    }
    for (const [field, value, what] of [
      ['clientId', clientId, 'the id of an OAuth client'],
      ['clientSecret', clientSecret, 'the secret of that OAuth client'],
    ] as const) {
      if (accessToken === undefined && value === undefined) problems.push({ field, expected: what })
      if (accessToken !== undefined && value !== undefined) {
        problems.push({ field, expected: 'nothing, as accessToken is given' })
      }
    }
    return problems
  },
  create: (id, { region, clientId = '', clientSecret = '', accessToken, apiUrl = '', loginUrl = '' }, host) => {
    const place: GenesysPlace =
      region === undefined
        ? { apiUrl, loginUrl }
        : { region, ...(apiUrl === '' ? {} : { apiUrl }), ...(loginUrl === '' ? {} : { loginUrl }) }
    const credentials = accessToken === undefined ? { clientId, clientSecret } : { accessToken }
    const config: GenesysConfig = { id, ...place, ...credentials }
    return createGenesysProvider(config, host)
  },
  startSimulator: async (options) => {
    const { startGenesysSimulator } = await import('./simulator/index.ts')
    return startGenesysSimulator(options)
  },
})

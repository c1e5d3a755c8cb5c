import { createGenesysProvider } from 'seatlens/genesys'
import { createWebexProvider } from 'seatlens/webex'

const { env } = process

export const providers = [
  createGenesysProvider({
    region: env.GENESYS_REGION ?? 'mypurecloud.com',
    clientId: env.GENESYS_CLIENT_ID ?? '',
    clientSecret: env.GENESYS_CLIENT_SECRET ?? '',
    // Only needed to run the examples against the simulators.
    apiUrl: env.GENESYS_URL,
    loginUrl: env.GENESYS_URL,
  }),
  createWebexProvider({ accessToken: env.WEBEX_ACCESS_TOKEN ?? '', apiUrl: env.WEBEX_API_URL }),
]

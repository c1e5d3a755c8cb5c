import { createGenesysProvider } from 'seatlens/genesys'
import { createWebexProvider } from 'seatlens/webex'

const { env } = process

export const providers = [
  createGenesysProvider({
    region: env.GENESYS_REGION ?? 'mypurecloud.com',
    clientId: env.GENESYS_CLIENT_ID ?? '',
    clientSecret: env.GENESYS_CLIENT_SECRET ?? '',
    // Only needed to run the examples against the simulators.
    ...(env.GENESYS_URL === undefined ? {} : { apiUrl: env.GENESYS_URL, loginUrl: env.GENESYS_URL }),
  }),
  createWebexProvider({
    accessToken: env.WEBEX_ACCESS_TOKEN ?? '',
    ...(env.WEBEX_API_URL === undefined ? {} : { apiUrl: env.WEBEX_API_URL }),
  }),
]

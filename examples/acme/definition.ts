import { defineProvider, Fields, Http } from 'seatlens/provider-kit'
import { createAcmeProvider } from './provider.ts'

export const acmeDefinition = defineProvider({
  type: 'acme',
  displayName: 'Acme',
  settings: {
    token: Fields.secretText({ description: 'A token of an administrator.', variable: 'ACME_TOKEN' }),
    url: Fields.webAddress(Http.addressProblem, { description: 'The API. Default: https://api.acme.example' }),
  },
  check: ({ token }) => (token === undefined ? [{ field: 'token', expected: 'a token of an administrator' }] : []),
  create: (id, { token = '', url = 'https://api.acme.example' }, host) => createAcmeProvider({ id, url, token }, host),
  startSimulator: async (options) => {
    const { seededOrganization, startAcmeSimulator } = await import('./simulator.ts')
    const { url, token, stop } = await startAcmeSimulator(seededOrganization(options), options)
    return { url, configuration: { type: 'acme', url, token }, stop }
  },
})

import { defineProvider, Fields } from 'seatlens/provider-kit'
import { createAcmeProvider } from './provider.ts'

export const acmeDefinition = defineProvider({
  type: 'acme',
  displayName: 'Acme',
  settings: {
    token: Fields.secretText({ description: 'A token of an administrator.', variable: 'ACME_TOKEN' }),
    url: Fields.webAddress({ description: 'The API. Default: https://api.acme.example' }),
  },
  check: ({ token }) => (token === undefined ? [{ field: 'token', expected: 'a token of an administrator' }] : []),
  configOf: (id, { token = '', url = 'https://api.acme.example' }) => ({ id, url, token }),
  create: createAcmeProvider,
  startSimulator: async (options) => {
    const { seededOrganization, startAcmeSimulator } = await import('./simulator.ts')
    const { url, token, stop } = await startAcmeSimulator(seededOrganization(options), options)
    return { url, configuration: { url, token }, stop }
  },
})

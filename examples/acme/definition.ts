import { type Diagnosis, defineProvider, Fields, type ProviderRuntime } from 'seatlens/provider-kit'
import { type AcmeConfig, createAcmeProvider, openAcme } from './provider.ts'

/** What each operation takes, and how it is found out. */
export const diagnoseAcme = (config: AcmeConfig, runtime: ProviderRuntime): Diagnosis => ({
  api: openAcme(config, runtime),
  needs: [
    { anyOf: ['products:read'], for: ['listLicenses', 'getLicense'], read: { path: '/products' } },
    {
      anyOf: ['seats:read'],
      for: ['listUsers', 'getUser', 'changeAssignments'],
      read: { path: '/seats', query: { limit: 1 } },
    },
    { anyOf: ['seats:write'], for: ['changeAssignments'] },
  ],
})

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
  diagnosis: diagnoseAcme,
  startSimulator: async (options) => {
    const { seededOrganization, startAcmeSimulator } = await import('./simulator.ts')
    const { url, token, stop } = await startAcmeSimulator(seededOrganization(options), options)
    return { url, configuration: { url, token }, stop }
  },
})

import { json } from '../../../src/simulator-kit/index.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'

/** The client and its organization: the probes that need no permission. */
export const identityOperations = ({ id, name }: GenesysOrganization, clientId: string): Operation[] => [
  {
    method: 'GET',
    path: '/api/v2/organizations/me',
    handle: () =>
      json({
        id,
        name,
        domain: 'example-simulated',
        state: 'active',
        version: 1,
        productPlatform: 'PureCloud',
        selfUri: `/api/v2/organizations/${id}`,
      }),
  },
  {
    method: 'GET',
    path: '/api/v2/tokens/me',
    handle: () =>
      json({
        organization: { id, name },
        homeOrganization: { id, name },
        authorizedScope: [],
        OAuthClient: {
          id: clientId,
          name: 'seatlens simulator',
          authorizedGrantType: 'CLIENT_CREDENTIALS',
          state: 'active',
          organization: { id, name },
        },
      }),
  },
]

import { json } from '../../../src/simulator-kit/index.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'

const policyOf = (permission: string) => {
  const [domain, entityName, action] = permission.split(':')
  return { domain, entityName, actions: [action] }
}

/** The client, its organization and its role: the probes that need no permission. */
export const identityOperations = (
  { id, name }: GenesysOrganization,
  clientId: string,
  permissions: ReadonlySet<string>,
): Operation[] => [
  {
    method: 'GET',
    path: '/api/v2/authorization/subjects/me',
    handle: () =>
      json({
        id: clientId,
        name: 'seatlens simulator',
        grants: [
          {
            subjectId: clientId,
            division: { id, name: 'Home' },
            role: { id: clientId, name: 'Seatlens', policies: [...permissions].map(policyOf), default: false },
          },
        ],
      }),
  },
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

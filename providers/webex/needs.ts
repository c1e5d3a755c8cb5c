import type { Need } from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import type { WebexConfig } from './config.ts'
import {
  ACCOUNTS_READ,
  DEVICES_READ,
  LICENSES_READ,
  MEMBERSHIPS_READ,
  PEOPLE_READ,
  PEOPLE_WRITE,
  WORKSPACES_READ,
} from './scopes.ts'

/** The identity service asks for the organization by its uuid. Without it, only reading users finds out. */
const readOfAccounts = ({ identity, organization: { uuid } }: WebexAccess): Need['read'] =>
  uuid === undefined ? undefined : { api: identity, path: '/scim/{orgId}/v2/Users', id: uuid, query: { count: 1 } }

const where = (isSo: boolean, need: Need): readonly Need[] => (isSo ? [need] : [])

/** What each operation takes, as it is configured. `access`: to find out what is granted. */
export const needsOf = (config: WebexConfig, access?: WebexAccess): readonly Need[] => {
  const { userSource = 'both', scim = false, devices = false, hybridMemberships = false, orgId } = config
  const oneRow = { max: 1, orgId }
  const needs: readonly (Need | readonly Need[])[] = [
    {
      anyOf: LICENSES_READ,
      for: ['listLicenses', 'getLicense', 'listHolders', 'getUser'],
      read: { path: '/licenses', query: { orgId } },
    },
    where(userSource !== 'people', { anyOf: LICENSES_READ, for: ['listUsers'] }),
    { anyOf: WORKSPACES_READ, for: ['listWorkspaces'], read: { path: '/workspaces', query: oneRow } },
    where(userSource === 'people', { anyOf: PEOPLE_READ, for: ['listUsers'] }),
    where(userSource === 'both', {
      anyOf: PEOPLE_READ,
      for: ['listUsers', 'getUser'],
      lacks: 'status, department and last activity of users',
    }),
    where(devices, {
      anyOf: DEVICES_READ,
      for: ['listWorkspaces'],
      lacks: 'the devices of workspaces',
      read: { path: '/devices', query: oneRow },
    }),
    where(hybridMemberships, {
      anyOf: MEMBERSHIPS_READ,
      for: ['listUsers'],
      lacks: 'the holders of hybrid licenses',
      read: { path: '/resourceGroup/memberships/v2', query: { ...oneRow, type: 'User' } },
    }),
    where(scim, {
      anyOf: ACCOUNTS_READ,
      for: ['listUsers'],
      lacks: 'cost center, division, manager and employee number of users',
      read: access === undefined ? undefined : readOfAccounts(access),
    }),
    { anyOf: PEOPLE_READ, for: ['changeAssignments'], read: { path: '/people', query: oneRow } },
    { anyOf: PEOPLE_WRITE, for: ['changeAssignments'] },
  ]
  return needs.flat()
}

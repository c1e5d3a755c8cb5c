import { json } from '../../../src/simulator-kit/index.ts'
import { notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import type { WebexOrganization } from './organization.ts'
import type { Tenancy } from './tenancy.ts'

const READ = ['spark-admin:organizations_read']

const organizationRecord = ({ id, name }: WebexOrganization) => ({
  id,
  displayName: name,
  created: '2024-01-15T09:00:00.000Z',
})

/** The Organizations API, and the list of a partner's customers. The lists are not paged. */
export const organizationOperations = (tenancy: Tenancy): Operation[] => [
  {
    method: 'GET',
    path: '/v1/organizations',
    anyOf: READ,
    handle: () => json({ items: tenancy.listed.map(organizationRecord) }),
  },
  {
    method: 'GET',
    path: '/v1/partner/organizations',
    anyOf: READ,
    handle: () => json({ items: tenancy.customers.map(({ id }) => ({ orgId: id, role: 'id_full_admin' })) }),
  },
  {
    method: 'GET',
    path: '/v1/organizations/:orgId',
    anyOf: READ,
    handle: (request) => {
      const organization = tenancy.wake(request.params.orgId ?? '')
      return organization === undefined ? notFound(request) : json(organizationRecord(organization))
    },
  },
]

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

/** The Organizations API. Its list is not paged. */
export const organizationOperations = (tenancy: Tenancy): Operation[] => [
  {
    method: 'GET',
    path: '/v1/organizations',
    anyOf: READ,
    handle: () => json({ items: tenancy.all.map(organizationRecord) }),
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

import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Answer, SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { forbidden } from './errors.ts'
import { uuidOf } from './hydra-id.ts'
import type { WebexOrganization } from './organization.ts'

export interface ManagedOrganization {
  readonly organization: WebexOrganization
  /** Refused with a 403 until `GET /organizations/{orgId}` was called for it, as partners have seen it. */
  readonly dormant: boolean
  /** Which of the lists of organizations have it. */
  readonly listed: 'both' | 'organizations' | 'partner' | 'none'
}

/** The organizations that a token reaches: its own, and those that a partner manages. */
export interface Tenancy {
  readonly own: WebexOrganization
  readonly all: readonly WebexOrganization[]
  /** Those in the list of organizations, the token's own first. */
  readonly listed: readonly WebexOrganization[]
  /** Those in the partner's list of customers. */
  readonly customers: readonly WebexOrganization[]
  /** By public id or bare uuid; looking one up here wakes it. */
  readonly wake: (id: string) => WebexOrganization | undefined
  /** The one that `orgId` names, or the token's own where it names none; Left is a refusal. */
  readonly select: (request: SimulatedRequest) => Either<Answer, WebexOrganization>
  /** The same for an `orgId` that stands in the body. */
  readonly selectById: (
    request: SimulatedRequest,
    orgId: string | null | undefined,
  ) => Either<Answer, WebexOrganization>
  /** The one that has a license; Left is a refusal, undefined where no organization has it. */
  readonly selectByLicense: (
    request: SimulatedRequest,
    licenseId: string,
  ) => Either<Answer, WebexOrganization | undefined>
}

export const createTenancy = (own: WebexOrganization, managed: readonly ManagedOrganization[]): Tenancy => {
  const all = [own, ...managed.map(({ organization }) => organization)]
  const asleep = new Set(managed.filter(({ dormant }) => dormant).map(({ organization }) => organization))
  const listedIn = (list: 'organizations' | 'partner') =>
    managed.flatMap(({ organization, listed }) => (listed === 'both' || listed === list ? [organization] : []))
  const find = (id: string) => {
    const uuid = uuidOf('ORGANIZATION', id)
    return all.find((organization) => organization.uuid === uuid)
  }
  const selectById: Tenancy['selectById'] = (request, orgId) => {
    if (orgId === null || orgId === undefined || orgId === '') return E.right(own)
    const organization = find(orgId)
    return organization === undefined || asleep.has(organization) ? E.left(forbidden(request)) : E.right(organization)
  }
  return {
    own,
    all,
    listed: [own, ...listedIn('organizations')],
    customers: listedIn('partner'),
    wake: (id) => {
      const organization = find(id)
      if (organization !== undefined) asleep.delete(organization)
      return organization
    },
    select: (request) => selectById(request, request.query.get('orgId')),
    selectById,
    selectByLicense: (request, licenseId) => {
      const organization = all.find(({ license }) => license(licenseId) !== undefined)
      return organization !== undefined && asleep.has(organization) ? E.left(forbidden(request)) : E.right(organization)
    },
  }
}

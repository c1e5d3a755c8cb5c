import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Answer, SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { forbidden } from './errors.ts'
import { uuidOf } from './hydra-id.ts'
import type { WebexOrganisation } from './organisation.ts'

export interface ManagedOrganisation {
  readonly organisation: WebexOrganisation
  /** Refused with a 403 until `GET /organizations/{orgId}` was called for it, as partners have seen it. */
  readonly dormant: boolean
}

/** The organisations that a token reaches: its own, and those that a partner manages. */
export interface Tenancy {
  readonly own: WebexOrganisation
  readonly all: readonly WebexOrganisation[]
  /** By public id or bare uuid; looking one up here wakes it. */
  readonly wake: (id: string) => WebexOrganisation | undefined
  /** The one that `orgId` names, or the token's own where it names none; Left is a refusal. */
  readonly select: (request: SimulatedRequest) => Either<Answer, WebexOrganisation>
  /** The same for an `orgId` that stands in the body. */
  readonly selectById: (
    request: SimulatedRequest,
    orgId: string | null | undefined,
  ) => Either<Answer, WebexOrganisation>
  /** The one that has a license; Left is a refusal, undefined where no organisation has it. */
  readonly selectByLicense: (
    request: SimulatedRequest,
    licenseId: string,
  ) => Either<Answer, WebexOrganisation | undefined>
}

export const createTenancy = (own: WebexOrganisation, managed: readonly ManagedOrganisation[]): Tenancy => {
  const all = [own, ...managed.map(({ organisation }) => organisation)]
  const asleep = new Set(managed.filter(({ dormant }) => dormant).map(({ organisation }) => organisation))
  const find = (id: string) => {
    const uuid = uuidOf('ORGANIZATION', id)
    return all.find((organisation) => organisation.uuid === uuid)
  }
  const selectById: Tenancy['selectById'] = (request, orgId) => {
    if (orgId === null || orgId === undefined || orgId === '') return E.right(own)
    const organisation = find(orgId)
    return organisation === undefined || asleep.has(organisation) ? E.left(forbidden(request)) : E.right(organisation)
  }
  return {
    own,
    all,
    wake: (id) => {
      const organisation = find(id)
      if (organisation !== undefined) asleep.delete(organisation)
      return organisation
    },
    select: (request) => selectById(request, request.query.get('orgId')),
    selectById,
    selectByLicense: (request, licenseId) => {
      const organisation = all.find(({ license }) => license(licenseId) !== undefined)
      return organisation !== undefined && asleep.has(organisation) ? E.left(forbidden(request)) : E.right(organisation)
    },
  }
}

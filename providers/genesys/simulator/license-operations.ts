import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, json, jsonBodyOf, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'
import { pageCountOf, pagingOf } from './paging-parameters.ts'
import { definitionRecord, licenseRowRecord, licenseUserRecord } from './records.ts'

/** How a simulator lists the licenses of users, where the vendor documents no limit. */
export interface LicenseListingOptions {
  /** What larger page sizes are silently cut to. Default 100. */
  readonly maximumPageSize?: number | undefined
  /** Whether pages have the total. Default true. */
  readonly total?: boolean | undefined
  /** Whether pages have the number of pages. Default true. */
  readonly pageCount?: boolean | undefined
}

const VIEW = ['authorization:grant:add', 'authorization:license:view']

const Ids = t.array(t.string, 'Ids')

/** For operations whose body is a list of ids. The body is documented as optional: without one, the list is empty. */
const withIds =
  (answer: (ids: readonly string[], request: SimulatedRequest) => Answer) =>
  (request: SimulatedRequest): Answer => {
    const body = request.body === '' ? E.right([]) : jsonBodyOf(request)
    if (E.isLeft(body)) return badRequest(request, 'The request could not be understood by the server: malformed JSON.')
    return Ids.is(body.right)
      ? answer(body.right, request)
      : badRequest(request, 'The request body must be a list of ids.', 'invalid.value')
  }

const listUsers = (
  organization: GenesysOrganization,
  { maximumPageSize = 100, total = true, pageCount = true }: LicenseListingOptions,
): Operation => ({
  method: 'GET',
  path: '/api/v2/license/users',
  handle: (request) => {
    const paging = pagingOf(request, maximumPageSize)
    if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
    const { pageSize, pageNumber } = paging.right
    const rows = organization.licenseRows()
    return json({
      entities: sliceOf(rows, (pageNumber - 1) * pageSize, pageSize).map(licenseRowRecord),
      pageSize,
      pageNumber,
      ...(total ? { total: rows.size } : {}),
      ...(pageCount ? { pageCount: pageCountOf(rows.size, pageSize) } : {}),
    })
  },
})

/** The first license that brings a permission, for each of them. */
const inferFromPermissions = (organization: GenesysOrganization, permissions: readonly string[]): string[] => {
  const inferred = new Set<string>()
  for (const permission of permissions) {
    const bringing = organization.definitions.find(
      (definition) => 'id' in definition && definition.permissions?.includes(permission),
    )
    if (bringing !== undefined && 'id' in bringing) inferred.add(bringing.id)
  }
  return [...inferred]
}

const inferFromRoles = (organization: GenesysOrganization, roleIds: readonly string[]): string[] => {
  const wanted = new Set(roleIds)
  return [...new Set(organization.roles.filter(({ id }) => wanted.has(id)).flatMap(({ licenses }) => licenses))]
}

/** The reading operations of the License API. */
export const licenseOperations = (organization: GenesysOrganization, listing: LicenseListingOptions): Operation[] => [
  {
    method: 'GET',
    path: '/api/v2/license/definitions',
    anyOf: VIEW,
    handle: () => json(organization.definitions.map(definitionRecord(organization))),
  },
  {
    method: 'GET',
    path: '/api/v2/license/definitions/:licenseId',
    anyOf: VIEW,
    handle: (request) => {
      const definition = organization.definition(request.params.licenseId ?? '')
      return definition === undefined
        ? notFound(request, 'The requested license was not found.')
        : json(definitionRecord(organization)(definition))
    },
  },
  listUsers(organization, listing),
  {
    method: 'POST',
    path: '/api/v2/license/users',
    anyOf: VIEW,
    handle: withIds((ids) =>
      json(
        Object.fromEntries(
          ids
            .filter((id) => organization.knows(id))
            .map((id) => [id, { licenses: organization.licensesOf(id) }] as const),
        ),
      ),
    ),
  },
  {
    method: 'GET',
    path: '/api/v2/license/users/:userId',
    anyOf: VIEW,
    handle: (request) => {
      const userId = request.params.userId ?? ''
      return organization.knows(userId)
        ? json(licenseUserRecord(organization, userId))
        : notFound(request, 'The requested user was not found.')
    },
  },
  {
    method: 'POST',
    path: '/api/v2/license/infer',
    handle: withIds((roleIds) => json(inferFromRoles(organization, roleIds))),
  },
  {
    method: 'POST',
    path: '/api/v2/license/infer/permissions',
    anyOf: VIEW,
    handle: withIds((permissions) => json(inferFromPermissions(organization, permissions))),
  },
  {
    method: 'GET',
    path: '/api/v2/license/toggles/:featureName',
    handle: (request) => json({ featureName: request.params.featureName, enabled: true }),
  },
  // Withdrawn by the vendor, on a path that can still be posted to.
  { method: 'GET', path: '/api/v2/license/organization', handle: (request) => notFound(request) },
]

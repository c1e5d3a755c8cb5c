import * as E from 'fp-ts/lib/Either.js'
import { json, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import { withIds } from './id-list.ts'
import type { GenesysOrganisation } from './organisation.ts'
import { pageCountOf, pagingOf } from './paging-parameters.ts'
import { definitionRecord, licenseRowRecord, licenseUserRecord } from './records.ts'

export interface LicenseListingOptions {
  /** What larger page sizes are silently cut to. Default 100. */
  readonly maximumPageSize?: number | undefined
  /** Whether pages tell the total. Default true. */
  readonly total?: boolean | undefined
  /** Whether pages tell how many there are. Default true. */
  readonly pageCount?: boolean | undefined
}

const VIEW = ['authorization:grant:add', 'authorization:license:view']

const listUsers = (
  organisation: GenesysOrganisation,
  { maximumPageSize = 100, total = true, pageCount = true }: LicenseListingOptions,
): Operation => ({
  method: 'GET',
  path: '/api/v2/license/users',
  handle: (request) => {
    const paging = pagingOf(request, maximumPageSize)
    if (E.isLeft(paging)) return badRequest(request, paging.left, 'invalid.value')
    const { pageSize, pageNumber } = paging.right
    const rows = organisation.licenseRows()
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
const inferFromPermissions = (organisation: GenesysOrganisation, permissions: readonly string[]): string[] => {
  const inferred = new Set<string>()
  for (const permission of permissions) {
    const bringing = organisation.definitions.find(
      (definition) => 'id' in definition && definition.permissions?.includes(permission),
    )
    if (bringing !== undefined && 'id' in bringing) inferred.add(bringing.id)
  }
  return [...inferred]
}

const inferFromRoles = (organisation: GenesysOrganisation, roleIds: readonly string[]): string[] => {
  const wanted = new Set(roleIds)
  return [...new Set(organisation.roles.filter(({ id }) => wanted.has(id)).flatMap(({ licenses }) => licenses))]
}

/** The reading operations of the License API. */
export const licenseOperations = (organisation: GenesysOrganisation, listing: LicenseListingOptions): Operation[] => [
  {
    method: 'GET',
    path: '/api/v2/license/definitions',
    anyOf: VIEW,
    handle: () => json(organisation.definitions.map(definitionRecord(organisation))),
  },
  {
    method: 'GET',
    path: '/api/v2/license/definitions/:licenseId',
    anyOf: VIEW,
    handle: (request) => {
      const definition = organisation.definition(request.params.licenseId ?? '')
      return definition === undefined
        ? notFound(request, 'The requested license was not found.')
        : json(definitionRecord(organisation)(definition))
    },
  },
  listUsers(organisation, listing),
  {
    method: 'POST',
    path: '/api/v2/license/users',
    anyOf: VIEW,
    handle: withIds((ids) =>
      json(
        Object.fromEntries(
          ids
            .filter((id) => organisation.knows(id))
            .map((id) => [id, { licenses: organisation.licensesOf(id) }] as const),
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
      return organisation.knows(userId)
        ? json(licenseUserRecord(organisation, userId))
        : notFound(request, 'The requested user was not found.')
    },
  },
  {
    method: 'POST',
    path: '/api/v2/license/infer',
    handle: withIds((roleIds) => json(inferFromRoles(organisation, roleIds))),
  },
  {
    method: 'POST',
    path: '/api/v2/license/infer/permissions',
    anyOf: VIEW,
    handle: withIds((permissions) => json(inferFromPermissions(organisation, permissions))),
  },
  {
    method: 'GET',
    path: '/api/v2/license/toggles/:featureName',
    handle: (request) => json({ featureName: request.params.featureName, enabled: true }),
  },
  // Withdrawn by the vendor, on a path that can still be posted to.
  { method: 'GET', path: '/api/v2/license/organization', handle: (request) => notFound(request) },
]

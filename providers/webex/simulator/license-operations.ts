import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import { hydraId, readHydraId } from './hydra-id.ts'
import { cursorFor, nextPageHeader, positiveOf, readCursor } from './next-page.ts'
import type { WebexOrganization } from './organization.ts'
import { licenseRecord, licenseUserRecord } from './records.ts'
import type { Tenancy } from './tenancy.ts'
import type { WebexLicenseDefinition } from './world.ts'

const READ = ['spark-admin:licenses_read']
const MAXIMUM_LIMIT = 300
const CURSOR = 'LICENSE_USER_PAGING'

const holdersPage = (
  request: SimulatedRequest,
  baseUrl: string,
  organization: WebexOrganization,
  license: WebexLicenseDefinition,
): Answer => {
  const limit = positiveOf(request, 'limit', MAXIMUM_LIMIT)
  if (limit === undefined || limit > MAXIMUM_LIMIT) {
    return badRequest(request, `The limit must be a number from 1 to ${MAXIMUM_LIMIT}.`)
  }
  const next = request.query.get('next')
  const from = next === null ? 0 : readCursor(readHydraId(CURSOR, next) ?? '')
  if (from === undefined) return badRequest(request, 'The parameter next is not valid.')
  const holders = organization.holders(license.id)
  const users = sliceOf(holders, from, limit).map(licenseUserRecord)
  const headers =
    from + limit < holders.size
      ? nextPageHeader(baseUrl, request, { limit: String(limit), next: hydraId(CURSOR, cursorFor(from + limit)) })
      : {}
  const record = licenseRecord(organization)(license)
  return json({ ...(typeof record === 'object' ? record : {}), ...(holders.size === 0 ? {} : { users }) }, 200, headers)
}

const details = (request: SimulatedRequest, baseUrl: string, tenancy: Tenancy): Answer => {
  const licenseId = request.params.licenseId ?? ''
  const selected = tenancy.selectByLicense(request, licenseId)
  if (E.isLeft(selected)) return selected.left
  const organization = selected.right
  const license = organization?.license(licenseId)
  if (organization === undefined || license === undefined) return notFound(request)
  const include = request.query.get('includeAssignedTo')
  if (include === null) return json(licenseRecord(organization)(license))
  if (include !== 'user') return badRequest(request, 'The only value of includeAssignedTo is user.')
  return holdersPage(request, baseUrl, organization, license)
}

/** The reading operations of the Licenses API. The list is not paged; the holders of one license are. */
export const licenseOperations = (tenancy: Tenancy, baseUrl: string): Operation[] => [
  {
    method: 'GET',
    path: '/v1/licenses',
    anyOf: READ,
    handle: (request) => {
      const organization = tenancy.select(request)
      if (E.isLeft(organization)) return organization.left
      return json({ items: organization.right.licenses.map(licenseRecord(organization.right)) })
    },
  },
  {
    method: 'GET',
    path: '/v1/licenses/:licenseId',
    anyOf: READ,
    handle: (request) => details(request, baseUrl, tenancy),
  },
]

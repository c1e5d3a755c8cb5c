import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import { hydraId, readHydraId } from './hydra-id.ts'
import { cursorFor, nextPageHeader, positiveOf, readCursor } from './next-page.ts'
import type { WebexOrganisation } from './organisation.ts'
import { licenseRecord, licenseUserRecord } from './records.ts'
import type { Tenancy } from './tenancy.ts'
import type { WebexLicenseDefinition } from './world.ts'

const READ = ['spark-admin:licenses_read']
const MAXIMUM_LIMIT = 300
const CURSOR = 'LICENSE_USER_PAGING'

const holdersPage = (
  request: SimulatedRequest,
  baseUrl: string,
  organisation: WebexOrganisation,
  license: WebexLicenseDefinition,
): Answer => {
  const limit = positiveOf(request, 'limit', MAXIMUM_LIMIT)
  if (limit === undefined || limit > MAXIMUM_LIMIT) {
    return badRequest(request, `The limit must be a number from 1 to ${MAXIMUM_LIMIT}.`)
  }
  const next = request.query.get('next')
  const from = next === null ? 0 : readCursor(readHydraId(CURSOR, next) ?? '')
  if (from === undefined) return badRequest(request, 'The parameter next is not valid.')
  const holders = organisation.holders(license.id)
  const users = sliceOf(holders, from, limit).map(licenseUserRecord)
  const headers =
    from + limit < holders.size
      ? nextPageHeader(baseUrl, request, { limit: String(limit), next: hydraId(CURSOR, cursorFor(from + limit)) })
      : {}
  const record = licenseRecord(organisation)(license)
  return json({ ...(typeof record === 'object' ? record : {}), ...(holders.size === 0 ? {} : { users }) }, 200, headers)
}

const details = (request: SimulatedRequest, baseUrl: string, tenancy: Tenancy): Answer => {
  const licenseId = request.params.licenseId ?? ''
  const selected = tenancy.selectByLicense(request, licenseId)
  if (E.isLeft(selected)) return selected.left
  const organisation = selected.right
  const license = organisation?.license(licenseId)
  if (organisation === undefined || license === undefined) return notFound(request)
  const include = request.query.get('includeAssignedTo')
  if (include === null) return json(licenseRecord(organisation)(license))
  if (include !== 'user') return badRequest(request, 'The only value of includeAssignedTo is user.')
  return holdersPage(request, baseUrl, organisation, license)
}

/** The reading operations of the Licenses API. The list is not paged; the holders of one license are. */
export const licenseOperations = (tenancy: Tenancy, baseUrl: string): Operation[] => [
  {
    method: 'GET',
    path: '/v1/licenses',
    anyOf: READ,
    handle: (request) => {
      const organisation = tenancy.select(request)
      if (E.isLeft(organisation)) return organisation.left
      return json({ items: organisation.right.licenses.map(licenseRecord(organisation.right)) })
    },
  },
  {
    method: 'GET',
    path: '/v1/licenses/:licenseId',
    anyOf: READ,
    handle: (request) => details(request, baseUrl, tenancy),
  },
]

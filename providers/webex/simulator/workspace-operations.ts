import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type Listing, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest } from './errors.ts'
import type { Operation } from './guard.ts'
import { nextPageHeader, positiveOf } from './next-page.ts'
import { deviceRecord, membershipRecord, workspaceRecord } from './records.ts'
import type { Tenancy } from './tenancy.ts'

const DEFAULT_PAGE = 100
const MAXIMUM_PAGE = 1_000

/** Where a page begins and how many rows it may have; a refusal where that is no number, or something else is asked for. */
const pageOf = (
  request: SimulatedRequest,
  filters: readonly string[] = [],
): E.Either<Answer, { readonly from: number; readonly rows: number }> => {
  const known = ['orgId', 'start', 'max', ...filters]
  // Ignoring a filter would answer another question than the one that was asked.
  const filter = [...request.query.keys()].find((name) => !known.includes(name))
  if (filter !== undefined) {
    return E.left(badRequest(request, `The simulator does not know the parameter ${filter}.`))
  }
  const start = request.query.get('start') ?? '0'
  const from = /^\d{1,9}$/.test(start) ? Number(start) : undefined
  if (from === undefined) return E.left(badRequest(request, 'The parameter start is not valid.'))
  const rows = positiveOf(request, 'max', DEFAULT_PAGE)
  if (rows === undefined) return E.left(badRequest(request, 'The parameter max must be a positive number.'))
  return E.right({ from, rows: Math.min(rows, MAXIMUM_PAGE) })
}

/** No answer leads to the next page, as none is documented to. */
const workspaces = (request: SimulatedRequest, tenancy: Tenancy): Answer => {
  const selected = tenancy.select(request)
  if (E.isLeft(selected)) return selected.left
  const page = pageOf(request)
  if (E.isLeft(page)) return page.left
  const { from, rows } = page.right
  const organization = selected.right
  return json({ items: sliceOf(organization.workspaces, from, rows).map(workspaceRecord(organization)) })
}

/** A page of a list whose next page a link leads to. */
const linkedPage = <A>(
  request: SimulatedRequest,
  baseUrl: string,
  listing: Listing<A>,
  recordOf: (row: A) => unknown,
  filters: readonly string[] = [],
): Answer => {
  const page = pageOf(request, filters)
  if (E.isLeft(page)) return page.left
  const { from, rows } = page.right
  const next = from + rows
  const headers =
    next < listing.size ? nextPageHeader(baseUrl, request, { max: String(rows), start: String(next) }) : {}
  return json({ items: sliceOf(listing, from, rows).map(recordOf) }, 200, headers)
}

const devices = (request: SimulatedRequest, tenancy: Tenancy, baseUrl: string): Answer => {
  const selected = tenancy.select(request)
  if (E.isLeft(selected)) return selected.left
  return linkedPage(request, baseUrl, selected.right.devices, deviceRecord(selected.right))
}

const memberships = (request: SimulatedRequest, tenancy: Tenancy, baseUrl: string): Answer => {
  const selected = tenancy.select(request)
  if (E.isLeft(selected)) return selected.left
  const organization = selected.right
  const type = request.query.get('type')
  if (type !== 'User' && type !== 'Workspace') {
    return badRequest(request, 'The simulator needs the parameter type, User or Workspace.')
  }
  return linkedPage(request, baseUrl, organization.memberships(type), membershipRecord(organization), ['type'])
}

/** The APIs of workspaces, devices and memberships of resource groups, as far as licenses need them: their lists. */
export const workspaceOperations = (tenancy: Tenancy, baseUrl: string): Operation[] => [
  {
    method: 'GET',
    path: '/v1/workspaces',
    anyOf: ['spark-admin:workspaces_read'],
    handle: (request) => workspaces(request, tenancy),
  },
  {
    method: 'GET',
    path: '/v1/devices',
    anyOf: ['spark-admin:devices_read'],
    handle: (request) => devices(request, tenancy, baseUrl),
  },
  {
    method: 'GET',
    path: '/v1/resourceGroup/memberships/v2',
    anyOf: ['spark-admin:resource_group_memberships_read'],
    handle: (request) => memberships(request, tenancy, baseUrl),
  },
]

import * as E from 'fp-ts/lib/Either.js'
import {
  type Answer,
  isRawRecord,
  json,
  type Listing,
  type RawRecord,
  type SimulatedRequest,
  sliceOf,
} from '../../../src/simulator-kit/index.ts'
import { badRequest } from './errors.ts'
import type { Operation } from './guard.ts'
import { uuidOf } from './hydra-id.ts'
import { positiveOf } from './next-page.ts'
import { isListed, type WebexOrganization } from './organization.ts'
import type { Tenancy } from './tenancy.ts'
import type { WebexPersonWithLicenses } from './world.ts'

export interface AccountOptions {
  /** Accounts on a page, whatever is asked for. */
  readonly most: number
}

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const CISCO = 'urn:scim:schemas:extension:cisco:webexidentity:2.0:User'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const DEFAULT_COUNT = 100

const statusOf = ({ identity, invitePending = false, loginEnabled = true }: WebexPersonWithLicenses): string => {
  if (identity?.accountStatus !== undefined) return identity.accountStatus
  if (invitePending) return 'pending'
  return loginEnabled ? 'active' : 'disabled'
}

const accountRecord =
  (organization: WebexOrganization) =>
  (person: WebexPersonWithLicenses | RawRecord): unknown => {
    if (isRawRecord(person)) return person.raw
    const { id, email, displayName, department, loginEnabled = true, identity } = person
    const enterprise = identity?.enterprise === undefined ? { department } : identity.enterprise
    return {
      schemas: [CORE, ...(enterprise === null ? [] : [ENTERPRISE]), CISCO],
      id: uuidOf('PEOPLE', id) ?? id,
      userName: email,
      active: loginEnabled,
      userType: 'user',
      displayName,
      emails: email === undefined ? [] : [{ value: email, type: 'work', primary: true }],
      meta: { resourceType: 'User', created: person.created, organizationID: organization.uuid },
      ...(enterprise === null ? {} : { [ENTERPRISE]: enterprise }),
      [CISCO]: { accountStatus: [statusOf(person)] },
    }
  }

/** `schemas` and `id` come whatever is asked for. */
const withAttributes =
  (wanted: ReadonlySet<string> | undefined) =>
  (record: unknown): unknown =>
    wanted === undefined || typeof record !== 'object' || record === null
      ? record
      : Object.fromEntries(
          Object.entries(record).filter(([name]) => name === 'schemas' || name === 'id' || wanted.has(name)),
        )

const ID_FILTER = /^id eq "[^"]+"(?: or id eq "[^"]+")*$/

/** The ids in a filter by ids; undefined where it is another one. */
const idsIn = (filter: string): ReadonlySet<string> | undefined =>
  ID_FILTER.test(filter)
    ? new Set([...filter.matchAll(/"([^"]+)"/g)].map(([, id = '']) => id.toLowerCase()))
    : undefined

const membersWith = (organization: WebexOrganization, ids: ReadonlySet<string>): Listing<WebexPersonWithLicenses> => {
  const members = [...ids]
    .map((id) => organization.person(id))
    .filter((person) => person !== undefined)
    .filter(isListed)
  return { size: members.length, at: (position) => members[position] }
}

const search = (request: SimulatedRequest, tenancy: Tenancy, { most }: AccountOptions): Answer => {
  const orgId = request.params.orgId ?? ''
  // The public id is one of the other APIs.
  if (uuidOf('ORGANIZATION', orgId) !== orgId.toLowerCase()) return badRequest(request, 'The orgId must be a uuid.')
  const selected = tenancy.selectById(request, orgId)
  if (E.isLeft(selected)) return selected.left
  const organization = selected.right
  const { query } = request
  // Ignoring a parameter would answer another question than the one that was asked.
  const unknown = ['sortBy', 'sortOrder', 'excludedAttributes', 'returnGroups'].find((name) => query.has(name))
  if (unknown !== undefined) return badRequest(request, `The simulator does not know the parameter ${unknown}.`)
  const startIndex = positiveOf(request, 'startIndex', 1)
  const count = positiveOf(request, 'count', DEFAULT_COUNT)
  if (startIndex === undefined || count === undefined) {
    return badRequest(request, 'startIndex and count must be positive numbers.')
  }
  const filter = query.get('filter')
  const ids = filter === null ? undefined : idsIn(filter)
  if (filter !== null && ids === undefined) return badRequest(request, 'The simulator knows filters by id only.')
  const found = ids === undefined ? organization.people() : membersWith(organization, ids)
  const rows = sliceOf(found, startIndex - 1, Math.min(count, most))
  const attributes = query.get('attributes')
  const wanted = attributes === null || attributes === '' ? undefined : new Set(attributes.split(','))
  return json(
    {
      schemas: [LIST],
      totalResults: found.size,
      itemsPerPage: rows.length,
      startIndex,
      Resources: rows.map(accountRecord(organization)).map(withAttributes(wanted)),
    },
    200,
    { 'content-type': 'application/scim+json' },
  )
}

/** The identity service, as far as people are listed: SCIM 2, without licenses and activity. */
export const accountOperations = (tenancy: Tenancy, options: AccountOptions): Operation[] => [
  {
    method: 'GET',
    path: '/identity/scim/:orgId/v2/Users',
    anyOf: ['identity:people_read'],
    handle: (request) => search(request, tenancy, options),
  },
]

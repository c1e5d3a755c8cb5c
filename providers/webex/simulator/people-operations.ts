import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type SimulatedRequest, sliceOf } from '../../../src/simulator-kit/index.ts'
import { badRequest, notFound } from './errors.ts'
import type { Operation } from './guard.ts'
import { cursorFor, nextPageHeader, positiveOf, readCursor } from './next-page.ts'
import { isListed, type WebexOrganization } from './organization.ts'
import { type PersonView, personRecord } from './records.ts'
import type { Tenancy } from './tenancy.ts'

const READ = ['spark-admin:people_read']
const MAXIMUM_IDS = 85
const MAXIMUM_PAGE = 1000
/** With what people make calls. */
const MAXIMUM_CALLING_PAGE = 100

const asksForCalling = (request: SimulatedRequest): boolean => request.query.get('callingData') === 'true'

export interface PeopleOptions {
  /** Whether records have the location of Webex Calling in any case; Webex does not document whether they do. */
  readonly locations: 'always' | 'withCallingData'
}

const wholeOf = (request: SimulatedRequest, { locations }: PeopleOptions): PersonView => {
  const calling = asksForCalling(request)
  return { licenses: true, status: true, calling, location: calling || locations === 'always' }
}

const listedPerson = (organization: WebexOrganization, personId: string) => {
  const person = organization.person(personId)
  return person !== undefined && isListed(person) ? person : undefined
}

const listByIds = (
  request: SimulatedRequest,
  organization: WebexOrganization,
  list: string,
  options: PeopleOptions,
): Answer => {
  const ids = list.split(',')
  if (ids.length > MAXIMUM_IDS) return badRequest(request, `At most ${MAXIMUM_IDS} ids can be listed.`)
  const found = ids.map((id) => ({ id, person: listedPerson(organization, id) }))
  const view = personRecord(organization, { ...wholeOf(request, options), licenses: false, status: false })
  const notFoundIds = found.flatMap(({ id, person }) => (person === undefined ? [id] : []))
  return json({
    ...(notFoundIds.length === 0 ? {} : { notFoundIds }),
    items: found.flatMap(({ person }) => (person === undefined ? [] : [view(person)])),
  })
}

const listPage = (
  request: SimulatedRequest,
  organization: WebexOrganization,
  baseUrl: string,
  options: PeopleOptions,
): Answer => {
  const requested = positiveOf(request, 'max', 100)
  if (requested === undefined) return badRequest(request, 'The parameter max must be a positive number.')
  const after = request.query.get('after')
  const from = after === null ? 0 : readCursor(after)
  if (from === undefined) return badRequest(request, 'The parameter after is not valid.')
  const max = Math.min(requested, asksForCalling(request) ? MAXIMUM_CALLING_PAGE : MAXIMUM_PAGE)
  const people = organization.people()
  const view = personRecord(organization, {
    ...wholeOf(request, options),
    status: request.query.get('excludeStatus') !== 'true',
  })
  const headers =
    from + max < people.size
      ? nextPageHeader(baseUrl, request, { max: String(max), before: '', after: cursorFor(from + max) })
      : {}
  return json({ items: sliceOf(people, from, max).map(view) }, 200, headers)
}

const list = (request: SimulatedRequest, tenancy: Tenancy, baseUrl: string, options: PeopleOptions): Answer => {
  const selected = tenancy.select(request)
  if (E.isLeft(selected)) return selected.left
  const organization = selected.right
  const [ids, email] = [request.query.get('id'), request.query.get('email')]
  if (ids !== null) return listByIds(request, organization, ids, options)
  if (email !== null) {
    const view = personRecord(organization, wholeOf(request, options))
    return json({ items: organization.peopleByEmail(email).filter(isListed).map(view) })
  }
  // Ignoring a filter would answer another question than the one that was asked.
  const filter = ['displayName', 'roles', 'locationId', 'sortBy', 'sortOrder'].find((name) => request.query.has(name))
  if (filter !== undefined) return badRequest(request, `The simulator does not know the parameter ${filter}.`)
  return listPage(request, organization, baseUrl, options)
}

const me = (request: SimulatedRequest, { own }: Tenancy, options: PeopleOptions): Answer => {
  const first = own.people().at(0)
  return first === undefined ? notFound(request) : json(personRecord(own, wholeOf(request, options))(first))
}

const details = (request: SimulatedRequest, tenancy: Tenancy, options: PeopleOptions): Answer => {
  const personId = request.params.personId ?? ''
  for (const organization of tenancy.all) {
    const person = listedPerson(organization, personId)
    if (person !== undefined) return json(personRecord(organization, wholeOf(request, options))(person))
  }
  return notFound(request)
}

/** The People API, as far as licenses need it: members of the organization, no external users. */
export const peopleOperations = (tenancy: Tenancy, baseUrl: string, options: PeopleOptions): Operation[] => [
  { method: 'GET', path: '/v1/people', anyOf: READ, handle: (request) => list(request, tenancy, baseUrl, options) },
  {
    method: 'GET',
    path: '/v1/people/me',
    anyOf: ['spark:people_read', ...READ],
    handle: (request) => me(request, tenancy, options),
  },
  { method: 'GET', path: '/v1/people/:personId', anyOf: READ, handle: (request) => details(request, tenancy, options) },
]
